-- How often did each act upon each other, day by day, by these events?
-- In: $paths (files of events).  Out: columns of daily but source and year.
-- Folded and undirected events count for both orders; what an actor does to itself stands only
-- where nobody else is in the event.
with counted as (
    select
        string_split(actors, ';') as actors, string_split(recipients, ';') as recipients,
        day, mode, mentions, score,
        coalesce(type, upper(statement_kind)) as kind,
        case when scheme = 'cameo' then left(code, 2)
             else coalesce(type, upper(statement_kind)) end as root,
        coalesce(array_to_string(list_sort(string_split(contexts, ';')), ';'), '') as contexts,
        not directed or folded_from is not null as is_mutual
    from read_parquet($paths)
    where kept_as is null and actors is not null and recipients is not null
), paired as (
    select
        unnest(lake_pairs(actors, recipients, is_mutual)) as pair,
        len(list_distinct(actors || recipients)) as parties,
        * exclude (actors, recipients)
    from counted
)
select
    pair.actor as actor, pair.recipient as recipient, kind, root, mode, contexts, day,
    parties::integer as parties,
    count(*)::integer as n, sum(mentions)::bigint as mentions, sum(score)::double as score
from paired
group by all
order by recipient, actor, day
