-- What did each actor do toward each of some codes on each day?
-- In: daily.  Out: actor, recipient, cell (null where the code means nothing to us), day, is_deed, is_shared, n, in order of recipient.
select
    actor,
    recipient,
    root as cell,
    day,
    coalesce(list_contains($deeds::varchar[], kind), false) as is_deed,
    max(parties) > 2 as is_shared,
    sum(n)::bigint as n
from daily
where source = $source
    and recipient between $least and $greatest
    and recipient in (select unnest($recipients::varchar[]))
    and day between $first and $last
group by all
order by recipient
