"""Keeps documents and what was found in them, append-only, in one DuckDB file a case."""
