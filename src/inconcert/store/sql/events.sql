-- Which events did a coder find, of some actors, in some days, of some types?
-- In: event_mentions, participants, sentences, documents, sources.  Out: columns of event_mentions, sentence_start, sentence_end, day; a null parameter does not restrict.
with placed as (
    select e.*, s.start_char as sentence_start, s.end_char as sentence_end,
        -- as EventRecord.day: own days where no wider than a week, else the day it was reported,
        -- where that day lies in them
        case
            when e.when_first is null or e.when_first > d.published_last then d.published_first
            when e.when_last - e.when_first < 7 then e.when_first
            when e.when_first <= d.published_last and d.published_first <= e.when_last
                then d.published_first
            else e.when_first
        end as day
    from event_mentions as e
    join current_documents as d on d.id = e.document
    join sources as p on p.id = d.source
    join sentences as s
        on s.provenance = e.provenance and s.document = e.document and s.ordinal = e.sentence
    where e.provenance = $provenance
        and ($sources::varchar[] is null or list_contains($sources::varchar[], p.name))
        and ($types::varchar[] is null or list_contains($types::varchar[], e.type))
)
select * from placed as e
where ($ids::varchar[] is null or e.id in (select unnest($ids::varchar[])))
    and ($first::date is null or e.day >= $first::date)
    and ($last::date is null or e.day <= $last::date)
    and ($any_codes::varchar[] is null or e.id in (
        select p.event from participants as p
        where p.provenance = $provenance and list_contains($any_codes::varchar[], p.code)
    ))
    and ($actor_codes::varchar[] is null or e.id in (
        select p.event from participants as p
        where p.provenance = $provenance and p.role = 'actor'
            and list_contains($actor_codes::varchar[], p.code)
    ))
order by e.day nulls last, e.document, e.sentence, e.start_char, e.id
