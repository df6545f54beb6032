"""Bad files are named with line and remedy."""

from __future__ import annotations

import os

from tests.support import FolderTest


class Files(FolderTest):
    def test_a_sound_folder_has_no_problems_and_no_warnings(self) -> None:
        self.plain_train()
        found = self.check()
        self.assertEqual(found["warnings"], [])
        self.assertEqual(found["rows"], {"labelled": 60, "unlabelled": 0, "test": 0})
        self.assertEqual(found["classes"], ["a", "b"])
        self.assertEqual([one["kind"] for one in found["features"]], ["numeric", "categorical"])

    def test_a_folder_that_is_not_there(self) -> None:
        found = self.faults(folder=str(self.root / "elsewhere"))
        self.assertEqual([one["code"] for one in found], ["no-such-folder"])

    def test_a_missing_file_is_named_at_its_key_with_the_nearest_name(self) -> None:
        self.plain_train()
        task = self.task(data={"train": "trian.csv"})
        found = self.fault("file-missing", task, positions={"data.train": [5, 10]})
        self.assertEqual((found["file"], found["line"], found["column"]), ("task.yaml", 5, 10))
        self.assertIn("`train.csv`", found["remedy"])

    def test_a_key_without_a_position_is_placed_at_its_parent(self) -> None:
        task = self.task(data={"train": "nowhere.csv"})
        found = self.fault("file-missing", task, positions={"data": [4, 1]})
        self.assertEqual(found["line"], 4)

    def test_an_empty_file(self) -> None:
        self.train("")
        self.assertEqual(self.fault("file-empty")["file"], "train.csv")

    def test_a_file_of_empty_lines(self) -> None:
        self.train("\n\n")
        self.fault("file-empty")

    def test_a_header_without_rows(self) -> None:
        self.train("id,x,y\n")
        self.fault("no-rows")

    def test_a_folder_in_place_of_a_file(self) -> None:
        (self.folder / "train.csv").mkdir()
        self.fault("not-a-file")

    def test_a_pipe_in_place_of_a_file_is_refused_and_not_read(self) -> None:
        os.mkfifo(self.folder / "train.csv")
        self.fault("not-a-file")

    def test_archives_and_workbooks_are_called_by_their_name(self) -> None:
        for head, word in ((b"PK\x03\x04", "ZIP"), (b"\x1f\x8b\x08", "gzip"), (b"PAR1", "Parquet")):
            self.train(head + b"x" * 100)
            self.assertIn(word, self.fault("not-a-csv")["message"])

    def test_a_wrong_delimiter_is_seen_and_the_right_one_told(self) -> None:
        for mark, shown in ((";", ";"), ("\t", "\\t"), ("|", "|")):
            self.train("id,x,y\n1,2,a\n".replace(",", mark))
            found = self.fault("wrong-delimiter")
            self.assertIn(f'delimiter: "{shown}"', found["remedy"])
            self.assertEqual(found["line"], 1)

    def test_a_declared_delimiter_is_used(self) -> None:
        self.plain_train()
        text = (self.folder / "train.csv").read_text().replace(",", ";")
        self.train(text)
        self.assertEqual(self.check(self.task(data={"delimiter": ";"}))["rows"]["labelled"], 60)

    def test_a_tsv_is_split_at_tabs(self) -> None:
        self.plain_train()
        text = (self.folder / "train.csv").read_text().replace(",", "\t")
        self.train(text, "train.tsv")
        self.assertEqual(self.check(self.task(data={"train": "train.tsv"}))["rows"]["labelled"], 60)

    def test_a_broken_byte_is_named_with_line_value_and_position(self) -> None:
        content = b"id,x,y\n1,a,b\n2,caf\xe9,b\n"
        self.train(content)
        found = self.fault("broken-encoding")
        self.assertEqual(found["line"], 3)
        self.assertIn("0xE9", found["message"])
        self.assertIn(str(content.index(b"\xe9")), found["message"])
        self.assertIn("cp1252", found["remedy"])

    def test_a_character_cut_at_the_end_of_the_file_or_of_a_block_is_found(self) -> None:
        self.train(b"id,x,y\n1,a,b\n2,a,\xe2\x82")
        self.assertEqual(self.fault("broken-encoding")["line"], 3)
        block = 1 << 20
        head = b"id,x,y\n"
        filler = b"1," + b"a" * (block - len(head) - 3) + b"\xe2"
        self.train(head + filler + b"X,b\n")
        found = self.fault("broken-encoding")
        self.assertEqual(found["line"], 2)
        self.assertIn(str(block - 1 + 0), found["message"])

    def test_a_character_across_two_blocks_is_sound(self) -> None:
        from mw_harness.tables.encoding import find_fault

        block = 1 << 20
        path = self.folder / "x"
        path.write_bytes(b"a" * (block - 1) + "€".encode() + b"\n" * 10)
        self.assertIsNone(find_fault(path, "utf-8"))

    def test_a_nul_byte_is_no_text(self) -> None:
        self.train(b"id,x,y\n1,\x00,b\n")
        found = self.fault("broken-encoding")
        self.assertIn("NUL", found["message"])

    def test_utf_16_is_told_by_its_mark_and_can_be_declared(self) -> None:
        self.plain_train()
        text = (self.folder / "train.csv").read_text()
        self.train(text.encode("utf-16"))
        self.assertIn("utf-16", self.fault("wrong-encoding")["remedy"])
        self.assertEqual(self.check(self.task(data={"encoding": "utf-16"}))["rows"]["labelled"], 60)

    def test_ragged_rows_are_named_by_line_and_the_rest_counted(self) -> None:
        lines = ["id,x,y"] + [f"{row},1,a" if row % 2 else f"{row},1" for row in range(40)]
        self.train("\n".join(lines))
        found = [one for one in self.faults() if one["code"] == "ragged-row"]
        self.assertEqual([one["line"] for one in found], [2, 4, 6, 8, 10])
        self.assertIn("20 lines", self.fault("ragged-rows")["message"])

    def test_lines_are_right_after_values_that_hold_line_breaks(self) -> None:
        self.train('id,x,y\n1,"two\nlines\nmore",a\n2,x\n')
        self.assertEqual(self.fault("ragged-row")["line"], 5)

    def test_a_quote_that_is_never_closed(self) -> None:
        self.train('id,x,y\n1,a,b\n2,"open,b\n3,a,b\n')
        self.assertEqual(self.fault("broken-quotes")["line"], 3)

    def test_a_duplicated_column(self) -> None:
        self.train("id,x,x,y\n1,2,3,a\n")
        found = self.fault("duplicate-column")
        self.assertEqual((found["line"], found["column"]), (1, 3))

    def test_paths_that_leave_the_folder_are_refused_links_included(self) -> None:
        secret = self.root / "secret.csv"
        secret.write_text("id,x,y\n1,2,a\n")
        (self.folder / "link.csv").symlink_to(secret)
        (self.folder / "sub").symlink_to(self.root)
        for name in ("../secret.csv", str(secret), "link.csv", "sub/secret.csv"):
            found = self.fault("path-leaves-folder", self.task(data={"train": name}))
            self.assertEqual(found["key"], "data.train")

    def test_a_link_within_the_folder_is_followed(self) -> None:
        self.plain_train()
        (self.folder / "train.csv").rename(self.folder / "real.csv")
        (self.folder / "train.csv").symlink_to("real.csv")
        self.assertEqual(self.check()["rows"]["labelled"], 60)

    def test_a_link_to_itself(self) -> None:
        (self.folder / "train.csv").symlink_to("train.csv")
        self.assertIn(self.faults()[0]["code"], ("path-unreadable", "file-missing"))

    def test_problems_of_train_and_test_are_told_together(self) -> None:
        self.train("id,x,x,y\n1,2,3,a\n")
        self.train("", "test.csv")
        codes = {one["code"] for one in self.faults(self.task(data={"test": "test.csv"}))}
        self.assertEqual(codes, {"duplicate-column", "file-empty"})

    def test_no_message_holds_a_path_of_this_machine(self) -> None:
        self.train("id;x;y\n1;2;a\n")
        for task in (self.task(), self.task(data={"train": "no.csv"})):
            for found in self.faults(task):
                self.assertNotIn(str(self.root), str(found))

    def test_a_sample_with_several_rows_a_unit_is_another_form(self) -> None:
        self.plain_train(60)
        self.train("id,x1,x2\nt0,1,u\nt1,2,u\n", "test.csv")
        self.train("id,y\nt0,a\nt0,b\nt1,a\n", "sample.csv")
        data = {"test": "test.csv", "sample_submission": "sample.csv"}
        found = self.fault("sample-rows-a-unit", self.task(data=data))
        self.assertIn("3 rows for 2 different `id`", found["message"])
        self.assertIn("sample_submission", found["remedy"])

    def test_a_sample_that_repeats_a_row_and_lacks_another_is_a_mistake(self) -> None:
        self.plain_train(60)
        self.train("id,x1,x2\nt0,1,u\nt1,2,u\n", "test.csv")
        self.train("id,y\nt0,a\nt0,b\n", "sample.csv")
        data = {"test": "test.csv", "sample_submission": "sample.csv"}
        self.assertEqual(self.fault("duplicate-id", self.task(data=data))["line"], 3)
