"""The same rows give the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import depth
import main
from experiment import Experiment
from made_up import MEASURED, RESULTS, UNREACHED, Folder, trials


class SameBytes(Folder):
    def test_other_processes_write_the_same_bytes(self) -> None:
        """Nothing from hash seed, time zone or locale reaches a figure."""
        found = []
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
            self.fill([MEASURED, UNREACHED], trials((4, 5)))
            subprocess.run(
                [
                    sys.executable,
                    str(main.ROOT / "scripts/plots/main.py"),
                    "--from",
                    str(self.folder),
                ],
                check=True,
                capture_output=True,
                env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            )
            found.append({path.name: path.read_bytes() for path in self.folder.glob("*.[sp][vn]g")})
        self.assertEqual(found[0], found[1])
        self.assertEqual(len(found[0]), 4)

    def test_a_figure_has_the_same_bytes_after_others(self) -> None:
        [figure] = depth.build(Experiment("neuron-depth", RESULTS / "neuron-depth"))
        first = [path.read_bytes() for path in figure.write(self.folder)]
        laws_figure: Any = main.laws_section().drawn[0]
        laws_figure.write(self.folder)
        self.assertEqual(first, [path.read_bytes() for path in figure.write(self.folder)])
