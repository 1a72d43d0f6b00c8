-- Of these ids, how many are records of a coder, of documents of these sources?
-- In: event_mentions, statements, documents, sources; $provenance, $ids, $sources (null for all).  Out: count.
select count(*) from (
    select id, document from event_mentions
    where provenance = $provenance and id in (select unnest($ids::varchar[]))
    union all
    select id, document from statements
    where provenance = $provenance and id in (select unnest($ids::varchar[]))
) as r
join current_documents as d on d.id = r.document
join sources as s on s.id = d.source
where $sources::varchar[] is null or list_contains($sources::varchar[], s.name)
