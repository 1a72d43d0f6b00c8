-- Where did what was aimed at a side happen, and how much of it has no place?
-- In: events.  Out: place, country, latitude, longitude, precision (null where the source tells none),
-- is_asked (whether one of $actors acts), n; the most first.  With $only nobody else's acts.
select
    place,
    place_country as country,
    latitude,
    longitude,
    place_precision as precision,
    coalesce(list_has_any(actors, $actors::varchar[]), false) as is_asked,
    count(*)::bigint as n
from events
where source = $source
    and day between $first and $last
    and kept_as is null
    and list_has_any(recipients, $side::varchar[])
    and (not $only or list_has_any(actors, $actors::varchar[]))
group by all
order by n desc, place, is_asked
