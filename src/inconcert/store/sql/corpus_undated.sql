-- How many coded documents have no date?
-- In: coded, documents, sources; $provenance, $sources (null for all).  Out: documents.
select count(*) as documents
from coded as c
join current_documents as d on d.id = c.document
join sources as s on s.id = d.source
where c.provenance = $provenance and d.published_first is null
    and ($sources::varchar[] is null or list_contains($sources::varchar[], s.name))
