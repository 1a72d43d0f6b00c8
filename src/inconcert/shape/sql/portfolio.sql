-- What kinds of acts did each actor aim at a side, by period?
-- In: daily.  Out: actor, kind, cell, mode, contexts, period (its first day), is_shared, n; a null parameter does not restrict.
select
    actor,
    coalesce(kind, 'UNCODED') as kind,
    coalesce(root, 'UNCODED') as cell,
    coalesce(mode, '') as mode,
    coalesce(contexts, '') as contexts,
    date_trunc($unit, day)::date as period,
    max(parties) > 2 as is_shared,
    sum(n)::bigint as n
from daily
where source = $source
    and recipient between $least and $greatest
    and list_contains($side::varchar[], recipient)
    and not list_contains($side::varchar[], actor)
    and day between $first and $last
    and ($kinds::varchar[] is null or list_contains($kinds::varchar[], kind))
group by all
