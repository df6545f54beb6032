import os
import signal
import unittest

from mw_sandbox import keeper


def supervisors(lives):
    """What the supervisors of one keeper say: each says its number, and ends as `lives[number]` does."""
    read_end, write_end = os.pipe()
    numbers_read, numbers_write = os.pipe()
    os.write(numbers_write, bytes(range(len(lives))))  # the next number, whoever asks

    def supervise():
        number = os.read(numbers_read, 1)[0]
        os.write(write_end, b"%d " % number)
        lives[number]()
        os._exit(0)

    pid = os.fork()
    if pid == 0:
        keeper.start(supervise)
        keeper.keep(supervise)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as file:
        said = file.read().decode().split()
    os.waitpid(pid, 0)
    return said


def is_killed():
    os.kill(os.getpid(), signal.SIGKILL)


class AKeeper(unittest.TestCase):
    def test_replaces_a_supervisor_that_is_killed_until_one_ends_in_order(self):
        self.assertEqual(supervisors([is_killed, is_killed, lambda: None, is_killed]), ["0", "1", "2"])

    def test_ends_with_a_supervisor_that_leaves(self):
        self.assertEqual(supervisors([lambda: None, lambda: None]), ["0"])

    def test_outlives_the_signals_that_are_meant_for_its_supervisor(self):
        def parent_is_asked_to_end():
            os.kill(os.getppid(), signal.SIGTERM)
            is_killed()

        self.assertEqual(supervisors([parent_is_asked_to_end, lambda: None]), ["0", "1"])


if __name__ == "__main__":
    unittest.main()
