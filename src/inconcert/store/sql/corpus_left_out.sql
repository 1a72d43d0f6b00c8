-- What was given but did not become a document, and why? What was odd about documents kept?
-- In: left_out, documents.  Out: reason, items, places (the first five), is_note; most first.
-- A place read well later is no longer left out; a note on a document that was kept stays.
select l.reason, count(*) as items, list(l.place order by l.place)[1:5] as places,
    l.reason like '%(document kept)' as is_note
from left_out as l
where l.reason like '%(document kept)'
    or not exists (select 1 from documents as d where d.place = l.place)
group by l.reason
order by items desc, l.reason
