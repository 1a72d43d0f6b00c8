-- Which documents has a coder still to code?
-- In: documents, coded, not_coded; $provenance, $languages (null for all).  Out: id, in order of arrival.
select d.id
from current_documents as d
where not exists (
    select 1 from coded as c where c.document = d.id and c.provenance = $provenance
)
and not exists (
    select 1 from not_coded as n
    where n.document = d.id and (n.provenance is null or n.provenance = $provenance)
)
and why_not_coded(d.language, d.text, $languages::varchar[]) is null
order by d.arrival
