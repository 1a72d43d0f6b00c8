-- What did some actors do toward everybody else?
-- In: daily.  Out: actor, cell (null where the code means nothing to us), n (acts toward two count twice); a null parameter does not restrict.
-- What an actor does at home has one party.
select actor, root as cell, sum(n)::bigint as n
from daily
where source = $source
    and parties > 1
    and day between $first and $last
    and ($actors::varchar[] is null or actor in (select unnest($actors::varchar[])))
    and ($kinds::varchar[] is null or list_contains($kinds::varchar[], kind))
group by all
