-- How often did each act upon each other, day by day, in numbers?
-- In: raw, marks, numbers, acts.  Out: tally.  The same as lake_daily, quicker.
create or replace temp table tally as
with rows_of as (
    select
        case when k.is_swapped then b.key else a.key end as actor_key,
        case when k.is_swapped then a.key else b.key end as recipient_key,
        case when k.is_swapped then b.no else a.no end as actor,
        case when k.is_swapped then a.no else b.no end as recipient,
        m.both_key is not null or r.directed is false as is_mutual,
        k.no as act, r.day, r.mentions, r.score
    from raw as r
    left join marks as m on m.row = r.row
    join acts as k on k.act_key = r.act_key
    join numbers as a on a.key = coalesce(m.both_key, r.a_key)
    join numbers as b on b.key = coalesce(m.both_key, r.b_key)
    where m.kept_as is null and m.is_gone is not true
), paired as (
    select actor, recipient, case when actor = recipient then 1 else 2 end as parties,
        act, day, mentions, score
    from rows_of
    where actor is not null and recipient is not null and not is_mutual
    union all
    select pair.actor, pair.recipient, parties, act, day, mentions, score
    from (
        select
            unnest(lake_pairs(a.nos, b.nos, is_mutual)) as pair,
            len(list_distinct(a.nos || b.nos)) as parties, act, day, mentions, score
        from rows_of
        join numbers as a on a.key = rows_of.actor_key
        join numbers as b on b.key = rows_of.recipient_key
        where actor is null or recipient is null or is_mutual
    )
)
select
    actor, recipient, act, day, parties::integer as parties,
    count(*)::integer as n, sum(mentions)::bigint as mentions, sum(score)::double as score
from paired
group by all
