"""Faults planted in the data are found, and what only looks like one is not."""

from __future__ import annotations

import shutil
import tempfile
import unittest
from pathlib import Path

import numpy as np

from mw_harness.integrity.examine_data import examine_data
from mw_harness.integrity.finding import NOTE, Finding
from mw_harness.integrity.origin import Origin
from tests.faults.data_faults import DATA_FAULTS
from tests.faults.written import NUMBERS, Written, numbers


class DataFaults(unittest.TestCase):
    def setUp(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="mw-integrity-"))
        self.addCleanup(shutil.rmtree, self.root)

    def test_every_planted_fault_is_found_by_its_check(self) -> None:
        for at, fault in enumerate(DATA_FAULTS):
            with self.subTest(fault.name):
                found = self.graver(fault.planted(self.at(f"planted-{at}")), f"planted-{at}")
                self.assertIn(fault.check, {finding.check for finding in found})

    def test_no_control_is_flagged_for_anything(self) -> None:
        for at, fault in enumerate(DATA_FAULTS):
            with self.subTest(fault.name):
                found = self.graver(fault.control(self.at(f"control-{at}")), f"control-{at}")
                self.assertEqual([], [finding.evidence for finding in found])

    def test_groups_that_the_split_itself_has_torn_are_found(self) -> None:
        written = Written(NUMBERS, numbers(400, 1), numbers(100, 2)).write(self.at("torn"))
        groups, parts = np.arange(500) // 5, (np.arange(500) % 5 == 0).astype(int)
        found = examine_data(written, Origin("group", groups=groups, parts=parts))
        self.assertEqual(["groups-across-parts"], [finding.check for finding in found])

    def test_groups_that_the_split_kept_together_are_not(self) -> None:
        written = Written(NUMBERS, numbers(400, 1), numbers(100, 2)).write(self.at("whole"))
        groups = np.arange(500) // 5
        found = examine_data(
            written, Origin("group", groups=groups, parts=(groups % 5 == 0).astype(int))
        )
        self.assertEqual([], found)

    def test_hidden_rows_before_the_last_training_row_are_found(self) -> None:
        written = Written(NUMBERS, numbers(400, 1), numbers(100, 2)).write(self.at("early"))
        times, parts = np.arange(500.0), np.zeros(500, dtype=int)
        parts[100:200] = 1
        found = examine_data(written, Origin("time", times=times, parts=parts))
        self.assertEqual(["times-across-parts"], [finding.check for finding in found])

    def at(self, name: str) -> Path:
        return self.root / name

    def graver(self, written: Written, name: str) -> list[Finding]:
        """Findings that are more than a note."""
        return [one for one in examine_data(written.write(self.at(name))) if one.severity != NOTE]


if __name__ == "__main__":
    unittest.main()
