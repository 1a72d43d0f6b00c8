"""Tests of co-action and stance: pure functions of arrays and a random generator."""
