-- Who stands on the sides of the rows of the batch, month by month?
-- In: raw, folds, resolved.  Out: present, the rows of resolved that are wanted, and their month.
create or replace temp table present as
select resolved.*, wanted.month_no
from (
    select a_key as key, month_no from raw union select b_key, month_no from raw
    union select both_key, month_no from folds
) as wanted
join resolved using (key)
