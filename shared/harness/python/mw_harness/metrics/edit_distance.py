"""Levenshtein distance: fewest insertions, deletions and replacements (Levenshtein 1966)."""

from __future__ import annotations

from collections.abc import Hashable, Sequence


def distance(one: Sequence[Hashable], other: Sequence[Hashable]) -> int:
    """Between two strings, or two lists of words. Bit-parallel (Myers 1999, in the form of Hyyrö
    2003): a whole row of the table is one Python integer."""
    if len(one) > len(other):
        one, other = other, one
    if not one:
        return len(other)
    places: dict[Hashable, int] = {}
    for at, item in enumerate(one):
        places[item] = places.get(item, 0) | (1 << at)
    last, every = 1 << (len(one) - 1), (1 << len(one)) - 1
    up, down, score = every, 0, len(one)
    for item in other:
        equal = places.get(item, 0)
        vertical = equal | down
        equal |= ((equal & up) + up) ^ up
        rises, falls = (down | ~(equal | up)) & every, up & equal
        score += bool(rises & last) - bool(falls & last)
        rises, falls = ((rises << 1) | 1) & every, (falls << 1) & every
        up, down = (falls | ~(vertical | rises)) & every, rises & vertical
    return score
