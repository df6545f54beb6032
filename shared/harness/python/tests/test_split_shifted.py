"""Where the rows to come differ, a split that imitates them promises less that does not come."""

from __future__ import annotations

import shutil
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path

import numpy as np

from tests.shifted.tasks import ShiftedTask, covariate_shift, new_groups, time_drift
from tests.shifted.worth import MODELS, came, lay, prepare, promised

SEEDS = 3
RANDOM = {"by": "random", "scoring": "rows"}


class Shifted(unittest.TestCase):
    def setUp(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="mw-harness-"))
        self.addCleanup(shutil.rmtree, self.root)

    def errors(
        self, make: Callable[[int], ShiftedTask], seed: int
    ) -> tuple[dict[str, object], np.ndarray, np.ndarray]:
        """How the rows were divided; what each model's score was off by, imitating and at random,
        in shares of what came."""
        task, folder = make(seed), self.root / f"{make.__name__}{seed}"
        lay(task, folder)
        ours, theirs = folder / "ours", folder / "random"
        chosen = prepare(folder, ours, None)
        at_random = prepare(folder, theirs, RANDOM)
        columns = task.model_columns
        true = came(ours, task)
        off = []
        for response, out in ((chosen, ours), (at_random, theirs)):
            found = promised(response, out, columns)
            off.append(np.array([abs(found[name] - true[name]) / true[name] for name in MODELS]))
        return chosen["split"], off[0], off[1]

    def smaller(self, make: Callable[[int], ShiftedTask], rule: str, factor: float) -> None:
        """The mean error over models and seeds is at most `factor` of a random split's, and it is
        smaller for every seed."""
        imitating, at_random = [], []
        for seed in range(SEEDS):
            split, ours, theirs = self.errors(make, seed)
            rules = {one["rule"] for one in split["evidence"] if one["decides"]}  # type: ignore
            self.assertIn(rule, rules)
            self.assertLess(ours.mean(), theirs.mean(), f"seed {seed}: {ours} {theirs}")
            imitating.append(ours.mean())
            at_random.append(theirs.mean())
        self.assertLess(np.mean(imitating), factor * np.mean(at_random))

    def test_a_later_test_set_is_foretold_better_by_rolling_origins(self) -> None:
        self.smaller(time_drift, "later-dates", 0.7)

    def test_new_patients_are_foretold_better_by_whole_groups(self) -> None:
        self.smaller(new_groups, "disjoint-key", 0.5)

    def test_rows_from_another_region_are_foretold_better_by_rows_like_them(self) -> None:
        self.smaller(covariate_shift, "resembling", 0.6)
