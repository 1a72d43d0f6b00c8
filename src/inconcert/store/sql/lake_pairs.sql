-- Which ordered pairs do the two sides of an event make, each once?
-- In: codes of both sides; whether it counts for both orders.  Out: lake_pairs, a macro.
create or replace macro lake_pairs(actors, recipients, is_mutual) as
list_filter(
    list_distinct(flatten(list_transform(
        actors,
        lambda a: flatten(list_transform(
            recipients,
            lambda r: case when is_mutual
                then [{'actor': a, 'recipient': r}, {'actor': r, 'recipient': a}]
                else [{'actor': a, 'recipient': r}] end
        ))
    ))),
    lambda p: p.actor <> p.recipient or len(list_distinct(actors || recipients)) = 1
)
