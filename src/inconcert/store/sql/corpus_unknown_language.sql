-- How many documents were coded though their language is not known, and which?
-- In: coded, documents, sources; $provenance, $sources (null for all).  Out: documents, places (the first five).
select count(*) as documents, list(d.place order by d.place)[1:5] as places
from coded as c
join current_documents as d on d.id = c.document
join sources as s on s.id = d.source
where c.provenance = $provenance and d.language is null
    and ($sources::varchar[] is null or list_contains($sources::varchar[], s.name))
