-- How do the rows of the batch look in the form in which they are kept?
-- In: raw, marks, present, translations; variable batch.  Out: told, a view.
create or replace temp view told as
select
    case when m.kept_as is null then r.id
         else r.id || '.' || getvariable('batch') || '.' || r.rowid end as id,
    getvariable('batch') as batch,
    r.source_row, r.day, r.day_last,
    t.type,
    coalesce(t.mode, r.mode) as mode,
    coalesce(t.contexts, r.context) as contexts,
    t.kind is not null as is_statement,
    t.kind as statement_kind,
    a.codes as actors, a.sectors as actor_sectors, a.names as actor_names,
    b.codes as recipients, b.sectors as recipient_sectors, b.names as recipient_names,
    r.code, r.scheme, coalesce(r.event_text, t.meaning) as event_text,
    r.score, r.mentions, r.articles, r.outlets, r.tone, r.confidence,
    r.place, r.place_country, r.latitude, r.longitude, r.place_precision,
    r.url, r.outlet, r.note, r.fatalities,
    coalesce(r.directed, true) as directed,
    coalesce(t.is_swapped, false) as swapped,
    m.folded_from,
    coalesce(m.copies, 1)::integer as copies,
    m.kept_as,
    a.given as actor_given, b.given as recipient_given,
    r.added, r.dup_key, r.month_no
from raw as r
left join marks as m on m.row = r.rowid
left join translations as t on t.scheme = r.scheme and t.code = r.code
join present as a
    on a.month_no = r.month_no and a.key = coalesce(m.both_key, case when t.is_swapped then r.b_key else r.a_key end)
join present as b
    on b.month_no = r.month_no and b.key = coalesce(m.both_key, case when t.is_swapped then r.a_key else r.b_key end)
where m.is_gone is not true
