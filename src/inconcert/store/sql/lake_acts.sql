-- What becomes of the kinds of acts in the batch?
-- In: seen_acts, translations.  Out: acts; those that daily counts tell alike have the same no.
create or replace temp table acts as
with told as (
    select
        r.act_key, r.scheme, r.code, t.type, t.kind as said, t.meaning, t.fold,
        coalesce(t.mode, r.mode) as mode, coalesce(t.contexts, r.context) as as_given,
        coalesce(t.is_swapped, false) as is_swapped,
        coalesce(t.type, upper(t.kind)) as kind,
        case when r.scheme = 'cameo' then left(r.code, 2)
             else coalesce(t.type, upper(t.kind)) end as root,
        coalesce(array_to_string(
            list_sort(string_split(coalesce(t.contexts, r.context), ';')), ';'
        ), '') as contexts
    from seen_acts as r
    left join translations as t on t.scheme = r.scheme and t.code = r.code
)
select *, dense_rank() over (order by kind, root, mode, contexts)::integer as no from told
