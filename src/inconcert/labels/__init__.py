"""Sentences with labelled events: the form in which people write down what a text tells."""
