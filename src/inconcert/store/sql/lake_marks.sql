-- What is to be said of a row that is not plainly an event of its own?
-- In: repeats, folds; variable batch.  Out: marks.
create or replace temp table marks as
select
    coalesce(r.row, f.row) as row, r.copies, r.kept_as,
    f.both_key, f.folded_into, f.folded_from, coalesce(f.is_gone, false) as is_gone
from repeats as r
full join (
    select row, both_key, id as folded_into, mirror_source_row as folded_from, false as is_gone
    from folds
    union all
    select mirror, null, id, null, true from folds
) as f on f.row = r.row
