"""All that figures, page and errors say; what is drawn or read fills in names and numbers."""

from __future__ import annotations

# A figure that is cut in parts, as it has too many arms for one.
PART = "{title}, part {part} of {parts}"


# Arms whose label is the parity of fewer bits than there are.
SPARSE = "Parity of k of the n bits: {arms}."


def of_k(ks: list[int]) -> str:
    """Which k an arm has."""
    return f"k = {ks[0]}" if len(ks) == 1 else f"k = {ks[0]} … {ks[-1]}"


def of_sparse(sparse: dict[str, list[int]]) -> list[str]:
    """The sentence that names arms and k, if there is such an arm."""
    arms = ", ".join(f"{arm} ({of_k(ks)})" for arm, ks in sparse.items())
    return [SPARSE.format(arms=arms)] if arms else []


class Accuracy:
    TITLE = "{name}: accuracy against depth under one budget of units"
    MARKS = (
        "Marks: the mean over the seeds; bars: from the worst to the best seed. Depth 0 is logistic"
        " regression, the dashed line is guessing. Rings: the depth that was chosen."
    )
    HELD_OUT = (
        "Rows held out were never seen in training: parity of rows never seen need not follow from"
        " the others."
    )
    NO_VERDICT = (
        "Deeper networks share the same units, so their layers are narrower: this is no verdict on"
        " depth with units to spare."
    )


class Curves:
    TITLE = "{name}: {value} over the epochs"
    LINES = (
        "Lines: the median over the seeds; bands: from the lower to the upper quartile; for each"
        " arm the number of units that the summary judges (the minimum for half of the seeds, or"
        " the most successful one). A run that ended keeps its last value. The training rows are"
        " the whole truth table unless an arm holds some out: these curves say nothing of rows"
        " never seen."
    )
    LEAST = "Losses below {least:g} are drawn there."
    FOREIGN_KEY = (
        "{file}: key '{key}' is not in trials.csv; both come from one run, so publish them together"
    )


class Depth:
    TITLE = "{name}: {what} against depth"
    LINES = "Lines: {arms}, as deep as another level saves anything."
    MARKS = "Marks without a line: constructions whose depth grows with n."
    ABOVE = "Above the frame, at depth {depth}: {most}."
    CONSTRUCTIONS = (
        "These are sizes of constructions, right on every row or counted; that nothing smaller does"
        " it is not shown here."
    )
    UNTRAINED = (
        "These are sizes of constructions, right on every row or counted; that nothing smaller does"
        " it is not shown here, and nothing here is trained."
    )


class Laws:
    TITLE = "n-bit parity: what grows exponentially, and what does not"
    CAPTION = (
        "Solid: measured, the fewest tanh units with which half of the seeds solve every row, an"
        " upper bound on what training needs; thick bars reach down to the fewest that are not"
        " refuted, thin ones to the fewest with which any seed does. Broken: built, checked on"
        " every row up to n = {checked}, 2^(n-1) beyond by its formula."
    )
    HEADING = "The laws side by side"
    NO_ARM = (
        "{file}: no arm '{arm}', which the picture of the laws shows; publish '{experiment}' with"
        " it, or change laws.py"
    )


class Optimum:
    TITLE = "optimum: the fewest gates of any circuit"
    FILLED = "Filled: the optimum, every smaller number of gates refuted by a SAT solver."
    CONFIRMED = "A second one, {solver}, refutes the same numbers up to n = {n}."
    OPEN = "Open: this search proves nothing between the bars' ends: {bounds}."
    ASSUMED = "n = {ns}: found with the first gates given, which a lower bound never rests on."
    LINE = (
        "The line is the tree of XORs, 3(n-1) gates. Gates count the output gate; such optima say"
        " nothing of larger n."
    )
    REMEDY = "write it anew with 'depthwidth optimum'"


