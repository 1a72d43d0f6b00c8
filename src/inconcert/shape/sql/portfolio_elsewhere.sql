-- What kinds of acts did some actors, and all others together, aim at everybody but a side?
-- In: daily.  Out: actor (null for all others), kind, cell, mode, contexts, n.
-- What an actor does at home has one party.
with asked as (select unnest($actors::varchar[]) as code)
select
    a.code as actor,
    coalesce(kind, 'UNCODED') as kind,
    coalesce(root, 'UNCODED') as cell,
    coalesce(mode, '') as mode,
    coalesce(contexts, '') as contexts,
    sum(n)::bigint as n
from daily as d
left join asked as a on a.code = d.actor
where source = $source
    and parties > 1
    and day between $first and $last
    and not list_contains($side::varchar[], recipient)
    and ($kinds::varchar[] is null or list_contains($kinds::varchar[], kind))
group by all
