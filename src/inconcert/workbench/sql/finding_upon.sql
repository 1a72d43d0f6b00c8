-- How many acts did all others aim at each of some codes, day by day?
-- In: daily.  Out: code, day, n (an act of two counts twice).
select recipient as code, day, sum(n)::bigint as n
from daily
where source = $source
    and parties > 1
    and recipient in (select unnest($codes::varchar[]))
    and day between $first and $last
group by all
