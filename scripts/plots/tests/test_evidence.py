"""What a caption says of how far exact arms are known to be right."""

from __future__ import annotations

import unittest

import evidence


def rows(arm: str, *known: str) -> list[dict]:
    """An arm at n = 8, 16, 24, ... with these evidences."""
    return [{"arm": arm, "n": 8 * (place + 1), "evidence": one} for place, one in enumerate(known)]


class Evidence(unittest.TestCase):
    def test_every_row_of_every_arm(self) -> None:
        both = rows("a", "verified", "verified") + rows("b", "verified")
        self.assertEqual(evidence.of(both), "right on every row")

    def test_no_row_of_any_arm(self) -> None:
        self.assertEqual(evidence.of(rows("a", "sampled", "counted")), "sampled or counted")

    def test_all_arms_up_to_one_n(self) -> None:
        both = rows("a", "verified", "sampled") + rows("b", "verified", "counted")
        self.assertEqual(
            evidence.of(both), "right on every row up to n = 8, sampled or counted beyond"
        )

    def test_an_arm_that_stays_behind_is_named(self) -> None:
        both = rows("a", "verified", "verified") + rows("tree", "verified", "counted")
        self.assertEqual(
            evidence.of(both),
            "right on every row (tree up to n = 8, sampled or counted beyond)",
        )
        three = rows("a", "verified", "verified", "counted") + rows("b", "sampled", "counted")
        self.assertEqual(
            evidence.of(three + rows("tree", "verified", "counted", "counted")),
            "right on every row up to n = 16, sampled or counted beyond"
            " (tree up to n = 8, sampled or counted beyond; b sampled or counted)",
        )

    def test_what_comes_after_a_gap_is_not_counted(self) -> None:
        self.assertEqual(
            evidence.of(rows("a", "verified", "sampled", "verified")),
            "right on every row up to n = 8, sampled or counted beyond",
        )


if __name__ == "__main__":
    unittest.main()
