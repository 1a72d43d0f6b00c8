"""The command line: parses a wish, calls the workbench, prints the answer."""
