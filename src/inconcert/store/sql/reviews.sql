-- Which decisions about records were made?
-- In: reviews; $kind (null for all).  Out: its columns, in order of arrival.
select * from reviews
where $kind::varchar is null or kind = $kind::varchar
order by rowid
