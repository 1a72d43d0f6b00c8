-- Which counted events of some days do some actors aim at a side?
-- In: events.  Out: columns of events that an analyst reads; the first $most of each day.
select
    id, source, batch, source_row, day, day_last, type, mode, contexts, is_statement,
    statement_kind, actors, actor_names, recipients, recipient_names, about, code, scheme,
    event_text, score, mentions, articles, outlets, url, outlet, note, place, copies,
    coalesce(len(folded_from), 0) as folded
from events
where source = $source
    and day between $first and $last
    and day in (select unnest($days::date[]))
    and kept_as is null
    and (
        (list_has_any(actors, $actors::varchar[]) and list_has_any(recipients, $side::varchar[]))
        or (
            (not coalesce(directed, true) or coalesce(len(folded_from), 0) > 0)
            and list_has_any(list_concat(actors, recipients), $actors::varchar[])
            and list_has_any(list_concat(actors, recipients), $side::varchar[])
        )
    )
qualify row_number() over (partition by day order by mentions desc nulls last, id) <= $most
order by day, id
