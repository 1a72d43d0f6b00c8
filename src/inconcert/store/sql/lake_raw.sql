-- What rows do the files of a batch have, with keys for what is looked up and compared?
-- In: incoming (the rows of a plan, judged); variable source.  Out: its columns and the keys.
with sided as (
    select
        *,
        case when coalesce(a_name, a_code, a_country, a_sectors, more_a) is not null
             then hash(a_name, a_code, a_country, a_sectors, more_a) end as a_side,
        case when coalesce(b_name, b_code, b_country, b_sectors, more_b) is not null
             then hash(b_name, b_code, b_country, b_sectors, more_b) end as b_side,
        (year(day) * 12 + month(day) - 1)::integer as month_no
    from incoming
)
select
    *,
    case when a_side is null then 0 else hash(a_side, month_no, scheme) end as a_key,
    case when b_side is null then 0 else hash(b_side, month_no, scheme) end as b_key,
    hash(scheme, code, mode, context) as act_key,
    hash(
        day, a_side, b_side, code,
        case when url is not null then hash(url) else hash(
            event_text, mode, context, score, mentions, articles, outlets, tone, confidence, place,
            latitude, longitude, outlet, note, fatalities
        ) end
    ) as dup_key,
    left(md5(
        case when source_row is not null
            then concat_ws(chr(31), getvariable('source'), source_row, day, code, a_name, b_name)
            else concat_ws(
                chr(31), getvariable('source'), '', day, code, a_name, a_code, b_name, b_code,
                score, url, note, place
            ) end
    ), 20) as id
from sided
