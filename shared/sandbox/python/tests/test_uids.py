import os
import tempfile
import unittest
from unittest import mock

from mw_sandbox import launch, uids
from mw_sandbox.launcher import NotNow, NotStarted
from mw_sandbox.spec import Container, Limits, Spec
from mw_sandbox.supervisor import Supervisor

FIRST = 1_900_000_000


class UserIds(unittest.TestCase):
    def setUp(self):
        self._top = tempfile.TemporaryDirectory()
        self.addCleanup(self._top.cleanup)
        self.folder = f"{self._top.name}/uids"
        # What runs on this host meanwhile, and what its namespace maps, is no matter here.
        changes = {"FOLDER": self.folder, "mapped": lambda wanted, _: wanted, "_uids_of_processes": set}
        for name, value in changes.items():
            patch = mock.patch.object(uids, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def test_are_held_until_they_are_released_and_not_by_two(self):
        first = uids.allocate(range(FIRST, FIRST + 2))
        second = uids.allocate(range(FIRST, FIRST + 2))
        self.assertEqual((first.number, second.number), (FIRST, FIRST + 1))
        with self.assertRaisesRegex(uids.NoFreeUid, "in use"):
            uids.allocate(range(FIRST, FIRST + 2))
        first.release()
        third = uids.allocate(range(FIRST, FIRST + 2))
        self.assertEqual(third.number, FIRST)
        second.release()
        third.release()

    def test_are_reserved_where_nobody_else_can(self):
        uids.allocate(range(FIRST, FIRST + 1)).release()
        self.assertEqual(os.stat(self.folder).st_mode & 0o777, 0o700)

    def test_are_not_reserved_in_a_folder_that_others_can_write_or_behind_a_link(self):
        os.mkdir(self.folder)
        os.chmod(self.folder, 0o777)
        with self.assertRaises(PermissionError):
            uids.allocate(range(FIRST, FIRST + 1))
        os.rename(self.folder, f"{self.folder}.moved")
        os.chmod(f"{self.folder}.moved", 0o700)
        os.symlink(f"{self.folder}.moved", self.folder)
        with self.assertRaises(OSError):
            uids.allocate(range(FIRST, FIRST + 1))

    def test_are_not_reserved_in_a_folder_of_somebody_else(self):
        os.mkdir(self.folder, 0o700)
        with (
            mock.patch.object(uids.os, "geteuid", lambda: os.getuid() + 1),
            self.assertRaises(PermissionError),
        ):
            uids.allocate(range(FIRST, FIRST + 1))


class WithoutAUserIdOfItsOwn(unittest.TestCase):
    """Never in a weaker sandbox because others have taken what it needs."""

    def start(self, error, isolation):
        spec = Spec()
        spec.isolation, spec.uids = isolation, range(FIRST, FIRST + 1)
        with (
            mock.patch.object(launch.sys, "platform", "linux"),
            mock.patch.object(launch.os, "geteuid", lambda: 0),
            mock.patch.object(launch.uids, "allocate", side_effect=error),
            mock.patch.object(launch, "_launch", side_effect=AssertionError("started")),
        ):
            launch.start(spec, "/nowhere", None, None)

    def test_nothing_is_started_while_all_are_in_use(self):
        for isolation in ("required", "best", "none"):
            with self.assertRaisesRegex(NotNow, "all taken"):
                self.start(uids.NoFreeUid("all taken"), isolation)

    def test_nothing_is_started_where_the_locks_cannot_be_kept(self):
        for isolation in ("required", "best", "none"):
            with self.assertRaisesRegex(NotStarted, "no user id can be reserved"):
                self.start(PermissionError("not ours"), isolation)


class Busy:
    """A launcher on a host that has no user id left."""

    outlives_supervisor = False
    cleared = 0

    def traces(self):
        return {"cgroups": [], "warden": None, "uid": None}

    def start(self, _):
        raise NotNow("all taken")

    def clear(self):
        self.cleared += 1


class AStartThatIsNotForNow(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.spec = Spec()
        self.spec.mounts, self.spec.limits, self.spec.container = [], Limits(), Container()
        self.busy = Busy()
        self.supervisor = Supervisor(self.spec, self._folder.name, self.busy)

    def test_leaves_the_job_as_if_nobody_had_tried(self):
        with self.assertRaises(NotNow):
            self.supervisor.run(postponable=True)
        self.assertEqual(os.listdir(self._folder.name), [])
        self.assertEqual(self.busy.cleared, 1)

    def test_is_a_refusal_for_who_cannot_try_again(self):
        record = self.supervisor.run()
        self.assertEqual((record["outcome"], record["reason"]), ("refused", "all taken"))
        self.assertEqual(self.busy.cleared, 1)


if __name__ == "__main__":
    unittest.main()
