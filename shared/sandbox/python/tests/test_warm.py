import copy
import os
import tempfile
import unittest

from mw_sandbox import lock, spec, warm_fit

LIMITS = dict.fromkeys(spec.Limits.FIELDS, 1)
JOB = {
    "version": 1,
    "argv": ["@{python}", "train.py", "--fast"],
    "cwd": "@{work}",
    "env": {"HOME": "@{tmp}", "OMP_NUM_THREADS": "2", "MW_OUT": "@{out}"},
    "python": "/opt/env/bin/python",
    "mounts": [
        {"name": "work", "source": "/jobs/1/work", "target": "/mw/work", "writable": True},
        {"name": "out", "source": "/jobs/1/out", "target": "/mw/out", "writable": True},
        {"name": "packages", "source": "/opt/packages", "target": "/opt/packages", "writable": False},
    ],
    "limits": LIMITS,
    "isolation": "best",
    "uids": {"first": 1_900_000_000, "count": 10},
}
WORKER = {
    **JOB,
    "argv": ["@{python}"],
    "cwd": "/mw/work",
    "env": {"HOME": "@{tmp}", "OMP_NUM_THREADS": "2"},
    "mounts": JOB["mounts"][2:],
    "isolation": "required",
}


def misfit(**change):
    job = copy.deepcopy(JOB)
    job.update(change)
    return warm_fit.misfit(spec.parse(WORKER), spec.parse(job))


def mount(name, target, writable=False):
    return {"name": name, "source": f"/other/{name}", "target": target, "writable": writable}


class WhatFitsAWorker(unittest.TestCase):
    def test_the_job_that_it_was_started_for(self):
        self.assertIsNone(misfit())

    def test_a_module_and_more_folders_and_variables_of_the_kit(self):
        mounts = [*JOB["mounts"], mount("data", "/mw/data")]
        self.assertIsNone(
            misfit(argv=["@{python}", "-m", "tool"], mounts=mounts, env={**JOB["env"], "MW_DATA": "@{data}"})
        )

    def test_not_another_form_of_command(self):
        for argv in (
            ["@{python}"],
            ["@{python}", "-c", "pass"],
            ["@{python}", "-u", "train.py"],
            ["sh", "x.py"],
        ):
            self.assertIn("neither", misfit(argv=argv), argv)
        self.assertIn("neither", misfit(argv=["@{python}", "-m", "-x"]))

    def test_not_another_interpreter_network_or_range_of_users(self):
        self.assertIn("python", misfit(python="/opt/other/bin/python"))
        self.assertIn("network", misfit(network="host"))
        self.assertIn("uids", misfit(uids={"first": 5000, "count": 10}))

    def test_not_what_runs_without_isolation(self):
        self.assertIn("isolation", misfit(isolation="none"))

    def test_not_what_holds_locks_or_devices(self):
        for held in ({"locks": [{"path": "/run/lock/gpu", "shared": False}]}, {"devices": ["/dev/nvidia0"]}):
            self.assertIn("from the start", misfit(**held))

    def test_not_a_variable_that_a_library_may_have_read(self):
        self.assertIn("OMP_NUM_THREADS", misfit(env={**JOB["env"], "OMP_NUM_THREADS": "1"}))
        self.assertIn("EXTRA", misfit(env={**JOB["env"], "EXTRA": "1"}))
        self.assertIn("HOME", misfit(env={"OMP_NUM_THREADS": "2"}))

    def test_not_what_must_not_see_its_packages_or_needs_others(self):
        self.assertIn("not to see", misfit(mounts=JOB["mounts"][:2]))
        writable = [*JOB["mounts"][:2], {**JOB["mounts"][2], "writable": True}]
        self.assertIn("not to see", misfit(mounts=writable))
        self.assertIn("/opt/more", misfit(mounts=[*JOB["mounts"], mount("more", "/opt/more")]))
        self.assertIn("/mwx/a", misfit(mounts=[*JOB["mounts"], mount("more", "/mwx/a")]))

    def test_not_another_folder_to_start_in(self):
        self.assertIn("folder", misfit(cwd="@{out}"))


class TheLockOfAWorkerBecomesTheJobs(unittest.TestCase):
    def setUp(self):
        self.folder, self.jobdir = (tempfile.mkdtemp() for _ in range(2))
        self.held = lock.take(self.folder)

    def tearDown(self):
        os.close(self.held)

    def test_whoever_asks_for_the_jobs_meets_the_holder(self):
        lock.lend(self.folder, self.jobdir)
        self.assertTrue(lock.is_held(self.jobdir))
        os.unlink(f"{self.folder}/lock")
        self.assertTrue(lock.is_held(self.jobdir))

    def test_a_job_that_has_one_gets_no_other(self):
        os.close(lock.take(self.jobdir))
        with self.assertRaises(lock.AlreadyHeld):
            lock.lend(self.folder, self.jobdir)
        self.assertFalse(lock.is_held(self.jobdir))
