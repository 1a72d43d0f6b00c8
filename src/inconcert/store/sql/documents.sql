-- What do these documents say, and who published them?
-- In: documents, sources; $ids.  Out: columns of documents, source_name, country, affiliation.
select d.*, s.name as source_name, s.country, s.affiliation
from documents as d
join sources as s on s.id = d.source
where d.id in (select unnest($ids::varchar[]))
