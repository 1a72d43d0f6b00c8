-- Which words of these statements stand in quotation marks?
-- In: statement_quotes; $provenance, $ids.  Out: statement, start_char, end_char, in order.
select statement, start_char, end_char from statement_quotes
where provenance = $provenance and statement in (select unnest($ids::varchar[]))
order by statement, ordinal
