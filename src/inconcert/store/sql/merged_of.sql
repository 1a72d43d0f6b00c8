-- Which documents of a coder has a rule compared?
-- In: merged; $provenance, $coder.  Out: document.
select document from merged where provenance = $provenance and coder = $coder
