"""A metric that measures nothing on a task is noticed while the task is prepared."""

from __future__ import annotations

from tests.support import FolderTest, write_csv


class SelfCheck(FolderTest):
    def warned(self, target: list[object], metric: str) -> bool:
        rows = [[f"r{row}", (row * 7) % 31, value] for row, value in enumerate(target)]
        write_csv(self.folder / "train.csv", ["id", "x", "y"], rows)
        answer, _ = self.prepare(self.task(metric, split={"scoring": "rows"}), out=metric)
        return any(one["check"] == "metric-measures" for one in answer["findings"])

    def test_finds_nothing_where_labels_differ(self) -> None:
        for metric in ("accuracy", "log_loss", "roc_auc", "f1_macro", "mcc"):
            with self.subTest(metric=metric):
                self.assertFalse(self.warned([row % 2 for row in range(80)], metric))
        for metric in ("rmse", "mae", "r2", "spearman"):
            with self.subTest(metric=metric):
                self.assertFalse(self.warned([row * 1.5 for row in range(80)], metric))

    def test_warns_where_hardly_a_row_differs(self) -> None:
        self.assertTrue(self.warned([0.0] * 399 + [1.0], "mae"))
