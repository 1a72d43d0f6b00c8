-- On which days do two actors meet, or act jointly upon a side, and which organisations stand beside them?
-- In: events.  Out: day, venues (codes that begin with $prefix), n.
select
    day,
    list_sort(
        list_distinct(list_filter(
            list_concat(coalesce(actors, []), coalesce(recipients, []), coalesce(about, [])),
            lambda code: starts_with(code, $prefix)
        ))
    ) as venues,
    count(*)::bigint as n
from events
where source = $source
    and day between $first and $last
    and kept_as is null
    and not coalesce(is_statement, false)
    and list_has_any(list_concat(actors, recipients), $one::varchar[])
    and list_has_any(list_concat(actors, recipients), $other::varchar[])
    and (
        coalesce(type, '') in ('CONSULT', 'AGREE', 'COOPERATE')
        or (
            list_has_any(actors, $one::varchar[])
            and list_has_any(actors, $other::varchar[])
            and list_has_any(recipients, $side::varchar[])
        )
    )
group by all
order by day
