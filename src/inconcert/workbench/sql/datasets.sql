-- Which event datasets are there, and over which days does each run?
-- In: coverage.  Out: source, first, last.
select source, min(day) as first, max(day) as last
from coverage
where n > 0
group by source
order by source
