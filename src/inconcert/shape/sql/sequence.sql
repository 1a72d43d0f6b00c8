-- What did some actors do to some others, in order of day?
-- In: daily.  Out: day, actor, recipient, kind, cell, mode, contexts, n, score; a null parameter does not restrict.
-- What an actor does at home has one party.
select
    day,
    actor,
    recipient,
    coalesce(kind, 'UNCODED') as kind,
    coalesce(root, 'UNCODED') as cell,
    coalesce(mode, '') as mode,
    coalesce(contexts, '') as contexts,
    sum(n)::bigint as n,
    sum(score)::double as score
from daily
where source = $source
    and parties > 1
    and day between $first and $last
    and recipient between $least and $greatest
    and ($recipients::varchar[] is null or recipient in (select unnest($recipients::varchar[])))
    and ($actors::varchar[] is null or actor in (select unnest($actors::varchar[])))
    and ($kinds::varchar[] is null or list_contains($kinds::varchar[], kind))
group by all
order by day, actor, recipient, kind, cell, mode, contexts
