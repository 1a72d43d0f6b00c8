-- What kinds of acts did A, B and all others aim at each of some codes, week by week?
-- In: daily.  Out: who (0 A, 1 B, 2 others), side, kind, cell, mode, contexts, week (0 begins on the first day asked), n.
-- What an actor does at home has one party.
select
    case
        when list_contains($one::varchar[], actor) then 0
        when list_contains($other::varchar[], actor) then 1
        else 2
    end as who,
    recipient as side,
    coalesce(kind, 'UNCODED') as kind,
    coalesce(root, 'UNCODED') as cell,
    coalesce(mode, '') as mode,
    coalesce(contexts, '') as contexts,
    date_diff('day', $first::date, day) // 7 as week,
    sum(n)::bigint as n
from daily
where source = $source
    and parties > 1
    and recipient in (select unnest($sides::varchar[]))
    and day between $first and $last
group by all
