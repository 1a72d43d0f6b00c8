-- How do the rows of folded events look as their source has them?
-- In: in_folds (rows of raw), repeats, folds, resolved, acts; variable batch; $year.  Out: the columns of folded.
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
    r.day_last, t.type, t.mode, t.as_given as contexts,
    t.code, t.scheme, coalesce(r.event_text, t.meaning) as event_text,
    r.score, r.mentions, r.articles, r.outlets, r.tone, r.confidence,
    r.place, r.place_country, r.latitude, r.longitude, r.place_precision,
    r.url, r.outlet, r.note, r.fatalities, coalesce(r.directed, true) as directed,
    t.is_swapped as swapped,
    false as is_statement, null::varchar as statement_kind, null::varchar as folded_from,
    null::varchar as kept_as,
    coalesce(m.copies, 1)::integer as copies, r.added, r.dup_key
from (
    select row, id as folded_into, true as is_kept from folds
    union all
    select mirror, id, false from folds
) as f
join in_folds as r on r.row = f.row
left join repeats as m on m.row = r.row
join acts as t on t.act_key = r.act_key
join resolved as a on a.key = r.a_key
join resolved as b on b.key = r.b_key
where year(r.day) = $year
