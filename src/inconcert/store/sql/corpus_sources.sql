-- How much was coded from each source?
-- In: coded, documents, sources; $provenance, $sources (null for all).  Out: name, country, affiliation, documents, sentences, first, last; largest first.
select s.name, s.country, s.affiliation, count(*) as documents,
    sum(c.sentences)::bigint as sentences,
    min(d.published_first) as first, max(d.published_last) as last
from coded as c
join current_documents as d on d.id = c.document
join sources as s on s.id = d.source
where c.provenance = $provenance
    and ($sources::varchar[] is null or list_contains($sources::varchar[], s.name))
group by s.id, s.name, s.country, s.affiliation
order by sentences desc, s.name, s.id
