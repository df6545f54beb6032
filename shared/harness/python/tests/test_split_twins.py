"""Units that are nearly the same are found, and others are not."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

from mw_harness.split.twins.alike_pictures import alike_pictures, hash_picture
from mw_harness.split.twins.alike_rows import alike_rows
from mw_harness.split.twins.alike_texts import alike_texts
from mw_harness.split.twins.clusters import Clusters


class Twins(unittest.TestCase):
    def test_noisy_copies_of_rows_are_pairs_and_independent_rows_are_not(self) -> None:
        drawn = np.random.RandomState(0)
        rows = drawn.randn(3000, 8)
        self.assertEqual(alike_rows(rows), [])
        copies = rows[:20] + 0.001 * drawn.randn(20, 8)
        pairs = alike_rows(np.vstack([rows, copies]))
        self.assertEqual(pairs, [(at, 3000 + at) for at in range(20)])

    def test_rows_of_few_features_are_no_copies_for_being_close(self) -> None:
        rows = np.random.RandomState(0).randn(3000, 3)
        self.assertEqual(alike_rows(np.vstack([rows, rows[:20]])), [])

    def test_a_smaller_darker_jpeg_is_the_same_picture_and_another_is_not(self) -> None:
        drawn, folder = np.random.RandomState(0), Path(tempfile.mkdtemp(prefix="mw-harness-"))
        files = []
        for at in range(30):
            noise = drawn.randint(0, 256, (6, 6, 3)).astype(np.uint8)
            picture = Image.fromarray(noise).resize((96, 96), Image.Resampling.BICUBIC)
            files.append(folder / f"{at}.png")
            picture.save(files[-1])
        with Image.open(files[7]) as picture:
            copy = ImageEnhance.Brightness(picture.resize((64, 64))).enhance(0.8)
            files.append(folder / "copy.jpg")
            copy.save(files[-1], quality=70)
        self.assertEqual(alike_pictures([hash_picture(file) for file in files]), [(7, 30)])

    def test_a_text_with_a_word_changed_is_the_same_text_and_another_is_not(self) -> None:
        drawn = np.random.RandomState(0)
        texts = [" ".join(f"w{word}" for word in drawn.randint(0, 500, 60)) for _ in range(50)]
        self.assertEqual(alike_texts(texts), [])
        changed = texts[3].split()
        changed[30] = "other"
        self.assertEqual(alike_texts([*texts, " ".join(changed)]), [(3, 50)])

    def test_pairs_that_share_a_member_are_one_cluster(self) -> None:
        clusters = Clusters(6)
        clusters.join_pairs([(4, 5), (1, 4)])
        self.assertEqual(clusters.codes().tolist(), [0, 1, 2, 3, 1, 1])
