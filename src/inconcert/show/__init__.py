"""Shows answers to people: briefs, charts, files."""
