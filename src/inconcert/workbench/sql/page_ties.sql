-- How many friendly and hostile acts did each actor aim at each other over some days?
-- In: daily.  Out: actor, recipient, positive, negative, unsigned; an empty $type does not restrict.
-- What an actor does at home has one party.
with signs as (
    select
        unnest($kinds::varchar[]) as kind,
        unnest($modes::varchar[]) as mode,
        unnest($signs::integer[]) as sign
)
select
    d.actor,
    d.recipient,
    coalesce(sum(d.n) filter (where coalesce(m.sign, t.sign) > 0), 0)::bigint as positive,
    coalesce(sum(d.n) filter (where coalesce(m.sign, t.sign) < 0), 0)::bigint as negative,
    coalesce(sum(d.n) filter (where coalesce(m.sign, t.sign, 0) = 0), 0)::bigint as unsigned
from daily as d
left join signs as m on m.kind = d.kind and m.mode = d.mode
left join signs as t on t.kind = d.kind and t.mode = ''
where d.source = $source
    and d.parties > 1
    and d.day between $first and $last
    and ($type = '' or d.kind = $type)
group by all
