-- What became of the rows of the batch?
-- In: raw, marks, translations.  Out: counted, repeats, folded, statements (counted ones).
select
    count(*) filter (m.kept_as is null and m.is_gone is not true) as counted,
    count(*) filter (m.kept_as is not null) as repeats,
    count(*) filter (m.is_gone) as folded,
    count(*) filter (t.kind is not null and m.kept_as is null and m.is_gone is not true)
        as statements
from raw as r
left join marks as m on m.row = r.rowid
left join translations as t on t.scheme = r.scheme and t.code = r.code
