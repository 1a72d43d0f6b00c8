-- Who stands on the sides of the rows of the batch, as their files write them?
-- In: keyed.  Out: key, month_no, name, code, country, sectors, more, scheme; nobody is not among them.
with seen as (
    select key, min(place) as place
    from (
        select a_key as key, row * 2 as place from keyed
        union all
        select b_key, row * 2 + 1 from keyed
    )
    where key <> 0
    group by key
)
select
    s.key, k.month_no,
    case when s.place % 2 = 0 then k.a_name else k.b_name end as name,
    case when s.place % 2 = 0 then k.a_code else k.b_code end as code,
    case when s.place % 2 = 0 then k.a_country else k.b_country end as country,
    case when s.place % 2 = 0 then k.a_sectors else k.b_sectors end as sectors,
    case when s.place % 2 = 0 then k.more_a else k.more_b end as more,
    k.scheme
from keyed as k
join seen as s on s.place // 2 = k.row
