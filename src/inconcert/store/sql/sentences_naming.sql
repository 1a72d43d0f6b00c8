-- Which sentences name one of some codes together with one of some others?
-- In: actor_mentions, sentences, documents, sources; $sources, $first, $last may be null.  Out: document, sentence, sentence_start, sentence_end, day; first in order of day.
with named as (
    select m.document, m.sentence, unnest(m.participants).code as code
    from actor_mentions as m
    where m.provenance = $provenance
),
both_named as (
    select n.document, n.sentence
    from named as n
    group by n.document, n.sentence
    having bool_or(list_contains($any_of::varchar[], n.code))
        and bool_or(list_contains($with_any_of::varchar[], n.code))
)
select b.document, b.sentence, s.start_char as sentence_start, s.end_char as sentence_end,
    d.published_first as day
from both_named as b
join sentences as s
    on s.provenance = $provenance and s.document = b.document and s.ordinal = b.sentence
join current_documents as d on d.id = b.document
join sources as p on p.id = d.source
where ($sources::varchar[] is null or list_contains($sources::varchar[], p.name))
    and ($first::date is null or d.published_first >= $first::date)
    and ($last::date is null or d.published_first <= $last::date)
order by day nulls last, b.document, b.sentence
