-- How many counted events has a source on each day of a span?
-- In: coverage.  Out: day, n.
select day, sum(n)::bigint as n
from coverage
where source = $source and day between $first and $last
group by day
order by day
