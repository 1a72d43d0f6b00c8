-- Which of these documents has a coder coded?
-- In: coded; $provenance, $ids.  Out: document.
select document from coded
where provenance = $provenance and document in (select unnest($ids::varchar[]))
