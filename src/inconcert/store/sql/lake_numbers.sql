-- Which number has each side, where it is one actor alone?
-- In: sides, names.  Out: numbers.
create or replace temp table numbers as
select key, case when count(*) = 1 then any_value(no) end as no, list(no) as nos
from (select key, unnest(codes) as code from sides) join names using (code)
group by key
