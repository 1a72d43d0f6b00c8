"""The workbench in the browser: pages of a case, each also as JSON and as CSV."""
