-- How many counted events has a source over some days?
-- In: coverage.  Out: n.
select coalesce(sum(n), 0)::bigint as n
from coverage
where source = $source and day between $first and $last
