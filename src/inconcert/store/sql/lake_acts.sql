-- What kinds of acts are in the batch, as daily counts tell them apart?
-- In: raw, translations.  Out: acts; those that are told alike have the same no.
create or replace temp table acts as
with told as (
    select
        r.act_key, coalesce(t.is_swapped, false) as is_swapped,
        coalesce(t.type, upper(t.kind)) as kind,
        case when r.scheme = 'cameo' then left(r.code, 2)
             else coalesce(t.type, upper(t.kind)) end as root,
        coalesce(t.mode, r.mode) as mode,
        coalesce(array_to_string(
            list_sort(string_split(coalesce(t.contexts, r.context), ';')), ';'
        ), '') as contexts
    from (
        select act_key, any_value(scheme) as scheme, any_value(code) as code,
            any_value(mode) as mode, any_value(context) as context
        from raw group by act_key
    ) as r
    left join translations as t on t.scheme = r.scheme and t.code = r.code
)
select *, dense_rank() over (order by kind, root, mode, contexts)::integer as no from told
