"""Units and gates against n, on a logarithmic scale."""

from __future__ import annotations

from math import log, log2

import altair as alt

import evidence
import minima
import sentences
from experiment import (
    Experiment,
    arms,
    bits,
    deepening_arms,
    is_measured,
    searching_arms,
    sparse_arms,
)
from figure import Figure, arm_scales, faded, in_parts, inline, legend_of_arms, legend_pick
from labels import End, Picture, end_labels, gap
from tables import Row
from theme import MUTED

WIDTH, HEIGHT = 600, 450
# Where exact lines leave the frame, unless something measured needs more room.
HIGHEST = 4096

# Arms in one picture, beyond which marks are smaller and the picture wider.
ROOMY = 7

OF_ARM = [alt.Tooltip("arm:N", title="arm"), alt.Tooltip("n:Q", title="bits n")]


def build(experiment: Experiment) -> list[Figure]:
    """One figure, or more for many arms, or none if no arm has a number of units to show."""
    searching = searching_arms(experiment.summary)
    rows = [row for row in experiment.summary if row["arm"] not in searching]
    without_units = arms(row for row in rows if not row["most_units_tried"])
    rows = minima.fewest_over_depths([row for row in rows if row["arm"] not in without_units])
    if not rows:
        return []
    whole = _Plot(rows)
    deepening = deepening_arms(experiment.summary)

    def part(names: list[str]) -> Figure:
        others = set(whole.told_apart) - set(names)
        plot = _Plot([row for row in rows if row["arm"] not in others], whole)
        pick = legend_pick("arm")
        size = {"width": plot.width, "height": plot.height}
        return Figure(
            name="units",
            title=sentences.Units.TITLE.format(name=experiment.name, unit=plot.unit),
            caption=_caption(plot, deepening, without_units),
            picture=alt.layer(*plot.layers(None), plot.labels()).properties(**size),
            interactive=alt.layer(*plot.layers(pick)).properties(**size).add_params(pick),
            width=plot.width + 260,
        )

    return in_parts(whole.told_apart, part)


