import unittest

from mw_sandbox import cgroups, kernel, rootfs, seccomp, spec, uids

V1 = """\
30 23 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
31 23 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
32 23 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
"""


class ControlGroupsAreFound(unittest.TestCase):
    def test_hybrid(self):
        found = cgroups.hierarchies(V1, "4:memory:/a/b\n3:cpu,cpuacct:/\n0::/user\n")
        self.assertEqual(
            [(h.version, h.own, h.controllers) for h in found],
            [
                (1, "/sys/fs/cgroup/memory/a/b", ["memory"]),
                (1, "/sys/fs/cgroup/cpu,cpuacct", ["cpu", "cpuacct"]),
                (2, "/sys/fs/cgroup/unified/user", None),
            ],
        )

    def test_a_container_sees_its_part_of_the_hierarchy(self):
        info = "30 23 0:26 /docker/x /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"
        found = cgroups.hierarchies(info, "4:memory:/docker/x/y\n")
        self.assertEqual(found[0].own, "/sys/fs/cgroup/memory/y")


class UserIdsAreMapped(unittest.TestCase):
    def test_all_of_the_range_on_a_plain_host(self):
        self.assertEqual(uids.mapped(range(1000, 2000), "0 0 4294967295"), range(1000, 2000))

    def test_the_top_of_a_container_that_maps_none_of_it(self):
        self.assertEqual(uids.mapped(range(10**9, 10**9 + 5), "0 100000 65536"), range(65530, 65535))

    def test_nothing_where_only_one_user_exists(self):
        self.assertEqual(uids.mapped(range(1000, 2000), "0 1000 1"), range(0))


class MountsAreReadBack(unittest.TestCase):
    def test_flags_and_places_with_spaces(self):
        info = (
            "1 0 8:1 / / rw,relatime - ext4 /dev/a rw\n"
            "2 1 8:1 /x /new/a\\040b ro,nosuid,noexec - ext4 /dev/a rw\n"
            "3 2 8:1 /x /new/a\\040b/c rw - ext4 /dev/a rw\n"
            "4 1 8:1 /x /new/a\\040bc rw - ext4 /dev/a rw\n"
        )
        flags = kernel.MS_RDONLY | kernel.MS_NOSUID | kernel.MS_NOEXEC
        self.assertEqual(rootfs.mounts_below(info, "/new/a b"), [("/new/a b", flags), ("/new/a b/c", 0)])


class SpecsAreChecked(unittest.TestCase):
    def raw(self, **changed):
        good = {
            "version": 1,
            "argv": ["@{python}", "@{work}/x"],
            "cwd": "@{work}",
            "env": {},
            "python": "/usr/bin/python3",
            "mounts": [{"name": "work", "source": "/srv/work", "target": "/mw/work", "writable": True}],
            "limits": {key: 1 for key in spec.Limits.FIELDS},
            "isolation": "best",
            "uids": {"first": 1, "count": 1},
        }
        return {**good, **changed}

    def test_names_stand_for_targets_inside_and_sources_outside(self):
        parsed = spec.parse(self.raw())
        inside, outside = parsed.paths(True, "/x/tmp"), parsed.paths(False, "/x/tmp")
        self.assertEqual(spec.resolve("@{work}/a @{tmp}", inside), "/mw/work/a /tmp")
        self.assertEqual(spec.resolve("@{work}/a @{tmp}", outside), "/srv/work/a /x/tmp")

    def test_faults_name_the_field(self):
        for changed, text in (
            ({"argv": []}, "argv"),
            ({"cwd": "@{data}"}, "@{data} names no mount; there are python, tmp, work"),
            ({"env": {"A": 1}}, "env.A"),
            ({"isolation": "some"}, "isolation"),
            ({"limits": {}}, "limits.wallSeconds"),
            ({"mounts": [{"name": "work", "source": "work", "target": "/w", "writable": True}]}, "absolute"),
            ({"mounts": [{"name": "work", "source": "/a", "target": "/w/../etc", "writable": True}]}, ".."),
        ):
            with self.assertRaisesRegex(spec.SpecError, text.replace("{", r"\{").replace("..", r"\.\.")):
                spec.parse(self.raw(**changed))


class SystemCallFilter(unittest.TestCase):
    def test_every_jump_lands_inside(self):
        for machine in ("x86_64", "aarch64"):
            steps = seccomp.program(machine)
            for place, (_, if_true, if_false, _) in enumerate(steps):
                self.assertLess(place + 1 + max(if_true, if_false), len(steps) + (place == len(steps) - 1))
        self.assertIsNone(seccomp.program("vax"))


if __name__ == "__main__":
    unittest.main()
