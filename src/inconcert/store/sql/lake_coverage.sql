-- How many rows did the batch bring for each day, and what became of them?
-- In: raw, marks, acts.  Out: day, month_no, rows, n, repeats, folded, statements.
-- n is rows that count; statements those of them that tell what was said.
select
    r.day, r.month_no, count(*) as rows,
    count(*) filter (m.kept_as is null and m.is_gone is not true) as n,
    count(*) filter (m.kept_as is not null) as repeats,
    count(*) filter (m.is_gone) as folded,
    count(*) filter (t.said is not null and m.kept_as is null and m.is_gone is not true)
        as statements
from raw as r
left join marks as m on m.row = r.row
join acts as t using (act_key)
group by r.day, r.month_no
order by r.day
