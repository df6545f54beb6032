"""Options of metrics: numbers such as `beta`, and columns of the data such as `weights`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Options = Mapping[str, Any]

ROW_WEIGHTS = "weights"
GROUP = "group"
SUBGROUPS = "subgroups"
KEEP, DROP = "keep", "drop"


class BadOption(ValueError):
    """Why an option is not understood, and what would be."""


@dataclass(frozen=True)
class Option:
    name: str
    type: str
    """number, positive, whole, flag, choice, numbers, column or columns"""
    default: Any = None
    choices: tuple[str, ...] = ()
    meaning: str = ""


COMMON = (
    Option(ROW_WEIGHTS, "column", meaning="Column with the weight of each row."),
    Option(GROUP, "column", meaning="Column: the score is the mean over its groups."),
    Option(KEEP, "column", meaning="Column: rows where it is 0, false or empty are not judged."),
    Option(DROP, "column", meaning="Column: rows where it is anything else are not judged."),
)
"""What every metric takes."""


def columns_of(options: Options) -> list[str]:
    """Columns of the data that the options name: truth and training rows must have them."""
    names = [options[name] for name in (ROW_WEIGHTS, GROUP, KEEP, DROP) if options.get(name)]
    return list(dict.fromkeys([*map(str, names), *map(str, options.get(SUBGROUPS) or ())]))


def with_defaults(metric: str, given: Options, known: tuple[Option, ...]) -> dict[str, Any]:
    """Raises BadOption."""
    options = {option.name: option for option in (*known, *COMMON)}
    for name in given:
        if name not in options:
            named = ", ".join(options)
            raise BadOption(f"`{metric}` has no option `{name}`; it takes {named}.")
    values = {name: option.default for name, option in options.items()}
    values |= {name: _checked(metric, options[name], value) for name, value in given.items()}
    return values


def _checked(metric: str, option: Option, value: Any) -> Any:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    fits = {
        "number": lambda: is_number,
        "positive": lambda: is_number and value > 0,
        "share": lambda: is_number and 0 < value < 1,
        "from_one": lambda: is_number and 1 <= value <= 2,
        "whole": lambda: is_number and value == int(value) and value >= 1,
        "flag": lambda: isinstance(value, bool),
        "choice": lambda: value in option.choices,
        "text": lambda: isinstance(value, (str, int)),
        "column": lambda: isinstance(value, str) and value != "",
        "numbers": lambda: _are(value, (int, float)),
        "columns": lambda: _are(value, (str,)),
    }
    if not fits[option.type]():
        wanted = {
            "number": "a number",
            "positive": "a number above 0",
            "share": "a number between 0 and 1",
            "from_one": "a number from 1 to 2",
            "whole": "a whole number from 1 on",
            "flag": "true or false",
            "choice": f"one of {', '.join(option.choices)}",
            "text": "a text",
            "column": "the name of a column",
            "numbers": "a list of numbers",
            "columns": "a list of columns",
        }[option.type]
        raise BadOption(f"`{option.name}` of `{metric}` is {wanted}, not {value!r}.")
    return int(value) if option.type == "whole" else value


def _are(value: Any, types: tuple[type, ...]) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, types) for one in value)
