-- Of these ids, which does the case hold as records of any coder, and what did the last one say?
-- In: event_mentions, statements, documents, sources, provenance; $ids.  Out: id, kind, type, document, source.
with records as (
    select id, 'event' as kind, type, document, provenance from event_mentions
    where id in (select unnest($ids::varchar[]))
    union all
    select id, 'statement', form, document, provenance from statements
    where id in (select unnest($ids::varchar[]))
)
select r.id, r.kind, arg_max(r.type, p.ordinal) as type, any_value(r.document) as document,
    any_value(s.name) as source
from records as r
join provenance as p on p.id = r.provenance
join documents as d on d.id = r.document
join sources as s on s.id = d.source
group by r.id, r.kind
order by r.id
