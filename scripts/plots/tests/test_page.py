"""The page of made-up experiments, and the published one as a text."""

from __future__ import annotations

import re

import page
import units
from made_up import MEASURED, RESULTS, UNREACHED, Folder, write_csv
from tables import DataError


class ThePage(Folder):
    def written(self, definition: str) -> str:
        """The page of one made-up experiment."""
        experiment = self.fill([MEASURED, UNREACHED])
        file = self.folder / "experiment.json5"
        file.write_text(definition, encoding="utf-8")
        section = page.Section(
            "mine", "mine", self.folder, units.build(experiment), experiment, file
        )
        return page.write(self.folder, [section]).read_text(encoding="utf-8")

    def test_texts_of_an_experiment_cannot_break_the_page(self) -> None:
        write_csv(
            self.folder / "claims.csv",
            [
                {
                    "claim": "</script> a < b & {{VEGA}}",
                    "arm": "",
                    "verdict": "holds",
                    "expected": "",
                    "found": "",
                    "n_from": "",
                    "n_to": "",
                }
            ],
        )
        text = self.written("{question: 'Is 1 < 2?', prediction: \"<b>yes</b>\", more: [1,],}")
        self.assertIn("&lt;/script&gt; a &lt; b &amp; {{VEGA}}", text)
        self.assertIn("Is 1 &lt; 2?", text)
        self.assertEqual(text.count("</script>"), 4)

    def test_claims_without_rows_are_no_error(self) -> None:
        (self.folder / "claims.csv").write_text(
            "claim,arm,verdict,expected,found,n_from,n_to\n", encoding="utf-8"
        )
        self.assertNotIn("<h3>verdicts", self.written("{question: 'q', prediction: 'p'}"))

    def test_what_became_of_the_prediction_is_shown(self) -> None:
        said = "verdict: {prediction: 'partly', because: '1 < 2.'}"
        text = self.written(f"{{question: 'q', prediction: 'p', {said}}}")
        self.assertIn("<b>partly</b>. 1 &lt; 2.", text)
        self.assertNotIn("What became", self.written("{question: 'q', prediction: 'p'}"))

    def test_an_experiment_file_without_a_question_is_refused(self) -> None:
        for definition, said in (
            ("{prediction: 'p'}", "no 'question'"),
            ("{", "not JSON5"),
            ("[]", "no 'question'"),
        ):
            with self.assertRaisesRegex(DataError, said):
                self.written(definition)

    def test_the_published_page_is_small_and_loads_nothing(self) -> None:
        text = (RESULTS / "index.html").read_text(encoding="utf-8")
        self.assertLess(len(text.encode()), 2_500_000)
        for word in ("<script src", '<link rel="stylesheet"', "@import", "url(http"):
            self.assertNotIn(word, text)

    def test_the_published_page_links_to_nothing_but_itself(self) -> None:
        text = (RESULTS / "index.html").read_text(encoding="utf-8").split("<script")[0]
        ids = re.findall(r' id="([^"]+)"', text)
        self.assertEqual(len(ids), len(set(ids)))
        links = re.findall(r'<a href="([^"]+)"', text)
        self.assertGreater(len(links), 5)
        for link in links:
            self.assertIn(link.removeprefix("#"), ids)
        for clip in re.findall(r"url\(([^)]+)\)", text):
            self.assertIn(clip.removeprefix("#"), ids)

    def test_each_chart_of_the_published_page_has_a_picture(self) -> None:
        text = (RESULTS / "index.html").read_text(encoding="utf-8").split("<script")[0]
        charts = text.count('class="chart"')
        self.assertGreater(charts, 10)
        self.assertEqual(text.count('<svg class="still"'), charts)