class Success:
    TRAINED_TITLE = "{name}: how surely trained units solve parity of {bits}"
    FROZEN_TITLE = "{name}: how surely random units solve parity of {bits}"
    LINES = (
        "Lines: the share of seeds that solve every row; bands: Wilson's 95 % interval of the"
        " probability, for each point alone."
    )
    TRAINED = (
        "More units do not always help, and a share of 0 says that these seeds failed within this"
        " budget, not that no weights exist."
    )
    FROZEN = (
        "A seed succeeds with every number of units from its own minimum on; at 1 there are as many"
        " random units as a two-level circuit has terms."
    )
    BEYOND = "Beyond the frame: {arms}."


class Units:
    TITLE = "{name}: {unit} against bits n"
    MARKS = (
        "Marks: the fewest units with which at least half of the seeds solved it, every row right;"
        " thick bars go down to the fewest that are not refuted, thin ones to the fewest with which"
        " any seed did."
    )
    UNREACHED = "Open marks: not reached, drawn at the most units tried."
    EXACT = "{lines}: sizes that are written down, {evidence}."
    DEEPENING = "Of the {arm} the smallest over all depths."
    CUT = "The line '{line}' leaves the frame: {units} at n = {n}."
    TRAINED = (
        "A minimum is the smallest size tried that worked: it bounds what training needs from"
        " above, never from below."
    )
    FROZEN = (
        "Frozen units are random and never trained: these numbers say nothing of networks whose"
        " first layer is trained."
    )
    BUILT = "That nothing smaller does it is not shown here."
    WITHOUT_UNITS = "Without hidden units: {arms}, which has no place here."
    ALL_ROWS = "right on every row"
    ROWS_UP_TO = "right on every row up to n = {n}, sampled or counted beyond"
    EXCEPTION = "{arms} up to n = {n}, sampled or counted beyond"
    NEVER = "{arms} sampled or counted"
    NO_ROWS = "sampled or counted"


class Minima:
    SHARE = "{share} (95 % interval {low:.0f} to {high:.0f} %)"


class Report:
    MINIMA = "units that solve every row: for half of the seeds (for any)"
    DASH = (
        "A dash: not within the units tried. A minimum is the smallest number tried that worked."
        " Two numbers: it lies between them. A question mark: found among too few seeds."
    )
    SEARCH = "{arm}: mean accuracy in % of {rows}, the depth chosen in bold"
    ALL_ROWS = "all rows"
    HELD_OUT = "training / held-out rows"


class Command:
    """Errors of what was asked, and of files that are not there."""

    MISNAMED = (
        "error: nothing is published as '{name}'; {hint} A run's folder is drawn with --from."
    )
    DID_YOU_MEAN = "did you mean '{name}'?"
    THERE_ARE = "there are {names}."
    FROM_ALONE = "--from takes one folder, and neither NAME nor --page"
    NOTHING_DRAWN = "{file}: no arm has anything that a figure shows"
    NO_DEFINITION = "{file}: there is no such file; each published experiment has one"
    NOT_JSON5 = "{file}: not JSON5 ({error})"
    NO_KEY = "{file}: no '{key}'; write down what was asked and what was expected"


class Tables:
    """Errors of CSV files; each names the remedy, which depends on the file."""

    REMEDY = (
        "write it anew with 'depthwidth run {name}' (and 'depthwidth publish {name}' for"
        " results/{name})"
    )
    MISSING = "{file}: there is no such file; {remedy}"
    NOT_CSV = "{file}: not a CSV file in UTF-8 ({error}); {remedy}"
    NO_ROWS = "{file}: a header and no rows, so nothing to draw; {remedy}"
    EMPTY = "{file}: empty, without even a header; {remedy}"
    NO_COLUMN = "{file}: no column '{name}'; found {found}; {remedy}"
    TORN = "{file}, row {row}: {fields} fields where the header has {expected}; {remedy}"
    VALUE = "{file}, row {row}, column '{name}': found '{found}', expected {expected}; {remedy}"
