-- Which statements did a coder find, of some speakers, in some days?
-- In: statements, statement_participants, sentences, documents, sources.  Out: columns of statements, sentence_start, sentence_end, day; a null parameter does not restrict.
with placed as (
    select t.*, s.start_char as sentence_start, s.end_char as sentence_end,
        -- as StatementRecord.day
        case
            when t.when_first > d.published_last then d.published_first
            when t.when_last - t.when_first < 7 then t.when_first
            else d.published_first
        end as day
    from statements as t
    join current_documents as d on d.id = t.document
    join sources as p on p.id = d.source
    join sentences as s
        on s.provenance = t.provenance and s.document = t.document and s.ordinal = t.sentence
    where t.provenance = $provenance
        and ($sources::varchar[] is null or list_contains($sources::varchar[], p.name))
)
select * from placed as t
where ($ids::varchar[] is null or t.id in (select unnest($ids::varchar[])))
    and ($first::date is null or t.day >= $first::date)
    and ($last::date is null or t.day <= $last::date)
    and ($any_codes::varchar[] is null or t.id in (
        select p.statement from statement_participants as p
        where p.provenance = $provenance and list_contains($any_codes::varchar[], p.code)
    ))
    and ($speaker_codes::varchar[] is null or t.id in (
        select p.statement from statement_participants as p
        where p.provenance = $provenance and p.role = 'speaker'
            and list_contains($speaker_codes::varchar[], p.code)
    ))
order by t.day nulls last, t.document, t.sentence, t.start_char, t.id
