import os
import stat
import tempfile
import unittest
from types import SimpleNamespace
from unittest import mock

from mw_sandbox import cgroups, lock, nofollow, ownership, sandboxed, sweep
from mw_sandbox.files import write_atomically


def mode_of(path):
    return stat.S_IMODE(os.stat(path).st_mode)


class Rights(unittest.TestCase):
    """They are changed of what is there, never of what a link leads to, nor of what came in its place."""

    def setUp(self):
        self._top = tempfile.TemporaryDirectory()
        self.addCleanup(self._top.cleanup)
        self.top = self._top.name
        os.mkdir(f"{self.top}/host", 0o500)
        os.mkdir(f"{self.top}/job", 0o700)

    def test_of_what_a_link_leads_to_stay(self):
        os.symlink(f"{self.top}/host", f"{self.top}/job/link")
        nofollow.grant(f"{self.top}/job/link", 0o700)
        with self.assertRaises(OSError):
            nofollow.open_up(f"{self.top}/job/link")
        self.assertEqual(mode_of(f"{self.top}/host"), 0o500)

    def test_of_what_a_link_leads_to_stay_when_it_comes_after_the_look(self):
        os.mkdir(f"{self.top}/job/inner", 0o000)
        looked = os.fstat

        def look_and_lose(descriptor):
            found = looked(descriptor)
            os.rename(f"{self.top}/job/inner", f"{self.top}/job/moved")
            os.symlink(f"{self.top}/host", f"{self.top}/job/inner")
            return found

        with mock.patch.object(nofollow.os, "fstat", look_and_lose):
            nofollow.grant(f"{self.top}/job/inner", 0o700)
        self.assertEqual(mode_of(f"{self.top}/host"), 0o500)
        self.assertEqual(mode_of(f"{self.top}/job/moved"), 0o700)

    def test_of_a_file_are_made_those_of_a_reader_and_a_pipe_holds_nobody_up(self):
        with open(f"{self.top}/job/file", "w", encoding="utf-8"):
            pass
        os.chmod(f"{self.top}/job/file", 0o6010)
        os.mkfifo(f"{self.top}/job/pipe", 0o000)
        removed = ownership.take_back([f"{self.top}/job"], None)
        self.assertEqual(len(removed), 1)
        ownership.take_back([f"{self.top}/job"], os.geteuid())
        self.assertEqual(mode_of(f"{self.top}/job/file"), 0o610)


class WhileSomethingMayLive(unittest.TestCase):
    """Its folders are not taken back: they would not stay clean."""

    def setUp(self):
        patch = mock.patch.object(ownership, "take_back", side_effect=AssertionError("it may write there"))
        patch.start()
        self.addCleanup(patch.stop)

    def remains(self, ended, stayed):
        running = sandboxed.Sandboxed.__new__(sandboxed.Sandboxed)
        group = mock.Mock(**{"cpu_seconds.return_value": 1.0, "paths.return_value": ["/group"]})
        uid = mock.Mock(number=5000)
        running.group, running._writable, running._cpu_before, running._peak_memory = group, ["/work"], 0.0, 0
        running.started = SimpleNamespace(uid=uid, plan=SimpleNamespace(notes=[]))
        running._reports = SimpleNamespace(usage=(0.0, 0))
        with (
            mock.patch.object(running, "_await_warden", lambda: ended),
            mock.patch.object(cgroups, "empty_and_remove", return_value=stayed),
            mock.patch.object(cgroups, "has_processes", return_value=True),
        ):
            remains = running.finish()
        uid.release.assert_not_called()
        return remains

    def test_in_a_sandbox_whose_first_process_stays(self):
        remains = self.remains(ended=False, stayed=[])
        self.assertEqual(remains.removed, [ownership.LEFT_ALONE])
        self.assertIn("could not be killed", remains.suspect)

    def test_in_its_control_groups(self):
        remains = self.remains(ended=True, stayed=["/group"])
        self.assertEqual(remains.removed, [ownership.LEFT_ALONE])
        self.assertIn("could not be killed", remains.suspect)

    def test_behind_a_supervisor_that_was_killed(self):
        with tempfile.TemporaryDirectory() as folder:
            os.close(lock.take(folder))
            known = {"cgroups": ["/g"], "writable": [folder], "uid": 5, "isolation": None, "startedAt": 1000}
            write_atomically(f"{folder}/supervisor.json", known)
            with (
                mock.patch.object(cgroups, "empty_and_remove", return_value=["/g"]),
                mock.patch.object(cgroups, "has_processes", return_value=True),
            ):
                ended = sweep.reap(folder)
        self.assertEqual(ended["exit"]["removed"], [ownership.LEFT_ALONE])


if __name__ == "__main__":
    unittest.main()
