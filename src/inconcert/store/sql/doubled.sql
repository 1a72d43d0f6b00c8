-- Which records stand twice, or do not agree with the ledger? A sound case has none.
-- In: all tables of documents and records.  Out: problem, id.
select 'document twice' as problem, id from documents group by id having count(*) > 1
union all
select 'coding twice', document from coded group by provenance, document having count(*) > 1
union all
select 'event twice', min(id) from event_mentions group by provenance, document, id having count(*) > 1
union all
select 'statement twice', min(id) from statements group by provenance, document, id having count(*) > 1
union all
select 'sentences differ from ledger', c.document from coded as c
where c.sentences <> (
    select count(*) from sentences as s
    where s.provenance = c.provenance and s.document = c.document
)
union all
select 'events differ from ledger', c.document from coded as c
where c.events <> (
    select count(*) from event_mentions as e
    where e.provenance = c.provenance and e.document = c.document
)
union all
select 'mentions differ from ledger', c.document from coded as c
where c.mentions <> (
    select count(*) from actor_mentions as r
    where r.provenance = c.provenance and r.document = c.document
)
union all
select 'statements differ from ledger', c.document from coded as c
where c.statements <> (
    select count(*) from statements as r
    where r.provenance = c.provenance and r.document = c.document
)
union all
select 'event without participants', e.id from event_mentions as e
where not exists (
    select 1 from participants as p where p.provenance = e.provenance and p.event = e.id
)
union all
select 'participants missing', event from participants
group by provenance, document, event, role having count(*) <> max(ordinal) + 1
union all
select 'participants missing', statement from statement_participants
group by provenance, document, statement, role having count(*) <> max(ordinal) + 1
union all
select 'quotes missing', statement from statement_quotes
group by provenance, document, statement having count(*) <> max(ordinal) + 1
union all
select distinct 'part of no record', p.event from participants as p
where not exists (
    select 1 from event_mentions as r where r.provenance = p.provenance and r.id = p.event
)
union all
select distinct 'part of no record', p.statement from statement_participants as p
where not exists (
    select 1 from statements as r where r.provenance = p.provenance and r.id = p.statement
)
union all
select distinct 'part of no record', p.statement from statement_quotes as p
where not exists (
    select 1 from statements as r where r.provenance = p.provenance and r.id = p.statement
)
union all
select distinct 'records outside the ledger', r.document from sentences as r
where not exists (
    select 1 from coded as c where c.provenance = r.provenance and c.document = r.document
)
union all
select distinct 'records outside the ledger', r.document from event_mentions as r
where not exists (
    select 1 from coded as c where c.provenance = r.provenance and c.document = r.document
)
union all
select distinct 'records outside the ledger', r.document from statements as r
where not exists (
    select 1 from coded as c where c.provenance = r.provenance and c.document = r.document
)
union all
select distinct 'records outside the ledger', r.document from actor_mentions as r
where not exists (
    select 1 from coded as c where c.provenance = r.provenance and c.document = r.document
)
union all
select 'coded document is missing', c.document from coded as c
where not exists (select 1 from documents as d where d.id = c.document)
union all
select 'source of document is missing', d.id from documents as d
where not exists (select 1 from sources as s where s.id = d.source)
union all
select 'compared twice', document from merged
group by provenance, coder, document having count(*) > 1
union all
select 'retelling twice', min(mention) from retellings
group by provenance, mention, same_as having count(*) > 1
union all
select 'retelling of no mention', r.mention from retellings as r
where not exists (select 1 from event_mentions as e where e.id = r.mention)
    or not exists (select 1 from event_mentions as e where e.id = r.same_as)
union all
select 'copy of no document', c.document from copies as c
where not exists (select 1 from documents as d where d.id = c.document)
    or not exists (select 1 from documents as d where d.id = c.original)
union all
select 'review twice', id from reviews group by id having count(*) > 1
union all
select 'undo of no review', r.id from reviews as r
where r.undoes is not null and not exists (select 1 from reviews as o where o.id = r.undoes)
order by problem, id
