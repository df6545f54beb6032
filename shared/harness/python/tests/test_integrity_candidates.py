"""Candidates that cheat, by accident or not, are found; honest ones that look like them are not.

Every program here is really trained and really predicts.
"""

from __future__ import annotations

import shutil
import tempfile
import unittest
from pathlib import Path
from typing import Any, ClassVar

from tests.faults.candidate_faults import CANDIDATE_FAULTS, CandidateFault
from tests.faults.run_candidate import Candidate, prepare_data


class CandidateFaults(unittest.TestCase):
    root: ClassVar[Path]
    data: ClassVar[dict[str, Path]]
    honest: ClassVar[dict[str, Candidate]]

    @classmethod
    def setUpClass(cls) -> None:
        cls.root = Path(tempfile.mkdtemp(prefix="mw-integrity-"))
        cls.addClassCleanup(shutil.rmtree, cls.root)
        cls.data = {
            name: prepare_data(cls.root / name, name == "dated") for name in ("plain", "dated")
        }
        cls.honest = {
            name: Candidate(cls.root / f"honest-{name}", cls.data[name], "") for name in cls.data
        }

    def test_every_planted_fault_is_found_by_its_check(self) -> None:
        for at, fault in enumerate(CANDIDATE_FAULTS):
            with self.subTest(fault.name):
                found = self.findings(fault, f"planted-{at}", planted=True)
                grave = {one["check"] for one in found if one["severity"] == "suspicious"}
                self.assertIn(fault.check, grave, found)

    def test_no_control_is_flagged_for_anything(self) -> None:
        for at, fault in enumerate(CANDIDATE_FAULTS):
            with self.subTest(fault.name):
                found = self.findings(fault, f"control-{at}", planted=False)
                self.assertEqual([], [one for one in found if one["severity"] != "note"])

    def test_what_the_task_allows_is_a_note(self) -> None:
        fault = next(one for one in CANDIDATE_FAULTS if one.name.startswith("the batch"))
        candidate = Candidate(self.root / "allowed", self.data["plain"], fault.planted)
        found = candidate.inspect(self.honest["plain"].numbers, transductive=True)
        self.assertEqual(["note"], [one["severity"] for one in found])

    def findings(self, fault: CandidateFault, name: str, planted: bool) -> list[dict[str, Any]]:
        recipe = fault.planted if planted else fault.control
        edit = None if fault.edits is None else fault.edits[0 if planted else 1]
        honest = self.honest[fault.data]
        candidate = Candidate(self.root / name, self.data[fault.data], recipe, edit)
        if fault.check == "stored-predictions" and planted:
            candidate.store_answers(honest)
        found = candidate.inspect(honest.numbers)
        return [*found, *candidate.audit()] if fault.audited else found


if __name__ == "__main__":
    unittest.main()
