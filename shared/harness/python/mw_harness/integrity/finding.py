"""What a check has found, with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

NOTE, WARNING, SUSPICIOUS = "note", "warning", "suspicious"


@dataclass(frozen=True)
class Finding:
    check: str
    """Name of the check, such as `duplicates-across-parts`."""
    severity: str
    """note informs; warning asks for a look; suspicious: the number is not to be believed."""
    evidence: str
    remedy: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Names out of a stranger's data may be in it: without what would steer a terminal."""
        remedy = None if self.remedy is None else _printable(self.remedy)
        shown = {"check": self.check, "severity": self.severity, "remedy": remedy}
        return shown | {"evidence": _printable(self.evidence)}


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())


def percent(share: float) -> str:
    return f"{100 * share:.1f} %"
