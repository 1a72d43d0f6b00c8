-- How often did each actor of the world act upon each other, by type and period?
-- In: daily.  Out: key (((period - $start) * codes + actor) * codes + recipient) * cells + cell, each a place in its list, n.
-- What an actor does at home has one party.
with
    codes as (
        select unnest($codes::varchar[]) as code,
            unnest(range(len($codes::varchar[]))) as place
    ),
    cells as (
        select unnest($cells::varchar[]) as cell,
            unnest(range(len($cells::varchar[]))) as place
    ),
    placed as (
        select
            case $unit
                -- floor, for `//` would put days before 1970 into the week after
                when 'week' then floor((date_diff('day', date '1970-01-01', d.day) + 3) / 7)::bigint
                when 'month' then (year(d.day) - 1970) * 12 + month(d.day) - 1
                else date_diff('day', date '1970-01-01', d.day)
            end as period,
            a.place as actor,
            r.place as recipient,
            case when $is_typed then c.place else 0 end as cell,
            d.n
        from daily as d
        join codes as a on a.code = d.actor
        join codes as r on r.code = d.recipient
        join cells as c on c.cell = coalesce(d.root, 'UNCODED')
        where d.source = $source
            and d.parties > 1
            and d.day between $first and $last
            and ($kinds::varchar[] is null or list_contains($kinds::varchar[], d.kind))
    )
select
    (((period - $start) * $width + actor) * $width + recipient) * $depth + cell as key,
    sum(n)::bigint as n
from placed
group by key
