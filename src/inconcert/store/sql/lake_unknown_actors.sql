-- Which actors, as their files write them, were not asked about yet in this month?
-- In: raw, resolved.  Out: key, name, code, country, sectors, more, month (its first day), scheme.
with asked as (
    select a_key as key, a_name as name, a_code as code, a_country as country,
        a_sectors as sectors, more_a as more, month_no, scheme
    from raw
    union all
    select b_key, b_name, b_code, b_country, b_sectors, more_b, month_no, scheme
    from raw
)
select
    key, any_value(name) as name, any_value(code) as code, any_value(country) as country,
    any_value(sectors) as sectors, any_value(more) as more,
    make_date(any_value(month_no) // 12, any_value(month_no) % 12 + 1, 1) as month,
    any_value(scheme) as scheme
from asked anti join resolved using (key)
group by key
