"""Datasets of events, of whatever make, as rows of one form.

A *layout* tells how the files of a dataset look and what its columns mean; it is data
(`read/data/layouts`, or an analyst's own `mapping.toml`). Which layout a file has, its content
says. Nothing is read into Python: a `Plan` is the SQL that makes the rows, for the store to run.
"""

from __future__ import annotations

from inconcert.read.events.layout import Layout, built_in_layouts, read_layout
from inconcert.read.events.opening import open_events
from inconcert.read.events.plan import RAW_COLUMNS, Part, Plan
from inconcert.read.events.proposing import propose_mapping
from inconcert.read.events.unpacking import Limits

__all__ = [
    "RAW_COLUMNS",
    "Layout",
    "Limits",
    "Part",
    "Plan",
    "built_in_layouts",
    "open_events",
    "propose_mapping",
    "read_layout",
]
