-- How do the rows of folded events look as their source has them?
-- In: raw, repeats, folds, present, translations; variable batch.  Out: unfolded, a view.
create or replace temp view unfolded as
select
    f.folded_into, f.is_kept,
    r.id, getvariable('batch') as batch, r.source_row, r.day,
    case when t.is_swapped then b.codes else a.codes end as actors,
    case when t.is_swapped then b.sectors else a.sectors end as actor_sectors,
    case when t.is_swapped then b.names else a.names end as actor_names,
    case when t.is_swapped then a.codes else b.codes end as recipients,
    case when t.is_swapped then a.sectors else b.sectors end as recipient_sectors,
    case when t.is_swapped then a.names else b.names end as recipient_names,
    case when t.is_swapped then b.given else a.given end as actor_given,
    case when t.is_swapped then a.given else b.given end as recipient_given,
    r.day_last, t.type, coalesce(t.mode, r.mode) as mode,
    coalesce(t.contexts, r.context) as contexts,
    r.code, r.scheme, coalesce(r.event_text, t.meaning) as event_text,
    r.score, r.mentions, r.articles, r.outlets, r.tone, r.confidence,
    r.place, r.place_country, r.latitude, r.longitude, r.place_precision,
    r.url, r.outlet, r.note, r.fatalities, coalesce(r.directed, true) as directed,
    coalesce(t.is_swapped, false) as swapped,
    false as is_statement, null::varchar as statement_kind, null::varchar as folded_from,
    null::varchar as kept_as,
    coalesce(m.copies, 1)::integer as copies, r.added, r.dup_key, r.month_no
from (
    select row, id as folded_into, true as is_kept from folds
    union all
    select mirror, id, false from folds
) as f
join raw as r on r.rowid = f.row
left join repeats as m on m.row = r.rowid
left join translations as t on t.scheme = r.scheme and t.code = r.code
join present as a on a.key = r.a_key and a.month_no = r.month_no
join present as b on b.key = r.b_key and b.month_no = r.month_no
