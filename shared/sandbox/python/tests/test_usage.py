import os
import stat
import tempfile
import unittest
from unittest import mock

from mw_sandbox import nofollow, usage


def write(path, size):
    with open(path, "wb") as file:
        file.write(b"x" * size)


class WhatFoldersHold(unittest.TestCase):
    def setUp(self):
        self._top = tempfile.TemporaryDirectory()
        self.addCleanup(self._top.cleanup)
        self.host, self.folder = f"{self._top.name}/host", f"{self._top.name}/job"
        for folder in (self.host, self.folder, f"{self.folder}/inner"):
            os.mkdir(folder)
        write(f"{self.host}/large", 1_000_000)
        write(f"{self.folder}/inner/small", 10)

    def exchange(self):
        """The program puts a link to the host in the place of its folder."""
        os.rename(f"{self.folder}/inner", f"{self._top.name}/elsewhere")
        os.symlink(self.host, f"{self.folder}/inner")

    def test_is_counted_below_all_of_them(self):
        held, count, newest, hidden = usage.folder_usage([self.folder, self.host])
        self.assertGreaterEqual(held, 1_000_000)
        self.assertEqual((count, hidden), (3, False))
        self.assertGreaterEqual(newest, os.stat(f"{self.folder}/inner").st_mtime_ns)

    def test_is_not_what_a_link_leads_to_that_took_the_place_of_a_folder(self):
        looked = usage._open

        def open_late(name, parent):
            if name == "inner":
                self.exchange()
            return looked(name, parent)

        with mock.patch.object(usage, "_open", open_late):
            held, count, _, _ = usage.folder_usage([self.folder])
        self.assertLess(held, 1_000_000)
        self.assertEqual(count, 1)

    def test_does_not_open_a_folder_of_the_host_to_us_by_such_a_link(self):
        os.chmod(self.host, 0o500)
        real, refused = nofollow.open_folder, []

        def locked(name, parent=None):
            if name == "inner" and not refused:
                refused.append(name)
                self.exchange()
                raise PermissionError
            return real(name, parent)

        with mock.patch.object(nofollow, "open_folder", locked):
            usage.folder_usage([self.folder])
        self.assertEqual(refused, ["inner"])
        self.assertEqual(stat.S_IMODE(os.stat(self.host).st_mode), 0o500)

    def test_is_seen_where_the_program_locked_us_out(self):
        os.chmod(f"{self.folder}/inner", 0)
        real, refused = nofollow.open_folder, []

        def locked(name, parent=None):
            if name == "inner" and not refused:
                refused.append(name)
                raise PermissionError
            return real(name, parent)

        with mock.patch.object(nofollow, "open_folder", locked):
            self.assertEqual(usage.folder_usage([self.folder])[1], 2)
        self.assertEqual(stat.S_IMODE(os.stat(f"{self.folder}/inner").st_mode), 0o700)

    def test_is_not_counted_on_once_it_is_too_much(self):
        for n in range(50):
            os.mkdir(f"{self.folder}/{n}")
            write(f"{self.folder}/{n}/file", 1)
        self.assertEqual(usage.folder_usage([self.folder], 20)[1], 21)
        self.assertEqual(usage.folder_usage([self.folder], 70)[1], 71)
        self.assertEqual(usage.folder_usage([self.folder], 102)[1], 102)


if __name__ == "__main__":
    unittest.main()
