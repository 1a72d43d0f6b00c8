-- Who are two sides that stand together after a fold?
-- In: folds, resolved.  Out: further rows of resolved.
insert into resolved
select
    f.both_key, lake_joined(a.codes, b.codes), lake_joined(a.sectors, b.sectors),
    lake_joined(a.names, b.names), a.given || ' + ' || b.given
from (
    select distinct both_key, a_key, b_key from folds
    where both_key not in (select key from resolved)
) as f
join resolved as a on a.key = f.a_key
join resolved as b on b.key = f.b_key
