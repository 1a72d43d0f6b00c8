-- Which documents does the case hold?
-- In: documents.  Out: id, in order of arrival.
select id from documents order by rowid
