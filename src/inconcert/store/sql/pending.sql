-- Which documents has a coder still to code?
-- In: documents, coded, not_coded; $provenance.  Out: id, in order of arrival.
select d.id
from documents as d
where not exists (
    select 1 from coded as c where c.document = d.id and c.provenance = $provenance
)
and not exists (
    select 1 from not_coded as n
    where n.document = d.id and (n.provenance is null or n.provenance = $provenance)
)
order by d.rowid
