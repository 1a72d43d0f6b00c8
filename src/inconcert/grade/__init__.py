"""Coder output against a key made by a careful reader.

Rules of the scorer (`docs/methods/grading.md` has them with their reasons):

(a) A coded event belongs to the sentence of the key that holds the first character of its
    predicate. An event in no sentence of the key is a false one.
(b) Actors compare as sets of codes. States compare by their first three letters, PLOVER's sectors
    behind them do not count. Group codes (`AFGTAL`, `AFGREB`, `AFGREF`, a state with `REB`, `REF`
    or letters that are no sector) are actors of their own; `AFGGOV` and `AFGMIL` are one of them.
    `IGO…`, `WST` and `CAS` compare whole.
(c) An event finds an item when sentence, actors, and type or an accepted other type agree; one to
    one. As many core items as possible are found, then as few events as possible left over, then
    as many predicates as possible overlap their anchors. An event whose actors are the union of
    items on one anchor finds all of them.
(d) recall = found / core items; an item that may be left (`none` accepted) leaves the count when it
    was not found and no left-over plain event overlaps its anchor. precision = found / (found +
    every other plain event, duplicates too). An event with an auxiliary mode is never plain.
(e) An item that is not core is a trap. It fails when a plain event that found nothing overlaps its
    anchor and shares an actor with it.
(f) strict F1: recipients equal too (none where the key has none), and `when` overlapping where the
    key has one.
(g) 95 % interval of F1: bootstrap over sentences, 2,000 draws.

A statement has the right speaker when a coded statement on the same words has the same speakers by
(b), or for speakers without a code of their own (`NGOANALYST`) the surname. A quote is exact when a
coded quote has the same span, punctuation at its end left aside. A mention is right when a coded
mention on the same characters has the actor among its participants.
"""
