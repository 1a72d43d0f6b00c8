-- On which days does an event that names more than two parties have an actor act toward a side?
-- In: daily.  Out: day.
select distinct day
from daily
where source = $source
    and actor in (select unnest($actors::varchar[]))
    and recipient in (select unnest($side::varchar[]))
    and parties > 2
    and day between $first and $last
order by day
