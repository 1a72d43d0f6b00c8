-- What kinds of acts are in the batch, as their files write them?
-- In: keyed.  Out: act_key, scheme, code, mode, context.
select k.act_key, k.scheme, k.code, k.mode, k.context
from keyed as k
join (select min(row) as row from keyed group by act_key) as first using (row)
