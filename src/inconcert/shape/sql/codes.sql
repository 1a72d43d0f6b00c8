-- Which actors and which types does a source have in a span?
-- In: daily.  Out: word, is_cell.
select actor as word, false as is_cell from daily
where source = $source and day between $first and $last group by actor
union
select recipient, false from daily
where source = $source and day between $first and $last group by recipient
union
select coalesce(root, 'UNCODED'), true from daily
where source = $source and day between $first and $last group by root
