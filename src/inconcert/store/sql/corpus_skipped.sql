-- Which sentences were not coded, and why?
-- In: coded, documents, sources; $provenance, $sources (null for all).  Out: reason, sentences; most first.
select k.reason, sum(k.sentences)::bigint as sentences
from (
    select unnest(c.skipped) as k
    from coded as c
    join current_documents as d on d.id = c.document
    join sources as s on s.id = d.source
    where c.provenance = $provenance
        and ($sources::varchar[] is null or list_contains($sources::varchar[], s.name))
)
group by k.reason
order by sentences desc, k.reason
