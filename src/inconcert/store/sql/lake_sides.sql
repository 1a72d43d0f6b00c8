-- Who stands on the sides of the rows of the batch, as lists of codes?
-- In: present.  Out: sides.
create or replace temp table sides as
select key, string_split(codes, ';') as codes from present where codes is not null
