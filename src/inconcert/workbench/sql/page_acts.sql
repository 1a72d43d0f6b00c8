-- Which counted events of some days do some actors aim at a side, a page of them? All with a null $most.
-- With $either also those that the side aims at them, with $anybody those of whomever; an empty $type or
-- $place does not restrict, nor do null $sorts (as `page_sorts` gives them).
-- In: events.  Out: columns of events that an analyst reads; `sort`.
select
    id, source, day, type, statement_kind, mode, contexts, actors, actor_names, recipients,
    recipient_names, code, event_text, note, score, mentions, outlet, url, place, copies,
    concat_ws(
        '|', coalesce(type, upper(statement_kind), ''), coalesce(mode, ''), coalesce(left(code, 2), ''),
        array_to_string(coalesce(contexts, []), ';')
    ) as sort
from events
where source = $source
    and day between $first and $last
    and kept_as is null
    and ($type = '' or type = $type)
    and ($place = '' or place = $place)
    and ($sorts::varchar[] is null or list_contains($sorts::varchar[], concat_ws(
        '|', coalesce(type, upper(statement_kind), ''), coalesce(mode, ''), coalesce(left(code, 2), ''),
        array_to_string(coalesce(contexts, []), ';')
    )))
    and (
        ($anybody and list_has_any(recipients, $side::varchar[]))
        or (list_has_any(actors, $actors::varchar[]) and list_has_any(recipients, $side::varchar[]))
        or (
            ($either or not coalesce(directed, true) or coalesce(len(folded_from), 0) > 0)
            and list_has_any(list_concat(actors, recipients), $actors::varchar[])
            and list_has_any(list_concat(actors, recipients), $side::varchar[])
        )
    )
order by day, id
limit $most offset $skip
