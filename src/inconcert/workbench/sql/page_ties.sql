-- How many friendly and hostile acts did each actor aim at each other over some days?
-- In: daily; signs of all types, whether they have modes ('KIND|MODE') of another sign, and those modes.
-- Out: actor, recipient, positive, negative, unsigned; an empty $type does not restrict.
-- What an actor does at home has one party.
with signed as (
    select
        unnest($kinds::varchar[]) as kind,
        unnest($signs::integer[]) as sign,
        unnest($splits::boolean[]) as is_split
), acts as (
    select
        d.actor, d.recipient, d.n,
        case
            when s.is_split = false then s.sign
            else coalesce(
                ($apart_signs::integer[])[list_position($apart::varchar[], d.kind || '|' || d.mode)],
                s.sign, 0
            )
        end as sign
    from daily as d
    left join signed as s on s.kind = d.kind
    where d.source = $source
        and d.parties > 1
        and d.day between $first and $last
        and ($type = '' or d.kind = $type)
)
select
    actor,
    recipient,
    coalesce(sum(n) filter (where sign > 0), 0)::bigint as positive,
    coalesce(sum(n) filter (where sign < 0), 0)::bigint as negative,
    coalesce(sum(n) filter (where sign = 0), 0)::bigint as unsigned
from acts
group by all
