-- Who stands in these statements?
-- In: statement_participants; $provenance, $ids.  Out: its columns, in order.
select * exclude (provenance, document) from statement_participants
where provenance = $provenance and statement in (select unnest($ids::varchar[]))
order by statement, role, ordinal
