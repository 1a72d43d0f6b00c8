-- From which country does each sentence speak: its speaker's, else its source's?
-- In: coded, documents, sources; $provenance, $sources (null for all).  Out: country (null for unknown), sentences; largest first.
select coalesce(d.speaker, s.country) as country, sum(c.sentences)::bigint as sentences
from coded as c
join current_documents as d on d.id = c.document
join sources as s on s.id = d.source
where c.provenance = $provenance
    and ($sources::varchar[] is null or list_contains($sources::varchar[], s.name))
group by all
order by sentences desc, country
