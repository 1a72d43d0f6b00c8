"""The nouns: what the rooms hand to each other."""
