-- Which of these documents are held but not to be coded, and why?
-- In: documents; $ids, $languages (null for all).  Out: reason, documents; most first.
select reason, count(*) as documents
from (
    select why_not_coded(d.language, d.text, $languages::varchar[]) as reason
    from documents as d
    where d.id in (select unnest($ids::varchar[]))
)
where reason is not null
group by reason
order by documents desc, reason
