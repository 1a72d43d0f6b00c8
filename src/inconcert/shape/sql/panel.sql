-- How often did some actors act upon some others, by type and period?
-- In: daily.  Out: actor, recipient, cell, period (its first day), is_shared (an event of more than two parties), n; a null parameter does not restrict.
select
    actor,
    recipient,
    coalesce(root, 'UNCODED') as cell,
    date_trunc($unit, day)::date as period,
    max(parties) > 2 as is_shared,
    sum(n)::bigint as n
from daily
where source = $source
    and day between $first and $last
    and recipient between $least and $greatest
    and ($recipients::varchar[] is null or recipient in (select unnest($recipients::varchar[])))
    and ($actors::varchar[] is null or actor in (select unnest($actors::varchar[])))
    and ($kinds::varchar[] is null or list_contains($kinds::varchar[], kind))
group by all
