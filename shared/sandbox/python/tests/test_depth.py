import os
import tempfile
import unittest

from mw_sandbox import depth, ownership, usage


def make_deep(folder, levels, name="d"):
    """Folders deeper than a path can name, with a file at the bottom."""
    back = os.open(".", os.O_RDONLY)
    os.chdir(folder)
    try:
        for _ in range(levels):
            os.mkdir(name)
            os.chdir(name)
        with open("bottom", "w", encoding="utf-8") as file:
            file.write("x" * 10_000)
    finally:
        os.chdir(back)
        os.close(back)


class DeepFolders(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name
        os.mkdir(f"{self.folder}/plain")
        with open(f"{self.folder}/plain/file", "w", encoding="utf-8") as file:
            file.write("kept")

    def tearDown(self):
        depth.cut(self.folder)
        self._folder.cleanup()

    def test_are_noticed_where_their_content_cannot_be_counted(self):
        self.assertFalse(usage.folder_usage([self.folder])[3])
        make_deep(self.folder, 2000)
        self.assertTrue(usage.folder_usage([self.folder])[3])

    def test_are_cut_at_a_depth_that_paths_reach(self):
        make_deep(self.folder, 2000)
        removed = ownership.take_back([self.folder], None)
        self.assertEqual(len(removed), 1)
        self.assertIn("nested too deep", removed[0])
        self.assertEqual(sum(1 for _ in os.walk(self.folder)), 2 + depth.DEEPEST)
        self.assertTrue(os.path.exists(f"{self.folder}/plain/file"))

    def test_are_cut_by_the_length_of_their_names_too(self):
        make_deep(self.folder, 40, "n" * 255)
        depth.cut(self.folder)
        self.assertEqual(sum(1 for _ in os.walk(self.folder)), 2 + depth.LONGEST_BYTES // 256)

    def test_that_are_wide_and_closed_are_cut_as_well(self):
        make_deep(self.folder, depth.DEEPEST + 1)
        deep = "/".join([self.folder, *["d"] * (depth.DEEPEST + 1)])
        for n in range(5):
            os.makedirs(f"{deep}/{n}/inner")
            os.chmod(f"{deep}/{n}", 0)
        self.assertEqual(len(depth.cut(self.folder)), 1)
        self.assertFalse(os.path.exists(deep))


if __name__ == "__main__":
    unittest.main()
