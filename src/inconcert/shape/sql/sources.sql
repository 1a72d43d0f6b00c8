-- Which sources are there?
-- In: coverage.  Out: source.
select distinct source from coverage order by source
