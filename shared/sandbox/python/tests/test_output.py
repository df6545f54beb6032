import tempfile
import unittest

from mw_sandbox.output import LONGEST_LINE, Output


class OutputIsKept(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory()
        self.folder = self._folder.name

    def tearDown(self):
        self._folder.cleanup()

    def kept(self, name):
        try:
            with open(f"{self.folder}/{name}", "rb") as file:
                return file.read().decode().splitlines()
        except FileNotFoundError:
            return []

    def test_lines_are_numbered_across_chunks(self):
        output = Output(self.folder, "stdout", 1000, 1000)
        for chunk in (b"on", b"e\ntwo\nth", b"ree"):
            output.feed(chunk)
        output.close()
        self.assertEqual(self.kept("stdout.log"), ["0\tone", "1\ttwo", "2\tthree"])
        self.assertEqual((output.lines, output.bytes, output.last_line), (3, 13, "three"))

    def test_the_middle_is_dropped_and_the_numbers_show_it(self):
        output = Output(self.folder, "stdout", 40, 40)
        for number in range(100):
            output.feed(b"line %d\n" % number)
        output.close()
        head, tail = self.kept("stdout.log"), self.kept("stdout.tail.log")
        self.assertEqual(head[0], "0\tline 0")
        self.assertEqual(tail[-1], "99\tline 99")
        self.assertEqual(output.dropped_lines, 100 - len(head) - len(tail))

    def test_after_the_head_is_full_no_short_line_slips_into_it(self):
        output = Output(self.folder, "stdout", 30, 1000)
        output.feed(b"x" * 20 + b"\n" + b"y" * 20 + b"\nz\n")
        output.close()
        self.assertEqual(len(self.kept("stdout.log")), 1)
        self.assertEqual([line[0] for line in self.kept("stdout.tail.log")], ["1", "2"])

    def test_a_line_without_end_takes_bounded_memory_and_says_how_much_was_cut(self):
        output = Output(self.folder, "stderr", 1_000_000, 1000)
        for _ in range(1000):
            output.feed(b"x" * 1000)
        output.feed(b"\nnext\n")
        output.close()
        first, second = self.kept("stderr.log")
        self.assertTrue(first.endswith(f"[{1_000_000 - LONGEST_LINE} bytes cut]"))
        self.assertEqual(second, "1\tnext")

    def test_a_later_supervisor_goes_on_with_the_next_number(self):
        first = Output(self.folder, "stdout", 1000, 1000)
        first.feed(b"one\ntwo\n")
        second = Output(self.folder, "stdout", 1000, 1000)
        self.assertEqual((second.lines, second.bytes, second.last_line), (2, 8, "two"))
        second.feed(b"three\n")
        second.close()
        self.assertEqual(self.kept("stdout.log"), ["0\tone", "1\ttwo", "2\tthree"])

    def test_a_record_that_was_half_written_is_written_again(self):
        with open(f"{self.folder}/stdout.log", "wb") as file:
            file.write(b"0\tone\n1\ttw")
        output = Output(self.folder, "stdout", 1000, 1000)
        output.feed(b"other\n")
        output.close()
        self.assertEqual(self.kept("stdout.log"), ["0\tone", "1\tother"])

    def test_once_there_is_a_tail_a_later_supervisor_goes_on_with_it(self):
        first = Output(self.folder, "stdout", 20, 40)
        for number in range(10):
            first.feed(b"line %d\n" % number)
        first.flush()
        second = Output(self.folder, "stdout", 20, 40)
        self.assertEqual(second.lines, 10)
        second.feed(b"ten\n")
        second.close()
        self.assertEqual(self.kept("stdout.tail.log")[-2:], ["9\tline 9", "10\tten"])
        self.assertEqual(len(self.kept("stdout.log")), 2)
        kept = len(self.kept("stdout.log")) + len(self.kept("stdout.tail.log"))
        self.assertEqual(second.dropped_lines, 11 - kept)


if __name__ == "__main__":
    unittest.main()
