-- How do the rows of a month look in the form in which they are kept?
-- In: in_month (rows of raw), marks, month_sides, shown_acts; variable batch.  Out: the columns of events.
select
    case when m.kept_as is null then r.id
         else r.id || '.' || getvariable('batch') || '.' || r.row end as id,
    getvariable('batch') as batch,
    r.source_row, r.day, r.day_last,
    t.type, t.mode, t.contexts,
    t.statement_kind is not null as is_statement,
    t.statement_kind,
    a.codes as actors, a.sectors as actor_sectors, a.names as actor_names,
    b.codes as recipients, b.sectors as recipient_sectors, b.names as recipient_names,
    t.code, t.scheme, coalesce(r.event_text, t.meaning) as event_text,
    r.score, r.mentions, r.articles, r.outlets, r.tone, r.confidence,
    r.place, r.place_country, r.latitude, r.longitude, r.place_precision,
    r.url, r.outlet, r.note, r.fatalities,
    coalesce(r.directed, true) as directed,
    t.is_swapped as swapped,
    m.folded_from,
    coalesce(m.copies, 1)::integer as copies,
    m.kept_as,
    a.given as actor_given, b.given as recipient_given,
    r.added, r.dup_key
from in_month as r
left join marks as m on m.row = r.row
join shown_acts as t on t.act_key = r.act_key
join month_sides as a
    on a.key = coalesce(m.both_key, case when t.is_swapped then r.b_key else r.a_key end)
join month_sides as b
    on b.key = coalesce(m.both_key, case when t.is_swapped then r.a_key else r.b_key end)
where m.is_gone is not true
