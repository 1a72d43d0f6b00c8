-- Which tables came with schema version 2?
-- In: a case of version 1.  Out: the tables of copies, retellings and reviews, empty, with comments.
create table merged (provenance varchar not null, coder varchar not null, document varchar not null);
comment on table merged is 'ledger: a document of a coder stands here when it was compared with all others here';

create table copies (
    provenance varchar not null, document varchar not null, original varchar not null,
    likeness double not null, reason varchar not null
);
comment on table copies is 'documents that repeat another; of several rows of a document the last holds';

create table retellings (
    provenance varchar not null, mention varchar not null, same_as varchar not null,
    likeness double not null, reason varchar not null
);
comment on table retellings is 'two event mentions that a rule takes for reports of one act, and why';

create table reviews (
    id varchar not null, at_utc timestamp not null, made_by varchar not null, kind varchar not null,
    decision varchar not null, subjects varchar[] not null, field varchar, old_value varchar,
    new_value varchar, note varchar, undoes varchar
);
comment on table reviews is 'decisions about records, in order; an undo takes back the review it names';

alter table event_mentions add column when_granularity varchar;
alter table event_mentions add column happened_at struct(
    name varchar, country varchar, latitude double, longitude double, "precision" varchar,
    text_start integer, text_end integer, basis varchar, id varchar, confidence double,
    candidates varchar[]
);

alter table statements add column when_granularity varchar;
alter table statements add column stance struct(
    code varchar, sign integer, words struct(start_char integer, end_char integer)[]
)[];
alter table statements add column commitment varchar;
alter table statements add column is_anonymous boolean;
alter table statements add column source_country varchar;
alter table statements add column source_sectors varchar[];
alter table statements add column within_statement varchar;
