-- Who stands on the sides of the rows of the batch, month by month?
-- In: seen_sides, folds, resolved.  Out: present, the rows of resolved that are wanted, and their month.
-- Nobody (key 0) has no month.
create or replace temp table present as
select resolved.*, wanted.month_no
from (
    select key, month_no from seen_sides union all
    select distinct both_key, month_no from folds union all
    select 0, null
) as wanted
join resolved using (key)
