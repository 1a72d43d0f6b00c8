-- Who stands in these events?
-- In: participants; $provenance, $ids.  Out: columns of participants, in order.
select * exclude (provenance, document) from participants
where provenance = $provenance and event in (select unnest($ids::varchar[]))
order by event, role, ordinal
