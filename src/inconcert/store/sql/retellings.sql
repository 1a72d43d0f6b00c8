-- Which mentions tell of the same act, as a rule found?
-- In: retellings; $provenance.  Out: mention, same_as, likeness, reason, the likest first.
select mention, same_as, likeness, reason from retellings
where provenance = $provenance
order by likeness desc, mention, same_as
