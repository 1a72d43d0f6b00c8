-- Which coders have worked on the case, and how far did each come?
-- In: provenance, coded, not_coded.  Out: id, stage, coder, version, settings, coded, handled, best first.
-- Handled counts the documents marked as not coded too: a coder that leaves one out is done with it.
with ledger as (
    select c.provenance, count(*) as coded
    from coded as c
    join current_documents as d on d.id = c.document
    group by c.provenance
), marked as (
    select p.id as provenance, count(distinct n.document) as marked
    from provenance as p
    join not_coded as n on n.provenance = p.id or n.provenance is null
    where not exists (
        select 1 from coded as c where c.provenance = p.id and c.document = n.document
    )
    group by p.id
)
select p.id, p.stage, p.coder, p.version, p.settings, l.coded,
    l.coded + coalesce(m.marked, 0) as handled
from provenance as p
join ledger as l on l.provenance = p.id
left join marked as m on m.provenance = p.id
order by handled desc, p.ordinal desc
