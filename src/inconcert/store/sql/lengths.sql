-- How long are these documents?
-- In: documents; $ids.  Out: id, characters.
select id, length(text) as characters
from documents
where id in (select unnest($ids::varchar[]))
