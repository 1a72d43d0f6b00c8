-- Where did what was aimed at a side happen, and how much of it has no place?
-- In: events.  Where an act has no direction, or was folded, either side may stand first, as in `page_acts`.
-- Out: place, country, latitude, longitude, precision (null where the source tells none),
-- is_asked (whether one of $actors acts), n; the most first.  With $only nobody else's acts.
with told as (
    select
        place,
        place_country as country,
        latitude,
        longitude,
        place_precision as precision,
        coalesce(list_has_any(recipients, $side::varchar[]), false) as is_upon,
        coalesce(
            (list_has_any(actors, $actors::varchar[]) and list_has_any(recipients, $side::varchar[]))
            or (
                (not coalesce(directed, true) or coalesce(len(folded_from), 0) > 0)
                and list_has_any(list_concat(actors, recipients), $actors::varchar[])
                and list_has_any(list_concat(actors, recipients), $side::varchar[])
            ),
            false
        ) as is_asked
    from events
    where source = $source
        and day between $first and $last
        and kept_as is null
)
select place, country, latitude, longitude, precision, is_asked, count(*)::bigint as n
from told
where is_asked or (is_upon and not $only)
group by all
order by n desc, place, is_asked
