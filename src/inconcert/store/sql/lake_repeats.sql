-- Which rows repeat another: same day, both sides as written, code, and address or content?
-- In: raw, held.  Out: repeats (rows that repeat, and rows that are repeated).
create or replace temp table repeats as
with doubled as (
    select dup_key from raw group by dup_key having count(*) > 1
    union
    select dup_key from held
), ranked as (
    select
        r.row, r.dup_key, r.id,
        first_value(r.id) over same as keeper,
        row_number() over same as place,
        count(*) over (partition by r.dup_key) as copies
    from raw as r
    where r.dup_key in (select dup_key from doubled)
    window same as (
        partition by r.dup_key order by r.added nulls last, len(r.source_row), r.source_row, r.row
    )
)
select
    n.row, n.copies,
    case when h.id is not null then h.id when n.place > 1 then n.keeper end as kept_as
from ranked as n
left join held as h using (dup_key)
