"""Turns a question and the records that bear on it into an answer that can be checked."""
