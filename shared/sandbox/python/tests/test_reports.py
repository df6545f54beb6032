import os
import unittest

from mw_sandbox.reports import Reports


class WhatTheWardenTells(unittest.TestCase):
    def setUp(self):
        self.read_end, self.write_end = os.pipe()

    def tearDown(self):
        os.close(self.read_end)

    def test_the_end_that_came_with_the_start_is_not_lost(self):
        reports = Reports(self.read_end, b'{"status": 256, "cpu": 0.5, "rss": 7}\n')
        os.close(self.write_end)
        reports.read()
        self.assertEqual((reports.ended, reports.status, reports.usage), (True, 256, (0.5, 7)))

    def test_a_report_may_come_in_pieces(self):
        reports = Reports(self.read_end, b'{"status": 0, ')
        os.write(self.write_end, b'"cpu": 0.5, "rss": 7}\n')
        os.close(self.write_end)
        reports.read()
        self.assertEqual((reports.ended, reports.status), (True, 0))

    def test_a_warden_that_is_gone_without_a_word_leaves_no_status(self):
        reports = Reports(self.read_end, b"")
        os.close(self.write_end)
        reports.read()
        self.assertEqual((reports.ended, reports.status), (True, None))
