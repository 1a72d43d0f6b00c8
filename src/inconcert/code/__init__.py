"""Sentence → event mentions and statements, by rules over the dependency parse."""
