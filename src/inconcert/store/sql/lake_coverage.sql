-- How many rows did the batch bring for each day, and how many count?
-- In: raw, marks.  Out: day, rows, n.
select
    r.day, count(*) as rows,
    count(*) filter (m.kept_as is null and m.is_gone is not true) as n
from raw as r
left join marks as m on m.row = r.rowid
group by r.day
