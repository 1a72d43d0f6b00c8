-- What did each actor do toward a side on each day?
-- In: daily.  Out: actor, cell (null where the code means nothing to us), day, is_deed, is_shared (the event may count for more pairs), n.
select
    actor,
    root as cell,
    day,
    coalesce(list_contains($deeds::varchar[], kind), false) as is_deed,
    max(parties) > 2 as is_shared,
    sum(n)::bigint as n
from daily
where source = $source
    and recipient between $least and $greatest
    and recipient in (select unnest($side::varchar[]))
    and day between $first and $last
group by all
