-- Who stands on the sides of the rows of the batch?
-- In: raw, folds, resolved.  Out: present, the rows of resolved that are wanted.
create or replace temp table present as
select * from resolved
where key in (
    select a_key from raw union select b_key from raw union select both_key from folds
)
