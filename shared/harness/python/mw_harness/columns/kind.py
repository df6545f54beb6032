"""Deciding what a column holds: numeric, categorical, date or text."""

from __future__ import annotations

from mw_harness.columns.dates import Dates
from mw_harness.columns.profile import Profile

MOSTLY = 0.95
"""A column is numeric when at least so many of its filled cells are numbers."""

TEXT_WORDS, TEXT_CHARACTERS = 4, 60
"""Mean length of a cell from which varied cells are text and no longer categories."""


def is_numeric(profile: Profile) -> bool:
    if profile.filled == 0 or profile.leading_zero:
        return False
    return profile.numbers >= MOSTLY * profile.filled


def kind_of(profile: Profile, dates: Dates) -> str:
    """A code such as "007" is categorical; long cells of several words are text."""
    if is_numeric(profile):
        return "numeric"
    if profile.filled == 0 or profile.numbers == profile.filled:
        return "categorical"
    if dates.found:
        return "date"
    words, characters = profile.words / profile.filled, profile.characters / profile.filled
    varied = not profile.distinct_complete or len(profile.distinct) * 2 > profile.filled
    long = words >= TEXT_WORDS or characters >= TEXT_CHARACTERS
    return "text" if varied and long else "categorical"
