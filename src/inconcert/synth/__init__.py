"""Worlds whose truth is known: what a method is tested on before it may judge a real one."""
