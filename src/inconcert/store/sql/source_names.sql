-- What are the sources of the case called?
-- In: sources.  Out: name, each once.
select distinct name from sources order by name
