-- Which actors, as their files write them, were not asked about yet in this month?
-- In: seen_sides, resolved.  Out: key, name, code, country, sectors, more, month (its first day), scheme.
select
    key, name, code, country, sectors, more,
    make_date(month_no // 12, month_no % 12 + 1, 1) as month, scheme
from seen_sides anti join resolved using (key)
