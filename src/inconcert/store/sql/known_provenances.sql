-- Which provenances are on record?
-- In: provenance.  Out: id.
select id from provenance
