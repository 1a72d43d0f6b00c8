-- On which days does a dataset have nothing, or hardly anything?
-- In: a source, or NULL for all.  Out: stretches of such days, rows on them, what is usual a day.
with days as (
    select source, day, sum(rows) as rows from coverage
    where $source is null or source = $source group by source, day
),
spans as (select source, min(day) as first, max(day) as last, median(rows) as usual from days group by source),
every as (
    select s.source, s.usual, cast(g.day as date) as day
    from spans s, unnest(generate_series(s.first, s.last, interval 1 day)) as g(day)
),
thin as (
    select e.source, e.day, e.usual, coalesce(d.rows, 0) as rows, coalesce(d.rows, 0) = 0 as is_empty
    from every e left join days d on d.source = e.source and d.day = e.day
    where coalesce(d.rows, 0) < 0.1 * e.usual
),
marked as (
    select *, cast(day - date '1900-01-01' as bigint) - row_number() over (
        partition by source, is_empty order by day
    ) as stretch
    from thin
)
select source, min(day) as first_day, max(day) as last_day, cast(sum(rows) as bigint) as rows,
       any_value(usual) as usual
from marked
group by source, is_empty, stretch
order by source, first_day
