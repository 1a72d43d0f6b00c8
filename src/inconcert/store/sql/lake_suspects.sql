-- Which rows of the batch have a fault, and what leads to their lines?
-- In: raw.  Out: suspects; they do not stay in raw.
create or replace temp table suspects as
select _file, _key from raw where _fault is not null
