-- Which rows of the batch does the store hold already?
-- In: raw; files of events ($events) and of folded rows ($folded) whose days may be the same.  Out: held.
create or replace temp table held as
select dup_key, min(id) as id
from (
    select dup_key, id from read_parquet($events) where kept_as is null
    union all
    select dup_key, folded_into from read_parquet($folded)
)
where dup_key in (select dup_key from raw)
group by dup_key
