-- Which sentences were not coded, and why?
-- In: coded; $provenance.  Out: reason, sentences; most first.
select k.reason, sum(k.sentences)::bigint as sentences
from (select unnest(skipped) as k from coded where provenance = $provenance)
group by k.reason
order by sentences desc, k.reason
