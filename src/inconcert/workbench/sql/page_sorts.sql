-- How many counted events of each sort do some actors aim at a side on each day?
-- In: events.  Out: sort (type, mode, CAMEO root and contexts, joined by `|`), day, n.
-- With $others those in which anybody acts who is neither one of $actors nor of the side.
select
    concat_ws(
        '|', coalesce(type, upper(statement_kind), ''), coalesce(mode, ''), coalesce(left(code, 2), ''),
        array_to_string(coalesce(contexts, []), ';')
    ) as sort,
    day,
    count(*)::bigint as n
from events
where source = $source
    and day between $first and $last
    and kept_as is null
    and case when $others
        then list_has_any(recipients, $side::varchar[]) and len(list_filter(
            actors, lambda code: not list_contains(list_concat($actors::varchar[], $side::varchar[]), code)
        )) > 0
        else (list_has_any(actors, $actors::varchar[]) and list_has_any(recipients, $side::varchar[]))
            or (
                (not coalesce(directed, true) or coalesce(len(folded_from), 0) > 0)
                and list_has_any(list_concat(actors, recipients), $actors::varchar[])
                and list_has_any(list_concat(actors, recipients), $side::varchar[])
            )
    end
group by all
order by day, sort
