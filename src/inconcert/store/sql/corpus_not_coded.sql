-- Which documents are held but not coded, and why?
-- In: documents, sources, coded, not_coded; $provenance, $sources, $languages (null for all).  Out: reason (null: waits), documents; most first.
select coalesce(why_not_coded(d.language, d.text, $languages::varchar[]), n.reason) as reason,
    count(*) as documents
from current_documents as d
join sources as s on s.id = d.source
left join (
    select document, min(reason) as reason from not_coded
    where provenance is null or provenance = $provenance
    group by document
) as n on n.document = d.id
where not exists (
    select 1 from coded as c where c.document = d.id and c.provenance = $provenance
)
and ($sources::varchar[] is null or list_contains($sources::varchar[], s.name))
group by all
order by documents desc, reason
