import os
import subprocess
import tempfile
import threading
import unittest
from unittest import mock

from mw_sandbox import host_locks
from mw_sandbox.host_locks import Lock, Taken


class HostLocks(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        patience = mock.patch.object(host_locks, "_PATIENCE_SECONDS", 0)
        patience.start()
        self.addCleanup(patience.stop)

    def lock(self, name, shared=False):
        return Lock(f"{self.folder.name}/{name}", shared)

    def test_are_taken_all_or_none(self):
        held = host_locks.take([self.lock("b")])
        with self.assertRaisesRegex(Taken, "^b is held"):
            host_locks.take([self.lock("a"), self.lock("b")])
        host_locks.release(host_locks.take([self.lock("a")]))
        host_locks.release(held)
        host_locks.release(host_locks.take([self.lock("a"), self.lock("b")]))

    def test_are_shared_by_those_who_say_so(self):
        first = host_locks.take([self.lock("a", shared=True)])
        second = host_locks.take([self.lock("a", shared=True)])
        with self.assertRaises(Taken):
            host_locks.take([self.lock("a")])
        host_locks.release(first + second)
        host_locks.release(host_locks.take([self.lock("a")]))

    def test_are_waited_for_a_moment(self):
        held = host_locks.take([self.lock("a")])
        tried = threading.Event()
        letting_go = threading.Thread(target=lambda: (tried.wait(), host_locks.release(held)))
        letting_go.start()
        with (
            mock.patch.object(host_locks, "_PATIENCE_SECONDS", 60),
            mock.patch.object(host_locks.time, "sleep", lambda _: tried.set()),
        ):
            host_locks.release(host_locks.take([self.lock("a")]))
        letting_go.join()

    def test_follow_no_link(self):
        os.symlink("/etc/passwd", f"{self.folder.name}/a")
        with self.assertRaises(OSError):
            host_locks.take([self.lock("a")])

    def test_are_kept_until_nothing_of_the_job_lives(self):
        child = subprocess.Popen(["sleep", "600"])
        looks = []

        def look(_):
            looks.append(child.pid)
            child.kill()
            os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

        with mock.patch.object(host_locks.time, "sleep", look):
            host_locks.keep_while_alive({"warden": child.pid, "cgroups": ["/nowhere"]})
        self.assertEqual(len(looks), 1)
        child.returncode = -9

    def test_are_not_kept_for_a_job_that_is_gone(self):
        host_locks.keep_while_alive({"warden": None, "cgroups": []})
        host_locks.keep_while_alive({"container": "c", "uid": None})
