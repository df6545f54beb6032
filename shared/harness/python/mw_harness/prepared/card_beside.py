"""What the card says of what lies beside the table: sizes of images, and side tables."""

from __future__ import annotations

from typing import Any

from mw_harness.checks.examination import Examination
from mw_harness.columns.summary import Summary
from mw_harness.survey.pictures import sizes_of

LOOKED = 50
"""Images of a column that are opened, of the training part alone."""


def beside_the_table(examined: Examination, summaries: list[Summary]) -> dict[str, Any]:
    """Keys for the card; none for a task of one table."""
    gathered = examined.gathered
    images = [one for one in summaries if one.feature.kind == "image"]
    tables = [
        {
            "name": side.name,
            "key": side.key,
            "columns": [vars(column) for column in side.columns],
            "order": side.order,
        }
        for side in gathered.tables
    ]
    found: dict[str, Any] = {"tables": tables} if tables else {}
    if images:
        found["images"] = [
            {
                "name": one.feature.name,
                "sizes": sizes_of(gathered.source, sorted(one.levels)[:LOOKED])[0],
            }
            for one in images
        ]
    return found
