-- Which consultations stand twice, once from either side?
-- In: raw, repeats, acts.  Out: folds (row, its mirror, id of the event, key of both sides).
-- 042 (visits) is the mirror of 043 (hosts a visit); each other code is its own. Within a pair the
-- rows go together in order of their documents; of rows that outnumber the other side, the last stay alone.
create or replace temp table folds as
with able as (
    select
        r.row, r.day, r.month_no, t.fold, r.id, r.source_row, r.a_key, r.b_key, t.code,
        coalesce(r.url, r.note) as told_by,
        case when t.fold = 'visit' then t.is_swapped else r.a_side < r.b_side end as turned,
        case when t.fold <> 'visit' then least(r.a_side, r.b_side)
             when t.is_swapped then r.b_side else r.a_side end as one,
        case when t.fold <> 'visit' then greatest(r.a_side, r.b_side)
             when t.is_swapped then r.a_side else r.b_side end as other
    from raw as r
    join acts as t on t.act_key = r.act_key and t.fold is not null
    where r.a_side is not null and r.b_side is not null and r.a_side <> r.b_side
        and r.row not in (select row from repeats where kept_as is not null)
), ranked as (
    select *, row_number() over (
        partition by day, fold, one, other, turned
        order by told_by, len(source_row), source_row, row
    ) as place
    from able
), paired as (
    select x as x, y as y
    from ranked as x
    join ranked as y using (day, fold, one, other, place)
    where not x.turned and y.turned
), chosen as (
    -- The row that stays: the visitor's, else the one that the source has first.
    select case when is_first then x else y end as kept, case when is_first then y else x end as gone
    from (
        select *, (x.code, len(x.source_row), x.source_row, x.row)
            <= (y.code, len(y.source_row), y.source_row, y.row) as is_first
        from paired
    )
)
select
    kept.row as row, gone.row as mirror, kept.month_no as month_no, coalesce(gone.source_row, gone.id) as mirror_source_row, kept.id as id,
    kept.a_key as a_key, kept.b_key as b_key, hash(kept.a_key, kept.b_key, 'both') as both_key
from chosen
