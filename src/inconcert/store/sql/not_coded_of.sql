-- Which documents are marked as not coded, by every coder or by one?
-- In: not_coded; $provenance (null for every coder).  Out: document, reason.
select document, reason from not_coded where provenance is not distinct from $provenance
