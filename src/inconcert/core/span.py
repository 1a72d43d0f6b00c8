"""Spans of days: a vague date is a wide span, never a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class TimeSpan:
    """Days `[first, last]`, both included; a vague date is a wide span, never a guess."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a span cannot end ({self.last}) before it begins ({self.first})")

    @classmethod
    def day(cls, day: date) -> TimeSpan:
        """One day."""
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> TimeSpan:
        """Read `2021`, `2021-08`, `2021-08-15`, or two of these with `..` between them.

        Raises:
            ValueError: the text is none of these forms.

        Example:
            >>> str(TimeSpan.parse("2021-08"))
            '2021-08-01..2021-08-31'
        """
        if ".." in text:
            first, _, last = text.partition("..")
            return cls(cls.parse(first).first, cls.parse(last).last)
        numbers = [int(part) for part in text.strip().split("-")]
        if len(numbers) == 1:
            return cls(date(numbers[0], 1, 1), date(numbers[0], 12, 31))
        if len(numbers) == 2:
            year, month = numbers
            following = date(year + month // 12, month % 12 + 1, 1)
            return cls(date(year, month, 1), following - timedelta(days=1))
        year, month, day = numbers
        return cls.day(date(year, month, day))

    @property
    def days(self) -> int:
        """Number of days covered, at least 1."""
        return (self.last - self.first).days + 1

    def overlaps(self, other: TimeSpan) -> bool:
        """Whether the two spans share a day."""
        return self.first <= other.last and other.first <= self.last

    def contains(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}..{self.last}"
