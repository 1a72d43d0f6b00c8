-- Which records of a coder can be reviewed?
-- In: event_mentions, statements, documents, sources; $provenance, $prefix of the id (empty for all).  Out: kind, id, document, source, type (of statements the form), rule, confidence, in order of place.
with records as (
    select 'event' as kind, id, document, start_char, type, rule, confidence
    from event_mentions where provenance = $provenance
    union all
    select 'statement', id, document, start_char, form, rule, confidence
    from statements where provenance = $provenance
)
select r.kind, r.id, r.document, s.name as source, r.type, r.rule, r.confidence
from records as r
join current_documents as d on d.id = r.document
join sources as s on s.id = d.source
where starts_with(r.id, $prefix::varchar)
order by d.arrival, r.start_char, r.kind, r.id
