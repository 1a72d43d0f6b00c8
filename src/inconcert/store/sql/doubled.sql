-- Which records stand twice, or do not agree with the ledger? A sound case has none.
-- In: documents, coded, sentences, event_mentions, statements.  Out: problem, id.
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
order by problem, id
