-- How many coded documents have no date?
-- In: coded, documents; $provenance.  Out: documents.
select count(*) as documents
from coded as c
join documents as d on d.id = c.document
where c.provenance = $provenance and d.published_first is null
