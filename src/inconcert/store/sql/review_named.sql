-- Whom did a coder find named in a document?
-- In: actor_mentions; $provenance, $document.  Out: sentence, participants, in order.
select sentence, participants from actor_mentions
where provenance = $provenance and document = $document and len(participants) > 0
order by ordinal
