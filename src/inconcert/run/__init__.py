"""Spreads work over processes."""