class _Plot:
    """The rows that are drawn and the scales that hold them, which parts of a whole share."""

    def __init__(self, rows: list[Row], whole: _Plot | None = None) -> None:
        self.ns = whole.ns if whole else bits(rows)
        self.logarithmic = self.ns[-1] >= 8 * self.ns[0]
        self.names = arms(rows)
        self.measured = arms(row for row in rows if is_measured(row))
        self.sparse = sparse_arms(rows)
        self.exact = minima.exact(rows)
        self.reached = minima.reached(rows, self.logarithmic)
        self.unreached = minima.unreached(rows, self.logarithmic)
        self.spans = [row for row in self.reached + self.unreached if "any" in row]
        self.references = minima.references(rows, self.exact)
        self.trained = any(row["family"] == "trained" for row in rows)
        circuits = [row["family"] == "circuit" for row in rows]
        self.unit = (
            "gates" if all(circuits) else "units and gates" if any(circuits) else "hidden units"
        )
        self.low, self.high = (whole.low, whole.high) if whole else self._domain()
        self.cut = [row for row in self.exact + self.references if row["units"] > self.high]
        self.is_roomy = len(self.measured) <= ROOMY
        self.width = WIDTH if self.is_roomy else WIDTH + 60 * (len(self.measured) - ROOMY)
        lines = len(self.names) + len({row["line"] for row in self.references})
        self.height = max(HEIGHT, gap() * lines)

    @property
    def told_apart(self) -> list[str]:
        """The arms that need a colour and a mark of their own."""
        return self.measured or self.names

    def _domain(self) -> tuple[float, float]:
        measured = self.reached + self.unreached
        values = [row["units"] for row in measured + self.exact + self.references]
        values += [row["any"] for row in self.spans]
        frame = max([HIGHEST] + [row["units"] for row in measured])
        return min(values) * 0.93, max(value for value in values if value <= frame) * 1.1

    def x(self) -> alt.X:
        margin = 0.35
        if self.logarithmic:
            scale = alt.Scale(
                type="log", base=2, nice=False, domain=[self.ns[0] * 0.93, self.ns[-1] * 1.07]
            )
        else:
            scale = alt.Scale(domain=[self.ns[0] - margin, self.ns[-1] + margin], nice=False)
        return alt.X(
            "place:Q",
            scale=scale,
            title="bits n" + " (log scale)" * self.logarithmic,
            axis=alt.Axis(values=self.ns, format="d", grid=False),
        )

    def y(self) -> alt.Y:
        notes = {
            "gates": "gates without the output gate",
            "hidden units": "hidden units",
            "units and gates": "hidden units, or gates",
        }
        powers = [2**e for e in range(int(log2(self.high)) + 1) if 2**e >= self.low]
        return alt.Y(
            "units:Q",
            title=notes[self.unit] + " (log scale)",
            scale=alt.Scale(type="log", base=2, nice=False, domain=[self.low, self.high]),
            axis=alt.Axis(values=powers, format="d"),
        )

    def layers(self, pick: alt.Parameter | None) -> list[alt.Chart]:
        """All marks; with a legend that filters, or without a legend."""
        scales = arm_scales(self.names, self.measured)
        legend = legend_of_arms(self.measured) if pick else None
        color = alt.Color("arm:N", scale=alt.Scale(**scales["color"]), legend=legend)
        dash = alt.StrokeDash("arm:N", scale=alt.Scale(**scales["strokeDash"]), legend=legend)
        shape = alt.Shape("arm:N", scale=alt.Scale(**scales["shape"]), legend=legend)
        # The lines for scale come last: a legend picks by the arms of the first layer.
        return [
            *self._exact_layers(color, dash, pick),
            *self._span_layers(color, pick),
            *self._measured_layers(color, dash, shape, pick),
            *self._reference_layers(pick),
        ]

    def _exact_layers(
        self, color: alt.Color, dash: alt.StrokeDash, pick: alt.Parameter | None
    ) -> list[alt.Chart]:
        if not self.exact:
            return []
        shown = [row for row in self.exact if row["units"] <= self.high]
        return [
            alt.Chart(inline(self.exact))
            .mark_line(strokeWidth=2 if self.measured else 2.5, clip=True)
            .encode(x=self.x(), y=self.y(), color=color, strokeDash=dash, opacity=faded(pick)),
            alt.Chart(inline(shown))
            .mark_point(filled=True, size=45, shape="circle")
            .encode(
                x=self.x(),
                y=self.y(),
                color=color,
                opacity=faded(pick),
                tooltip=[
                    *OF_ARM,
                    alt.Tooltip("units_text:N", title="units"),
                    alt.Tooltip("depth:Q", title="depth"),
                    alt.Tooltip("evidence:N", title="known by"),
                ],
            ),
        ]

    def _span_layers(self, color: alt.Color, pick: alt.Parameter | None) -> list[alt.Chart]:
        """From the fewest units for half of the seeds down to the fewest for any."""
        if not self.spans:
            return []
        base = alt.Chart(inline(self.spans)).encode(x=self.x(), y=alt.Y("any:Q"), color=color)
        between = [row for row in self.reached if row["low"] < row["units"]]
        return [
            alt.Chart(inline(between))
            .mark_rule(strokeWidth=6)
            .encode(
                x=self.x(),
                y=alt.Y("low:Q"),
                y2=alt.Y2("units:Q"),
                color=color,
                opacity=faded(pick, 0.35),
            ),
            base.mark_rule(strokeWidth=2).encode(y2=alt.Y2("units:Q"), opacity=faded(pick, 0.75)),
            base.mark_tick(thickness=2, size=9 if self.is_roomy else 6, orient="horizontal").encode(
                opacity=faded(pick)
            ),
        ]

    def _measured_layers(
        self, color: alt.Color, dash: alt.StrokeDash, shape: alt.Shape, pick: alt.Parameter | None
    ) -> list[alt.Chart]:
        layers = []
        of_arm = OF_ARM + [alt.Tooltip("k:Q", title="label: parity of k bits")] * bool(self.sparse)
        if self.reached:
            base = alt.Chart(inline(self.reached)).encode(
                x=self.x(), y=self.y(), color=color, opacity=faded(pick)
            )
            layers += [
                base.mark_line(strokeWidth=2.5 if self.is_roomy else 1.5).encode(
                    strokeDash=dash, detail=alt.Detail("part:N")
                ),
                base.mark_point(
                    filled=True, size=95 if self.is_roomy else 70, strokeWidth=0
                ).encode(
                    shape=shape,
                    tooltip=[
                        *of_arm,
                        alt.Tooltip("half:N", title="units, half of the seeds"),
                        alt.Tooltip("share:N", title="seeds that solved it"),
                        alt.Tooltip("any:Q", title="units, any seed"),
                    ],
                ),
            ]
        if self.unreached:
            layers.append(
                alt.Chart(inline(self.unreached))
                .mark_point(filled=False, size=130 if self.is_roomy else 90, strokeWidth=2)
                .encode(
                    x=self.x(),
                    y=self.y(),
                    color=color,
                    shape=shape,
                    opacity=faded(pick),
                    tooltip=[
                        *of_arm,
                        alt.Tooltip("units:Q", title="not reached; most units tried"),
                        alt.Tooltip("share:N", title="most seeds that solved it"),
                        alt.Tooltip("any:Q", title="units, any seed"),
                    ],
                )
            )
        return layers

    def _reference_layers(self, pick: alt.Parameter | None) -> list[alt.Chart]:
        """Lines for scale, named on the page at their ends, as a legend does not hold them."""
        if not self.references:
            return []
        lines = (
            alt.Chart(inline(self.references))
            .mark_line(color=MUTED, strokeWidth=1, opacity=0.6, clip=True)
            .encode(x=self.x(), y=self.y(), detail=alt.Detail("line:N"))
        )
        if pick is None:
            return [lines]
        ends = {row["line"]: row for row in self.references if row["units"] <= self.high}
        return [
            lines,
            alt.Chart(inline(list(ends.values())))
            .mark_text(align="right", dx=-4, dy=15, color=MUTED)
            .encode(x=self.x(), y=self.y(), text=alt.Text("line:N")),
        ]

    def labels(self) -> Picture:
        """The names at the right ends of the lines."""
        ends: dict[str, float] = {}
        for row in self.exact + sorted(self.reached + self.unreached, key=lambda row: row["n"]):
            ends[row["arm"]] = row["units"]
        for row in self.references:
            ends[row["line"]] = row["units"]
        scales = arm_scales(self.names, self.measured)
        looks = {
            name: {"colour": colour, "dash": dash, "shape": shape if shape != "stroke" else None}
            for name, colour, dash, shape in zip(
                self.names,
                *(scales[key]["range"] for key in ("color", "strokeDash", "shape")),
                strict=True,
            )
        }
        span = log(self.high / self.low)

        def end(name: str, value: float) -> End:
            y = self.height * (1 - log(min(value, self.high) / self.low) / span)
            text = name + " ↑" if value > self.high else name
            return End(text, self.width, y, **looks.get(name, {"colour": MUTED, "dash": [1, 0]}))

        return end_labels([end(*line) for line in ends.items()], self.height)


