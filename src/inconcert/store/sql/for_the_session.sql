-- What do all other questions share? A rule and a view that live as long as the connection.
-- In: documents, sources.  Out: macro why_not_coded(language, text, languages), null where it is to be coded; view current_documents, with arrival.
-- Letters tell where the language is unknown: a short line in Latin letters may be coded.
create or replace temp macro why_not_coded(language, words, languages) as case
    when languages is null or list_contains(languages, language) then null
    when language is not null then 'language not coded: ' || language
    when length(regexp_replace(words[:2000], '\P{L}', '', 'g'))
        > 2 * length(regexp_replace(words[:2000], '\P{Latin}', '', 'g'))
        then 'language not known'
end;
-- A document read again with another speaker, country or language takes the place of the one before.
create or replace temp view current_documents as
select d.*, d.rowid as arrival
from documents as d
where d.id not in (
    select r.id from (
        select o.id, row_number() over (
            partition by o.place, s.name, o.title, o.published_first, o.published_last, hash(o.text)
            order by o.rowid desc
        ) as age
        from documents as o
        join sources as s on s.id = o.source
        where o.place in (select place from documents group by place having count(*) > 1)
    ) as r
    where r.age > 1
);
