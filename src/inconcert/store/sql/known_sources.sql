-- Which sources does the case hold?
-- In: sources.  Out: id.
select id from sources
