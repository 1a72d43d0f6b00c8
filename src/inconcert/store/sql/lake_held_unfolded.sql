-- Which rows of the batch does the store hold already, where nothing was folded?
-- In: raw; files of events ($events) whose days may be the same.  Out: held.
create or replace temp table held as
select dup_key, min(id) as id
from read_parquet($events)
where kept_as is null and dup_key in (select dup_key from raw)
group by dup_key
