-- What are the daily counts of a year, sorted so that a look at one recipient reads little?
-- In: tally, names, acts; $year.  Out: columns of daily but source and year.
select
    a.code as actor, b.code as recipient, k.kind, k.root, k.mode, k.contexts, t.day, t.parties,
    t.n, t.mentions, t.score
from tally as t
join names as a on a.no = t.actor
join names as b on b.no = t.recipient
join (select distinct no, kind, root, mode, contexts from acts) as k on k.no = t.act
where year(t.day) = $year
order by t.recipient, t.actor, t.day
