"""What the codes mean: PLOVER's types, modes, contexts, sectors and scores, as tables."""
