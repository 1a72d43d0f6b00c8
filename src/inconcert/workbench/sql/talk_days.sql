-- On which days did two actors meet or talk, and how often?
-- In: daily.  Out: day, n (a talk that both rows of a pair tell of counts once).
select day, max(n)::bigint as n
from (
    select day, actor in (select unnest($one::varchar[])) as is_forth, sum(n) as n
    from daily
    where source = $source
        and kind = 'CONSULT'
        and day between $first and $last
        and (
            (
                actor in (select unnest($one::varchar[]))
                and recipient in (select unnest($other::varchar[]))
            )
            or (
                actor in (select unnest($other::varchar[]))
                and recipient in (select unnest($one::varchar[]))
            )
        )
    group by all
)
group by day
order by day
