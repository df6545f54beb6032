import os
import tempfile
import unittest

from mw_sandbox import depth
from mw_sandbox.snapshot import TooLarge, snapshot
from tests.test_depth import make_deep


class SnapshotsStayInside(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.source = f"{self._folder.name}/source"
        self.target = f"{self._folder.name}/target"
        os.makedirs(f"{self.source}/inner")
        with open(f"{self.source}/inner/file", "w", encoding="utf-8") as file:
            file.write("12345")

    def tearDown(self):
        depth.cut(self._folder.name)
        self._folder.cleanup()

    def test_files_are_copied_and_links_and_pipes_are_not(self):
        os.symlink("/etc", f"{self.source}/folder-link")
        os.symlink("/etc/passwd", f"{self.source}/file-link")
        os.mkfifo(f"{self.source}/pipe")
        self.assertEqual(snapshot(self.source, self.target, 5), {"files": 1, "bytes": 5, "skipped": 3})
        self.assertEqual(os.listdir(self.target), ["inner"])

    def test_a_folder_that_is_a_link_is_refused(self):
        os.symlink(self.source, f"{self._folder.name}/link")
        with self.assertRaises(OSError):
            snapshot(f"{self._folder.name}/link", self.target, 100)

    def test_folders_without_end_are_left_out(self):
        make_deep(self.source, 1200)
        self.assertEqual(snapshot(self.source, self.target, 100), {"files": 1, "bytes": 5, "skipped": 1})

    def test_too_much_is_refused(self):
        with self.assertRaises(TooLarge):
            snapshot(self.source, self.target, 4)


if __name__ == "__main__":
    unittest.main()
