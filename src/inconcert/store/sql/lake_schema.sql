-- Which tables has the catalogue of an event store (SQLite)?
-- In: nothing.  Out: empty tables.
create table if not exists meta (key text primary key, value text not null);

create table if not exists batches (
    number integer primary key, source text not null, kind text not null, layout text not null,
    lines integer not null, rows integer not null, quarantined integer not null,
    counted integer not null, repeats integer not null, folded integer not null,
    statements integer not null, started text not null, finished text not null,
    made_by text not null, hashes text not null
);

create table if not exists pieces (
    batch integer not null, name text not null, sha256 text not null, start integer not null,
    stop integer not null, total integer not null, lines integer not null, rows integer not null,
    faults integer not null, primary key (sha256, start)
);

create table if not exists parts (
    path text primary key, batch integer not null, tree text not null, source text not null,
    year integer, month integer, rows integer not null, counted integer not null,
    bytes integer not null, sha256 text not null, first_day text, last_day text
);

create table if not exists retired (path text primary key, at text not null);

create table if not exists coverage (
    batch integer not null, source text not null, day text not null, rows integer not null,
    n integer not null, primary key (source, day, batch)
);

create table if not exists unfolds (event text primary key, at text not null, note text not null)
