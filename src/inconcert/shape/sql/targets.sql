-- How often did each actor act upon each other?
-- In: daily.  Out: actor, recipient, n.
select actor, recipient, sum(n)::bigint as n
from daily
where source = $source and day between $first and $last
group by all
