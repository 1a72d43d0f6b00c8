-- Which documents of a coder have not been compared with the others yet?
-- In: coded, merged; $coder, $provenance (of the rule).  Out: id, in order of arrival.
select d.id
from coded as c
join current_documents as d on d.id = c.document
where c.provenance = $coder
and not exists (
    select 1 from merged as m
    where m.provenance = $provenance and m.coder = $coder and m.document = d.id
)
order by d.arrival
