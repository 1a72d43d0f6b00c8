-- Which rule compared the documents of a coder last?
-- In: provenance, merged; $coder.  Out: id; none where they were not compared.
select p.id
from provenance as p
where p.stage = 'merge' and exists (
    select 1 from merged as m where m.provenance = p.id and m.coder = $coder
)
order by p.ordinal desc
limit 1
