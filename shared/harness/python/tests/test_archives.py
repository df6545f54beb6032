"""Archives that nobody vouches for."""

from __future__ import annotations

import gzip
import io
import stat
import tarfile
import zipfile
from pathlib import Path

from mw_harness.gather.archives import FREE_BYTES, Allowance, BadArchive, unpack
from tests.support import FolderTest


def tar_with(path: Path, member: tarfile.TarInfo, content: bytes = b"") -> None:
    with tarfile.open(path, "w") as packed:
        member.size = len(content)
        packed.addfile(member, io.BytesIO(content))


class Archives(FolderTest):
    def refused(self, path: Path) -> str:
        target = self.root / f"unpacked {path.name}"
        target.mkdir()
        with self.assertRaises(BadArchive) as caught:
            unpack(path, path.name, target)
        return str(caught.exception)

    def test_never_write_outside_their_folder(self) -> None:
        for name in ("../out.txt", "/out.txt", "a/../../out.txt", "..\\out.txt", "C:\\out.txt"):
            with self.subTest(name=name):
                path = self.root / "a.zip"
                with zipfile.ZipFile(path, "w") as packed:
                    packed.writestr(name, "x")
                self.assertIn("leaves the folder", self.refused(path))
                tar_with(self.root / "a.tar", tarfile.TarInfo(name), b"x")
                self.assertIn("leaves the folder", self.refused(self.root / "a.tar"))
                for folder in ("unpacked a.zip", "unpacked a.tar"):
                    (self.root / folder).rmdir()
        self.assertFalse((self.root / "out.txt").exists())

    def test_make_no_links_and_no_devices(self) -> None:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            with self.subTest(kind=kind):
                member = tarfile.TarInfo("link")
                member.type, member.linkname = kind, "/etc/passwd"
                path = self.root / f"{kind.decode()}.tar"
                tar_with(path, member)
                self.assertIn("is a link or a device", self.refused(path))
        member = zipfile.ZipInfo("link")
        member.external_attr = (stat.S_IFLNK | 0o777) << 16
        with zipfile.ZipFile(self.root / "link.zip", "w") as packed:
            packed.writestr(member, "/etc/passwd")
        self.assertIn("is a link or a device", self.refused(self.root / "link.zip"))

    def test_with_names_that_no_file_has_are_refused(self) -> None:
        path = self.root / "long.zip"
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("a" * 300 + ".csv", "x")
        self.assertIn("a longer name than files have here", self.refused(path))

    def test_that_grow_beyond_all_measure_are_refused(self) -> None:
        path = self.root / "zeros.csv.gz"
        path.write_bytes(gzip.compress(bytes(64 << 20)))
        unpack(path, path.name, self.root)
        grown = Allowance(path.stat().st_size)
        grown.take_bytes(FREE_BYTES)
        with self.assertRaisesRegex(BadArchive, "no data packs so well"):
            grown.take_bytes(1)

    def test_cut_short_or_with_a_name_twice_are_refused(self) -> None:
        cut = self.root / "cut.csv.gz"
        cut.write_bytes(gzip.compress(b"a,b\n" * 1000)[:-20])
        self.assertIn("broken", self.refused(cut))
        twice = self.root / "twice.tar"
        with tarfile.open(twice, "w") as packed:
            for _ in range(2):
                packed.addfile(tarfile.TarInfo("a"), io.BytesIO())
        self.assertIn("two members", self.refused(twice))

    def test_of_one_file_lose_their_ending(self) -> None:
        for ending, module in (("gz", "gzip"), ("bz2", "bz2"), ("xz", "lzma")):
            with self.subTest(ending=ending):
                path = self.root / f"train.csv.{ending}"
                path.write_bytes(__import__(module).compress(b"a,b\n1,2\n"))
                target = self.root / ending
                target.mkdir()
                unpack(path, path.name, target)
                self.assertEqual((target / "train.csv").read_bytes(), b"a,b\n1,2\n")

    def test_within_an_archive_are_unpacked_where_they_are_named(self) -> None:
        rows = "".join(f"r{row},{row % 5},{row % 2}\n" for row in range(60))
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as packed:
            packed.writestr("train.csv", f"id,x,y\n{rows}")
        with zipfile.ZipFile(self.folder / "outer.zip", "w") as packed:
            packed.writestr("in/inner.zip", inner.getvalue())
        data = {"archives": ["outer.zip", "in/inner.zip"], "train": "in/train.csv"}
        self.assertEqual(self.check(self.task(data=data))["rows"]["labelled"], 60)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["outer.zip"])

    def test_that_are_none_are_a_problem_at_their_key(self) -> None:
        self.plain_train()
        self.fault("not-an-archive", self.task(data={"archives": ["train.csv"]}))
        (self.folder / "bad.zip").write_bytes(b"PK\x03\x04")
        self.fault("bad-archive", self.task(data={"archives": ["bad.zip"]}))
