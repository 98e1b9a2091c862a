"""Circuits of two and three inputs: as they should be, and with one thing changed."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import main

OPTIMUM = "n,lower_bound,upper_bound,optimum\n2,3,3,3\n3,5,5,5\n"
CIRCUITS = """\
n,gate,kind,inputs,output
2,0,and,x0 !x1,no
2,1,and,!x0 x1,no
2,2,or,g0 g1,yes
3,0,and,x0 !x1 !x2,no
3,1,and,!x0 x1 !x2,no
3,2,and,!x0 !x1 x2,no
3,3,and,x0 x1 x2,no
3,4,or,g0 g1 g2 g3,yes
"""
TWO = """\
.model parity2
.inputs x0 x1
.outputs parity
.names x0 x1 g0
10 1
.names x0 x1 g1
01 1
.names g0 g1 parity
1- 1
-1 1
.end
"""
THREE = """\
.model parity3
.inputs x0 x1 x2
.outputs parity
.names x0 x1 x2 g0
100 1
.names x0 x1 x2 g1
010 1
.names x0 x1 x2 g2
001 1
.names x0 x1 x2 g3
111 1
.names g0 g1 g2 g3 parity
1--- 1
-1-- 1
--1- 1
---1 1
.end
"""
FILES = {
    "optimum.csv": OPTIMUM,
    "circuits.csv": CIRCUITS,
    "parity-2.blif": TWO,
    "parity-3.blif": THREE,
}


class Circuits(unittest.TestCase):
    def checked(self, file: str = "", old: str = "", new: str = "") -> tuple[int, str, str]:
        """Exit code, output and errors, with one place of one file changed."""
        with tempfile.TemporaryDirectory() as holder:
            folder = Path(holder)
            if file:
                self.assertEqual(FILES[file].count(old), 1, f"{old} in {file}")
            for name, text in FILES.items():
                changed = text.replace(old, new) if name == file else text
                (folder / name).write_text(changed, encoding="utf-8")
            output, errors = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
                status = main.main([str(folder)])
            return status, output.getvalue(), errors.getvalue()

    def test_right_circuits_pass(self) -> None:
        status, output, _ = self.checked()
        self.assertEqual(status, 0)
        self.assertEqual(output, "4 of 4 circuits are right on every row of n = 2, 3\n")

    def test_every_changed_wire_is_found(self) -> None:
        for old, new in (
            ("2,0,and,x0 !x1", "2,0,and,x0 x1"),
            ("2,2,or,", "2,2,and,"),
            ("3,3,and,x0 x1 x2", "3,3,and,x0 x1 !x2"),
            ("3,4,or,g0 g1 g2 g3", "3,4,or,g0 g1 g2"),
            ("3,4,or,g0 g1 g2 g3", "3,4,or,g0 g1 g2 !g3"),
        ):
            status, output, _ = self.checked("circuits.csv", old, new)
            self.assertEqual(status, 2, new)
            self.assertRegex(output, r"fails  circuits.csv, n = \d: row \d gives")

    def test_every_changed_line_of_a_file_is_found(self) -> None:
        for old, new in (("\n100 1", "\n000 1"), ("\n111 1", "\n11- 1"), ("\n---1 1", "")):
            status, output, _ = self.checked("parity-3.blif", old, new)
            self.assertEqual(status, 2, new)
            self.assertRegex(output, r"fails  parity-3.blif: row \d gives")

    def test_other_numbers_of_gates_are_found(self) -> None:
        status, output, _ = self.checked("optimum.csv", "3,5,5,5", "3,4,4,4")
        self.assertEqual(status, 2)
        self.assertIn("fails  circuits.csv, n = 3: 5 gates, expected 4", output)
        self.assertIn("fails  parity-3.blif: 5 gates, expected 4", output)

    def test_a_circuit_that_is_missing_is_found(self) -> None:
        status, output, _ = self.checked("circuits.csv", CIRCUITS[CIRCUITS.index("3,0") :], "")
        self.assertEqual(status, 2)
        self.assertIn("optimum.csv has n = 3, but there is no circuit of it", output)

    def test_two_outputs_are_found(self) -> None:
        status, output, _ = self.checked("circuits.csv", "2,0,and,x0 !x1,no", "2,0,and,x0 !x1,yes")
        self.assertEqual(status, 2)
        self.assertIn("2 gates give the output, expected one", output)

    def test_a_gate_that_reads_a_later_one_is_refused(self) -> None:
        status, _, errors = self.checked("circuits.csv", "2,0,and,x0 !x1", "2,0,and,x0 g2")
        self.assertEqual(status, 65)
        self.assertIn("found the signal 'g2' before anything gives it", errors)

    def test_another_format_is_refused_with_its_line(self) -> None:
        status, _, errors = self.checked("parity-2.blif", "\n10 1\n", "\n.gate and2\n")
        self.assertEqual(status, 65)
        self.assertIn("line 5: found '.gate and2', expected a line of the format", errors)

    def test_a_missing_file_is_said(self) -> None:
        errors = io.StringIO()
        with tempfile.TemporaryDirectory() as holder, contextlib.redirect_stderr(errors):
            self.assertEqual(main.main([holder]), 65)
        self.assertIn("optimum.csv: there is no such file", errors.getvalue())


if __name__ == "__main__":
    unittest.main()
