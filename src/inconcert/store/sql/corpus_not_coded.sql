-- Which documents are held but not coded, and why?
-- In: documents, coded, not_coded; $provenance.  Out: reason, documents; most first.
select coalesce(n.reason, 'not yet coded') as reason, count(*) as documents
from documents as d
left join (
    select document, min(reason) as reason from not_coded
    where provenance is null or provenance = $provenance
    group by document
) as n on n.document = d.id
where not exists (
    select 1 from coded as c where c.document = d.id and c.provenance = $provenance
)
group by all
order by documents desc, reason
