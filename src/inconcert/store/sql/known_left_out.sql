-- Which of these left-out things are on record?
-- In: left_out; $ids.  Out: id.
select id from left_out where id in (select unnest($ids::varchar[]))
