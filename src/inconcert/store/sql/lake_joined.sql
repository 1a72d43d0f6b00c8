-- What do two lists of words, joined by `;`, hold together, each word once?
-- In: both lists, NULL for none.  Out: lake_joined, a macro.
create or replace macro lake_joined(one, other) as
nullif(concat_ws(
    ';', one,
    nullif(array_to_string(list_filter(
        string_split(other, ';'),
        lambda word: one is null or not list_contains(string_split(one, ';'), word)
    ), ';'), '')
), '')
