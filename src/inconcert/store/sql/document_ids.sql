-- Which documents does the case hold?
-- In: documents.  Out: id, in order of arrival.
select id from current_documents order by arrival
