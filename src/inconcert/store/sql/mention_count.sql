-- How many event mentions did a coder find?
-- In: event_mentions, documents; $coder.  Out: one number.
select count(*) from event_mentions as e
join current_documents as d on d.id = e.document
where e.provenance = $coder
