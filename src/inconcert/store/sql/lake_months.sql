-- Which months are in the batch, and how many of their rows count?
-- In: raw, marks.  Out: month_no, first, last, counted.
select
    r.month_no, min(r.day) as first, max(r.day) as last,
    count(*) filter (m.kept_as is null and m.is_gone is not true) as counted
from raw as r
left join marks as m on m.row = r.rowid
group by r.month_no
order by r.month_no
