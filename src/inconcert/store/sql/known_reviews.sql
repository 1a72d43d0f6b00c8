-- Which of these reviews are on record?
-- In: reviews; $ids.  Out: id.
select id from reviews where id in (select unnest($ids::varchar[]))
