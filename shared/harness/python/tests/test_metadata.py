"""What cameras and editors wrote beside the content goes."""

from __future__ import annotations

import numpy as np
from PIL import Image

from mw_harness.prepared.metadata import without_metadata
from tests.support import FolderTest


class Metadata(FolderTest):
    def test_goes_and_pixels_stay(self) -> None:
        exif = Image.Exif()
        exif[0x013B] = "the photographer"
        pixels = Image.fromarray(np.arange(63, dtype=np.uint8).reshape(7, 9))
        for ending in ("png", "jpg"):
            with self.subTest(ending=ending):
                path, stripped = self.root / f"x.{ending}", self.root / f"y.{ending}"
                pixels.save(path, exif=exif)
                stripped.write_bytes(without_metadata(path.read_bytes()))
                self.assertIn(b"the photographer", path.read_bytes())
                self.assertNotIn(b"the photographer", stripped.read_bytes())
                before, after = np.asarray(Image.open(path)), np.asarray(Image.open(stripped))
                np.testing.assert_array_equal(before, after)

    def test_of_a_broken_picture_stays_rather_than_losing_content(self) -> None:
        for content in (b"\xff\xd8\xff\xe1\xff", b"\x89PNG\r\n\x1a\n\0\0", b"RIFF\0\0\0\0AVI "):
            self.assertEqual(without_metadata(content), content)
