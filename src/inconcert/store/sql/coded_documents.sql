-- Which documents has a coder coded?
-- In: coded, documents; $coder.  Out: id, in order of arrival.
select d.id
from coded as c
join current_documents as d on d.id = c.document
where c.provenance = $coder
order by d.arrival
