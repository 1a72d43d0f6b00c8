-- Which codes are on the sides, in their order?
-- In: sides.  Out: names.
create or replace temp table names as
select code, row_number() over (order by code)::integer as no
from (select distinct unnest(codes) as code from sides)
