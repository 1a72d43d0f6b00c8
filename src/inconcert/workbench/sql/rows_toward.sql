-- How many rows of a source tell of what some actors did to a side, before and after folding and
-- without duplicates, and in how many outlets?
-- In: events (`folded_from` holds the other rows of a fold).  Out: rows, counted, outlets (0 where none is named).
select
    coalesce(sum(1 + coalesce(len(folded_from), 0)), 0)::bigint as rows,
    count(*) filter (where kept_as is null)::bigint as counted,
    count(distinct nullif(outlet, ''))::bigint as outlets
from events
where source = $source
    and day between $first and $last
    and (
        (list_has_any(actors, $actors::varchar[]) and list_has_any(recipients, $side::varchar[]))
        or (
            (not coalesce(directed, true) or coalesce(len(folded_from), 0) > 0)
            and list_has_any(list_concat(actors, recipients), $actors::varchar[])
            and list_has_any(list_concat(actors, recipients), $side::varchar[])
        )
    )
