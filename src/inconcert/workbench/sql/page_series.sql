-- How many acts of each type or CAMEO root did one actor aim at another on each day?
-- In: daily.  Out: cell, day, n.
select root as cell, day, sum(n)::bigint as n
from daily
where source = $source
    and recipient = $recipient
    and actor = $actor
    and day between $first and $last
group by all
