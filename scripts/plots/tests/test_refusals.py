"""Bad files and names end in one sentence that says what to do."""

from __future__ import annotations

from made_up import MEASURED, Folder


class Refusals(Folder):
    def test_a_missing_column(self) -> None:
        self.fill([{key: value for key, value in MEASURED.items() if key != "minimum_units_half"}])
        self.refused("summary.csv", "'minimum_units_half'", "found arm, family", "depthwidth run")

    def test_a_summary_of_a_version_that_had_no_column_k(self) -> None:
        self.fill([{key: value for key, value in MEASURED.items() if key != "k"}])
        self.refused("summary.csv", "'k'", "depthwidth run")

    def test_an_empty_file(self) -> None:
        self.fill([MEASURED])
        (self.folder / "summary.csv").write_text("", encoding="utf-8")
        self.refused("summary.csv", "empty")

    def test_a_missing_file(self) -> None:
        self.fill([MEASURED])
        (self.folder / "settings.csv").unlink()
        self.refused("settings.csv", "no such file", "depthwidth run")

    def test_a_header_alone(self) -> None:
        self.fill([MEASURED])
        (self.folder / "summary.csv").write_text(",".join(MEASURED) + "\n", encoding="utf-8")
        self.refused("summary.csv", "no rows")

    def test_a_field_that_is_no_number(self) -> None:
        self.fill([{**MEASURED, "minimum_units_any": "three"}])
        self.refused("summary.csv, row 2", "'minimum_units_any'", "'three'", "integer or empty")
        self.fill([{**MEASURED, "success_low": "nan"}])
        self.refused("'success_low'", "'nan'", "number or empty")

    def test_a_torn_row(self) -> None:
        self.fill([MEASURED])
        with (self.folder / "summary.csv").open("a", encoding="utf-8") as file:
            file.write("tanh,trained\n")
        self.refused("row 3", "2 fields")

    def test_bytes_that_are_no_text(self) -> None:
        self.fill([MEASURED])
        (self.folder / "summary.csv").write_bytes(b"\xff\xfe\x00")
        self.refused("summary.csv", "UTF-8")

    def test_a_misspelt_name_gets_a_suggestion(self) -> None:
        code, _, errors = self.plot("clam")
        self.assertEqual(code, 64)
        self.assertIn("did you mean 'claim'?", errors)

    def test_a_misspelt_flag_is_usage(self) -> None:
        self.assertEqual(self.plot("--pages-of")[0], 64)
