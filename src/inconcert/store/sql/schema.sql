-- Which tables does a case have?
-- In: nothing.  Out: all tables of schema version 1, empty, with comments; see schema_2.sql for later ones.
create table meta (key varchar primary key, value varchar not null);
comment on table meta is 'schema_version, made_by: which program made the file';

create table provenance (
    id varchar primary key, ordinal integer not null,
    stage varchar not null, coder varchar not null, version varchar not null,
    settings varchar not null
);
comment on table provenance is 'what made a record; ordinal counts in order of first use';

create table sources (
    id varchar not null, name varchar not null, country varchar, affiliation varchar not null
);
comment on table sources is 'who publishes; id is a hash of the other columns';

create table documents (
    id varchar not null, source varchar not null, title varchar, text varchar not null,
    published_first date, published_last date, place varchar not null, url varchar,
    language varchar, licence varchar, speaker varchar, category varchar
);
comment on table documents is 'one item as published, never edited; published is a span of days';

create table left_out (
    id varchar not null, place varchar not null, reason varchar not null, detail varchar not null
);
comment on table left_out is 'things given that did not become documents, and why';

create table not_coded (
    document varchar not null, reason varchar not null, provenance varchar
);
comment on table not_coded is 'documents that a coder, or (provenance null) every coder, leaves out';

create table coded (
    provenance varchar not null, document varchar not null,
    sentences integer not null, mentions integer not null, events integer not null,
    statements integer not null, skipped struct(reason varchar, sentences integer)[] not null
);
comment on table coded is 'ledger: a document stands here if and only if its records are complete';

create table sentences (
    provenance varchar not null, document varchar not null, id varchar not null,
    ordinal integer not null, start_char integer not null, end_char integer not null,
    first_token integer not null, last_token integer not null, paragraph integer not null
);
comment on table sentences is 'characters [start_char, end_char) of a document, tokens likewise';

create table actor_mentions (
    provenance varchar not null, document varchar not null, ordinal integer not null,
    sentence integer not null, start_char integer not null, end_char integer not null,
    head integer not null, kind varchar not null, how varchar not null,
    confidence double not null, is_person boolean not null, is_plural boolean not null,
    participants struct(
        code varchar, sectors varchar[], name varchar, start_char integer, end_char integer
    )[] not null
);
comment on table actor_mentions is 'a span that names somebody, with who it is taken to be';

create table event_mentions (
    provenance varchar not null, document varchar not null, id varchar not null,
    sentence integer not null, start_char integer not null, end_char integer not null,
    type varchar not null, mode varchar, contexts varchar[] not null, auxiliary varchar[] not null,
    when_first date, when_last date, when_text varchar not null, when_basis varchar not null,
    rule varchar not null, confidence double not null, is_quoted boolean not null
);
comment on table event_mentions is 'one sentence telling of one event; sentence is sentences.ordinal';

create table participants (
    provenance varchar not null, document varchar not null, event varchar not null,
    role varchar not null, ordinal integer not null, code varchar not null,
    sectors varchar[] not null, name varchar, start_char integer not null, end_char integer not null
);
comment on table participants is 'who stands in an event, as actor, recipient or about';

create table statements (
    provenance varchar not null, document varchar not null, id varchar not null,
    sentence integer not null, start_char integer not null, end_char integer not null,
    cue varchar not null, speaker_text varchar not null, form varchar not null,
    content_start integer not null, content_end integer not null,
    when_first date, when_last date, when_text varchar not null, when_basis varchar not null,
    rule varchar not null, confidence double not null
);
comment on table statements is 'somebody is reported to have said something';

create table statement_participants (
    provenance varchar not null, document varchar not null, statement varchar not null,
    role varchar not null, ordinal integer not null, code varchar not null,
    sectors varchar[] not null, name varchar, start_char integer not null, end_char integer not null
);
comment on table statement_participants is 'who stands in a statement, as speaker, addressee or about';

create table statement_quotes (
    provenance varchar not null, document varchar not null, statement varchar not null,
    ordinal integer not null, start_char integer not null, end_char integer not null
);
comment on table statement_quotes is 'characters inside quotation marks that are the speaker''s words';
