"""The known names nearest to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """Up to `count` of `known` that look like `name`, best first, whatever their case."""
    by_folded: dict[str, str] = {}
    for candidate in known:
        by_folded.setdefault(candidate.strip().casefold(), candidate)
    matches = get_close_matches(name.strip().casefold(), list(by_folded), n=count, cutoff=0.5)
    return [by_folded[match] for match in matches]


def nearest_remedy(name: str, known: Iterable[str], otherwise: str) -> str:
    """A sentence: "Did you mean `x`?", or what there is instead."""
    names = list(known)
    matches = nearest(name, names)
    if matches:
        return f"Did you mean {listed(matches, 'or')}? {otherwise}"
    return f"There are: {listed(names)}. {otherwise}" if names else otherwise


def listed(names: Iterable[str], last: str = "and", most: int = 8) -> str:
    """`a`, `b` and `c`; long lists are cut and counted."""
    all_names = list(names)
    shown = [f"`{name}`" for name in all_names[:most]]
    if len(all_names) > most:
        return f"{', '.join(shown)} and {len(all_names) - most} more"
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}"
