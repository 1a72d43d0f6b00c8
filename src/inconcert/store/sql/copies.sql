-- Which documents are copies, and of which?
-- In: copies, documents, sources; $provenance.  Out: document, original, likeness, reason, outlet (source of the original).
select c.document, c.original, c.likeness, c.reason, s.name as outlet
from copies as c
join documents as d on d.id = c.original
join sources as s on s.id = d.source
where c.provenance = $provenance
qualify row_number() over (partition by c.document order by c.rowid desc) = 1
order by c.document
