-- How much does the case hold?
-- In: all tables of records.  Out: one row of counts.
select
    (select count(*) from current_documents) as documents,
    (select count(*) from sources) as sources,
    (select count(*) from left_out) as left_out,
    (select count(*) from coded) as coded,
    (select count(*) from sentences) as sentences,
    (select count(*) from actor_mentions) as actor_mentions,
    (select count(*) from event_mentions) as events,
    (select count(*) from statements) as statements,
    (select count(*) from reviews) as reviews
