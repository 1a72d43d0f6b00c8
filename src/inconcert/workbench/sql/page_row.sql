-- What does the event store hold of one event?
-- In: events.  Out: all columns of the view, none or one row.
select * from events where source = $source and id = $id
