-- Which events of some days, naming one of some codes, count for more than one ordered pair?
-- In: events.  Out: day, kind, cell, mode, contexts, actors, recipients, is_mutual.
select
    day,
    coalesce(type, upper(statement_kind), 'UNCODED') as kind,
    case when scheme = 'cameo' and code is not null then left(code, 2)
        else coalesce(type, upper(statement_kind), 'UNCODED') end as cell,
    coalesce(mode, '') as mode,
    coalesce(array_to_string(list_sort(contexts), ';'), '') as contexts,
    coalesce(actors, []) as actors,
    coalesce(recipients, []) as recipients,
    not coalesce(directed, true) or coalesce(len(folded_from), 0) > 0 as is_mutual
from events
where source = $source
    and day between $first and $last
    and day in (select unnest($days::date[]))
    and kept_as is null
    and len(actors) > 0
    and len(recipients) > 0
    and (list_has_any(actors, $codes::varchar[]) or list_has_any(recipients, $codes::varchar[]))
    and (
        len(list_distinct(list_concat(actors, recipients))) > 2
        or list_has_all($codes::varchar[], list_concat(actors, recipients))
    )
order by day, id
