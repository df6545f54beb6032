import os
import tempfile
import time
import unittest
from unittest import mock

from mw_sandbox import container, container_end, container_usage, ownership
from mw_sandbox.container_watch import ContainerWatch
from mw_sandbox.engine import Away, Refused
from mw_sandbox.spec import Container, Limits, Spec
from mw_sandbox.supervisor import Supervisor


def state(status="exited", code=0, memory=False):
    return {"Status": status, "Running": status == "running", "ExitCode": code, "OOMKilled": memory, "Pid": 0}


class ScriptedEngine:
    """Answers from a list: a state, or an exception to raise. The last answer is repeated."""

    def __init__(self, *answers, saw_end=False, keeps=False):
        self.answers = list(answers)
        self.saw = saw_end
        self.keeps = keeps
        self.signals = []

    def wait(self, _):
        if isinstance(self.answers[0], Exception):
            raise self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    def inspect(self, _):
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return {"State": answer}

    def signal(self, _, name):
        self.signals.append(name)

    def saw_end(self, _):
        return self.saw

    def keeps_containers(self):
        return self.keeps


class Unseen:
    """The usage of a container that cannot be looked into. `alive`: whether it withstands a direct kill."""

    seen = False
    memory_kills = refused_forks = peak_bytes = 0
    cpu_seconds = 0.0

    def __init__(self, alive=True):
        self._alive = alive

    def kill(self):
        return self._alive

    def groups(self):
        return []


def spec():
    made = Spec()
    made.mounts = []
    made.limits = Limits()
    made.container = Container()
    made.container.engine, made.container.id, made.container.uid = "/none", "c1", None
    made.container.isolation = {"notes": []}
    return made


def ended(engine, resumed=False, asked=False):
    """The wait status with which a container is taken to have ended."""
    running = container.Contained(spec(), engine, Unseen(), resumed)
    if asked:
        running.ask_to_end()
    running.read_report()
    return running.status


class HowAContainerEnds(unittest.TestCase):
    def test_an_exit_code_above_128_is_a_signal_where_there_is_such_a_fatal_one(self):
        self.assertEqual(container_end.wait_status(137), 9)
        self.assertEqual(container_end.wait_status(139), 11)
        self.assertEqual(container_end.wait_status(3), 3 << 8)
        self.assertEqual(container_end.wait_status(128 + 20), 148 << 8)
        self.assertEqual(container_end.wait_status(200), 200 << 8)

    def test_a_watched_end_is_the_programs_own(self):
        self.assertEqual(ended(ScriptedEngine(state(code=0))), 0)
        self.assertEqual(ended(ScriptedEngine(state(code=1))), 1 << 8)

    def test_a_container_that_is_gone_is_lost(self):
        self.assertIsNone(ended(ScriptedEngine(Refused(404, "no such container"))))

    def test_a_kill_that_nobody_watched_is_not_the_programs_own(self):
        self.assertIsNone(ended(ScriptedEngine(state(code=137)), resumed=True))
        self.assertEqual(ended(ScriptedEngine(state(code=1), saw_end=True), resumed=True), 1 << 8)

    def test_an_end_before_this_supervisor_was_there_may_have_been_that_of_the_host(self):
        """A program that is asked to finish, as a host does when it shuts down, may well end with exit code 0."""
        self.assertIsNone(ended(ScriptedEngine(state(code=0)), resumed=True))
        self.assertEqual(ended(ScriptedEngine(state(code=0), saw_end=True), resumed=True), 0)

    def test_a_kill_that_was_ordered_is_told_as_one(self):
        self.assertEqual(ended(ScriptedEngine(state(code=143)), resumed=True, asked=True), 15)

    def test_an_engine_that_ends_takes_its_containers_with_it(self):
        away = Away("no engine")
        self.assertIsNone(ended(ScriptedEngine(away, state(code=0))))
        self.assertEqual(ended(ScriptedEngine(away, state(code=0), keeps=True)), 0)
        self.assertEqual(ended(ScriptedEngine(away, state(code=0), saw_end=True)), 0)

    def test_the_engine_may_say_a_moment_later_that_memory_was_the_reason(self):
        engine = ScriptedEngine(state(code=137), state(code=137), state(code=137, memory=True))
        watch = ContainerWatch(engine, "c1")
        os.read(watch.report, 1)
        self.assertTrue(watch.state["OOMKilled"])


class AContainerThatHasGone(unittest.TestCase):
    def test_before_its_supervisor_came_is_lost_not_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(f"{folder}/io")
            launcher = container.ContainerLauncher(spec(), folder)
            launcher._engine = ScriptedEngine(Refused(404, "No such container"))
            launcher.clear = lambda: None
            self.assertEqual(Supervisor(spec(), folder, launcher).run()["outcome"], "lost")


class AKillThatHangs(unittest.TestCase):
    def setUp(self):
        # It never ends by itself: the engine says "running" for ever.
        self.engine = ScriptedEngine(state("running"))

    def running(self, alive):
        return container.Contained(spec(), self.engine, Unseen(alive))

    def test_is_waited_for_and_then_puts_the_machine_in_doubt(self):
        running = self.running(alive=True)
        running.kill(insist=True)
        self.assertFalse(running.ended)
        running._give_up_at = time.monotonic() - 1
        running.kill(insist=True)
        self.assertTrue(running.ended)
        with mock.patch.object(ownership, "take_back", side_effect=AssertionError("it may write there")):
            remains = running.finish()
        self.assertIn("could not be killed", remains.suspect)
        self.assertEqual(remains.removed, [ownership.LEFT_ALONE])

    def test_is_none_when_its_processes_are_gone_and_only_the_engine_is_silent(self):
        running = self.running(alive=False)
        running._give_up_at = time.monotonic() - 1
        running.kill(insist=True)
        self.assertTrue(running.ended)
        with mock.patch.object(ownership, "take_back", return_value=["a link"]):
            remains = running.finish()
        self.assertIsNone(remains.suspect)
        self.assertEqual(remains.removed, ["a link"])


class WhoseAProcessIs(unittest.TestCase):
    def test_a_process_that_is_not_the_containers_is_neither_measured_nor_killed(self):
        usage = container_usage.ContainerUsage(os.getpid(), "0123456789abcdef")
        self.assertFalse(usage.seen)
        usage.look()
        self.assertIsNone(usage.memory_bytes)
        self.assertTrue(usage.kill())  # nobody knows whether it lives; and this process still does

    def test_a_container_without_a_process_is_not_killed_either(self):
        self.assertTrue(container_usage.ContainerUsage(0, "0123456789abcdef").kill())


class ThePipes(unittest.TestCase):
    def test_what_was_said_waits_for_the_next_reader(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(f"{folder}/io")
            launcher = container.ContainerLauncher(spec(), folder)
            writer = os.open(f"{folder}/io/stdout", os.O_RDWR)
            os.write(writer, b"words")
            os.close(writer)
            (reader,) = [fd for fd, name in launcher._streams.items() if name == "stdout"]
            self.assertEqual(os.read(reader, 100), b"words")


if __name__ == "__main__":
    unittest.main()
