import signal
import unittest

from mw_sandbox import outcome, plan, watch
from mw_sandbox.spec import Limits


def limits(**changed):
    made = Limits()
    values = {
        "wall_seconds": 100,
        "grace_seconds": 10,
        "stall_seconds": 20,
        "memory_bytes": 2**30,
        "disk_bytes": 2**30,
        "files": 100,
        "pids": 10,
        "cpus": 1,
        "open_files": 100,
        "temporary_bytes": 2**20,
        "output_head_bytes": 1000,
        "output_tail_bytes": 1000,
        **changed,
    }
    for name, value in values.items():
        setattr(made, name, value)
    return made


class WhenToStop(unittest.TestCase):
    def stop(self, now, memory_by_cgroup=True, **seen):
        observed = watch.Seen(0)
        for name, value in seen.items():
            setattr(observed, name, value)
        return watch.decide(limits(), observed, memory_by_cgroup, now)

    def test_a_program_within_its_limits_goes_on(self):
        self.assertIsNone(self.stop(19, memory_bytes=2**31, disk_bytes=2**29))

    def test_the_wall_clock_gives_a_grace(self):
        stop = self.stop(100, progress=99)
        self.assertEqual((stop.outcome, stop.grace), ("timed-out", 10))

    def test_silence_is_a_stall(self):
        self.assertEqual(self.stop(50, progress=30).outcome, "stalled")

    def test_a_full_disk_gives_no_grace(self):
        self.assertEqual(
            (self.stop(1, disk_bytes=2**30 + 1).outcome, self.stop(1, files=101).grace), ("disk-full", 0)
        )

    def test_folders_that_nobody_can_reach_are_stopped(self):
        self.assertEqual(self.stop(1, too_deep=True).outcome, "disk-full")

    def test_a_host_that_runs_full_stops_a_large_job_only(self):
        self.assertEqual(self.stop(1, free_bytes=1, disk_bytes=2**29).outcome, "disk-full")
        self.assertIsNone(self.stop(1, free_bytes=1, disk_bytes=2**20))

    def test_memory_is_watched_where_no_control_group_does(self):
        self.assertEqual(self.stop(1, False, memory_bytes=2**31).outcome, "out-of-memory")


class HowItEnded(unittest.TestCase):
    def judge(self, **known):
        facts = outcome.Facts(limits())
        for name, value in known.items():
            setattr(facts, name, value)
        return outcome.judge(facts)

    def test_exit_codes(self):
        self.assertEqual(self.judge(status=0)[0], "finished")
        self.assertEqual(self.judge(status=3 << 8), ("failed", "it ended with exit code 3"))

    def test_a_kill_at_the_memory_limit_is_told_from_any_other(self):
        self.assertEqual(self.judge(status=signal.SIGKILL, memory_kills=1)[0], "out-of-memory")
        self.assertEqual(self.judge(status=signal.SIGKILL)[0], "failed")

    def test_a_worker_killed_for_memory_that_its_program_survived_is_no_failure(self):
        self.assertEqual(self.judge(status=0, memory_kills=1)[0], "finished")

    def test_python_tells_that_it_had_no_memory_or_no_disk(self):
        for line, word in (
            ("MemoryError", "out-of-memory"),
            ("numpy._core._exceptions._ArrayMemoryError: Unable to allocate", "out-of-memory"),
            ("torch.OutOfMemoryError: CUDA out of memory", "out-of-memory"),
            ("OSError: [Errno 28] No space left on device", "disk-full"),
            ("ValueError: 28", "failed"),
        ):
            self.assertEqual(self.judge(status=1 << 8, last_error_line=line)[0], word, line)

    def test_last_words_do_not_steer_a_terminal(self):
        words = "\x1b[2J\x1b]0;title\x07ValueError:\r bad\x00 \x9b31mred"
        self.assertEqual(
            self.judge(status=1 << 8, last_error_line=words)[1],
            "it ended with exit code 1: ValueError: bad 31mred",
        )

    def test_a_stop_keeps_its_reason_and_tells_how_the_program_took_it(self):
        stop = watch.Stop("cancelled", "enough", 1)
        self.assertEqual(
            self.judge(status=0, stop=stop)[1], "enough; it ended with exit code 0 after it was asked to"
        )
        self.assertEqual(self.judge(status=9, stop=stop, killed=True)[1], "enough; it was killed")

    def test_without_a_status_the_sandbox_was_lost(self):
        self.assertEqual(self.judge()[0], "lost")

    def test_refused_forks_are_mentioned(self):
        self.assertIn("10 processes was hit 4 times", self.judge(status=1 << 8, refused_forks=4)[1])


class WhichModes(unittest.TestCase):
    def test_required_isolation_never_falls_back_to_none(self):
        self.assertNotIn("none", plan.modes_to_try("required"))
        self.assertEqual(plan.modes_to_try("best")[-1], "none")
        self.assertEqual(plan.modes_to_try("none"), ["none"])


if __name__ == "__main__":
    unittest.main()