def _caption(plot: _Plot, deepening: list[str], without_units: list[str]) -> str:
    says, said = sentences.Units, []
    if plot.reached or plot.spans:
        said.append(says.MARKS)
    if plot.unreached:
        said.append(says.UNREACHED)
    if plot.exact:
        lines = "Grey lines" if plot.measured else "Lines"
        said.append(says.EXACT.format(lines=lines, evidence=evidence.of(plot.exact)))
    said += sentences.of_sparse(plot.sparse)
    said += [says.DEEPENING.format(arm=arm) for arm in deepening if arm in plot.names]
    if plot.cut:
        row = max(plot.cut, key=lambda row: (row["units"], row["n"]))
        line = row.get("arm", row.get("line"))
        said.append(says.CUT.format(line=line, units=scientific(row["units"]), n=row["n"]))
    if plot.trained:
        said.append(says.TRAINED)
    elif plot.measured:
        said.append(says.FROZEN)
    else:
        said.append(says.BUILT)
    if without_units:
        said.append(says.WITHOUT_UNITS.format(arms=", ".join(without_units)))
    return " ".join(said)


def scientific(value: int) -> str:
    """A number that can be read: as it is, or rounded to three digits."""
    if value < 10**6:
        return str(value)
    factor, exponent = f"{float(value):.2e}".split("e+")
    return f"about {factor}·10^{int(exponent)}"
