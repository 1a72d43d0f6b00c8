-- Which of these documents does the case hold?
-- In: documents; $ids.  Out: id.
select id from documents where id in (select unnest($ids::varchar[]))
