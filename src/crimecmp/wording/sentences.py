"""Verdicts as sentences: one table of templates, one template for each case.

A template says what its method gives and no more. Nothing else in the program puts a verdict into a
sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crimecmp.comparison.methods import CHANGES, COUNTS, MARGINS, MEAN, PROPORTIONS, ROUNDING
from crimecmp.comparison.row import Claim, Comparison, Side
from crimecmp.comparison.verdict_words import (
    ABOVE,
    BELOW,
    HIGH,
    HIGHER,
    LOW,
    LOWER,
    NOT_TESTED,
    OTHERS,
    POISSON,
    REST,
    SIMILAR,
    USUAL,
    WITHIN,
)
from crimecmp.tables.cells import per
from crimecmp.text import UNBREAKABLE, ordinal, period_name, places_shown, rounded
from crimecmp.wording.figure_words import (
    base_words,
    figure_words,
    level_words,
    percent_words,
    range_words,
    rates_words,
)
from crimecmp.wording.labels import year_words

SENTENCES = {
    "rate, usual variation": (
        "The rate of {measure} in {force} was {percent} {direction} than in {benchmark} in the "
        "{year}: more than forces' rates usually differ from one year to the next ({gap}{level} "
        "interval {usual})."
    ),
    "rate, within usual variation": (
        "The rate of {measure} in {force} was {percent} {direction} than in {benchmark} in the "
        "{year}: more than random variation in separate {events} would explain, but no more than a "
        "force's rate usually moves in a year ({gap}{level} interval {usual})."
    ),
    "rate, Poisson variation": (
        "The rate of {measure} in {force} was {percent} {direction} than in {benchmark} in the "
        "{year}: more than random variation in separate {events} would explain ({gap}{level} "
        "interval {interval}). Usual variation between years is not known."
    ),
    "rate, no interval": (
        "The rate of {measure} in {force} was {percent} {direction} than in {benchmark} in the "
        "{year}: more than random variation in separate {events} would explain. A count is zero, "
        "so the ratio has no interval."
    ),
    "rate, group mean": (
        "The rate of {measure} in {force} was {percent} {direction} than {benchmark} in the "
        "{year}: more than random variation in separate {events} would explain. Variation between "
        "years is not in this test."
    ),
    "figures, Poisson variation": (
        "{force} {own}, {benchmark} {other}: {direction}, and more than random variation in "
        "separate {events} would explain ({level} interval {interval} than {tested})."
    ),
    "figures, ratio": (
        "{force} {own}, {benchmark} {other}: {direction}, and more than random variation in "
        "separate {events} would explain ({level} interval of the ratio to {tested} {index})."
    ),
    "figures, no interval": (
        "{force} {own}, {benchmark} {other}: {direction}, and more than random variation in "
        "separate {events} would explain. A count is zero, so the ratio has no interval."
    ),
    "figures, sampling error": (
        "{force} {own}, {benchmark} {other}: {direction}, and more than sampling error would "
        "explain ({level} interval {interval})."
    ),
    "figures, rounding": (
        "{force} {own}, {benchmark} {other}: {direction}, whatever the rounding. {untested}"
    ),
    "smallest base": (
        "If {events} were independent, an area with at least {base} would be needed to tell this "
        "from random variation. {Events} cluster, so the true size is larger."
    ),
    "smallest base, survey": (
        "In a simple random sample at least {base} would be needed to tell this from sampling "
        "error."
    ),
    "smallest base, usual variation": (
        "With the usual variation between years it is at least {usual_base}."
    ),
    "no base, usual variation": (
        "With the usual variation between years no size would be enough: forces' rates usually "
        "move by more than this in a year."
    ),
    "own interval": (
        "Random variation around {force}'s count alone allows a rate of {own_interval} ({level} "
        "interval)."
    ),
    "approximate interval": "The interval is approximate: the exact test decides.",
    "no clear difference": "No clear difference from {tested} at {level}: {widest}.",
    "no clear difference, ratio": (
        "No clear difference from {tested} at {level}: the ratio is between {index_ends}."
    ),
    "no clear difference, no interval": (
        "No clear difference from {tested} at {level}. A count is zero, so the ratio has no "
        "interval."
    ),
    "no clear difference, group mean": (
        "No clear difference from {benchmark} at {level}: {interval}."
    ),
    "no clear change": "No clear change since the {year_before} at {level}: {interval}.",
    "no clear difference of changes": (
        "{lead}: no clear difference between the two changes ({level} interval of the relative "
        "index {widest_index})."
    ),
    "two falls": "{Measure} fell by {more} in {force} ({own}) than in {benchmark} ({other}) {span}",
    "two rises": "{Measure} rose by {more} in {force} ({own}) than in {benchmark} ({other}) {span}",
    "equal changes": "{Measure} changed by {own} in {force} and in {benchmark} {span}",
    "a fall and a rise": (
        "{Measure} fell in {force} ({own}) and rose in {benchmark} ({other}) {span}"
    ),
    "a rise and a fall": (
        "{Measure} rose in {force} ({own}) and fell in {benchmark} ({other}) {span}"
    ),
    "a change and none": (
        "{Measure} changed by {own} in {force} and by {other} in {benchmark} {span}"
    ),
    "changes, usual variation": (
        "{lead}: a larger gap than forces' counts usually show over {years} ({level} interval of "
        "the relative index {usual_index})."
    ),
    "changes, within usual variation": (
        "{lead}: a larger gap than random variation in separate {events} would explain, but no "
        "larger than forces' counts usually show over {years} ({level} interval of the relative "
        "index {usual_index})."
    ),
    "changes, Poisson variation": (
        "{lead}: a larger gap than random variation in separate {events} would explain ({level} "
        "interval of the relative index {index}). Usual variation between years is not known."
    ),
    "changes, not tested": "{lead}. Not tested: {reason}",
    "not tested": "Not tested: {reason}",
    "unusual": (
        "{force} is {unusual} among forces: {beyond} the range expected of a force of its size "
        "({range}{unit})."
    ),
    "weak evidence": (
        "About {expected} of {forces} forces would be flagged by chance; {flagged} {were}, so this "
        "alone is weak evidence."
    ),
    "flagged": (
        "About {expected} of {forces} forces would be flagged by chance; {flagged} {were}."
    ),
    "weak evidence, any level": (
        "Allowing for the {forces} forces tested, q is {q}: this alone is weak evidence."
    ),
    "normal spread": "At {level} this assumes a normal spread between forces.",
    "unusual, at the edge": (
        "{force} is {unusual} among forces: at the end of the range expected of a force of its "
        "size ({range}{unit})."
    ),
    "outside, not unusual": (
        "{force} is outside the range expected of a force of its size ({range}{unit}), but random "
        "variation alone would explain it, so it is not called unusual."
    ),
    "not unusual": (
        "{force} is within the range expected of a force of its size ({range}{unit})."
    ),
    "rank": "{rank} of {forces} by rate; random variation alone allows {places}.",
    "rank alone": "{rank} of {forces} by rate; random variation alone allows no other place.",
    "within group": (
        "{force} is within the {level} range expected of one more force like those of {group} "
        "({range}{unit})."
    ),
    "above group": (
        "{force} is above the {level} range expected of one more force like those of {group} "
        "({range}{unit})."
    ),
    "below group": (
        "{force} is below the {level} range expected of one more force like those of {group} "
        "({range}{unit})."
    ),
    "group not tested": "Whether {force} is usual for {group} is not tested: {reason}",
}  # fmt: skip
"""The template of each case, with what is filled in between braces."""

SHORT = {
    "counts": (
        "ratio to {tested} {ratio} ({level} interval {poisson_index} by random variation"
        "{with_usual})"
    ),
    "with usual": ", {usual_index} with usual variation",
    "points": "{level} interval {interval}",
    "changes": (
        "relative index {ratio} ({level} interval {poisson_index} by random variation{with_usual})"
    ),
    "difference": "{level} interval of the difference {interval}",
    "rounding": "{allowed}, whatever the rounding{from_base}",
    "from base": "; exceeds random variation with at least {base}",
    "from usual base": ", and usual variation with at least {usual_base}",
    "no usual base": ", but not usual variation at any size",
    "no interval": "{allowed} within rounding; a count is zero, so the ratio has no interval",
    "not tested": "{allowed} within rounding; not tested. {reason}",
    "not tested, no range": "not tested. {reason}",
}
"""What a table does not show of a verdict, for the notes under it."""


def verdict_words(row: Comparison) -> str:
    """Return a verdict for a table, with its reading: `lower, no more than usual`."""
    words = _change_words(row) or _VERDICTS.get(row.tested.verdict, row.tested.verdict)
    reading = f" ({row.tested.reading})" if row.tested.reading else ""
    return f"{words}{reading}{_strength(row)}"


_VERDICTS = {SIMILAR: "no clear difference"}

NO_MORE, ALONE = "*", "†"
"""The marks of a difference that is no larger than usual variation, and of one that is not tested
against it."""


def marked_verdict(row: Comparison) -> str:
    """Return a verdict for a brief table, marked where it is no more than usual: `lower *`."""
    if row.difference is None:
        return ""
    words = _change_words(row) or _VERDICTS.get(row.tested.verdict, row.tested.verdict)
    reading = f" ({row.tested.reading})" if row.tested.reading else ""
    return UNBREAKABLE.join(filter(None, [f"{words}{reading}", mark_of(row)]))


def interval_words(row: Comparison) -> str:
    """Return the interval of a difference that is not clear: `95% interval -3.3 to +1.3 points`."""
    low, high = row.tested.interval_low, row.tested.interval_high
    if row.tested.method not in (MARGINS, PROPORTIONS) or low is None or high is None:
        return " interval ".join(filter(None, [level_words(row), _test_interval(row)]))
    ends = " to ".join(rounded(end, 1, signed=True) for end in (low, high))
    return f"{level_words(row)} interval {ends} points"


def alone_words(row: Comparison) -> str:
    """Return what it means that a difference is not tested against usual variation."""
    return KINDS["alone"].format(level=level_words(row))


def plain_verdict(row: Comparison) -> str:
    """Return one verdict for a row of a picture; empty where there is nothing to compare."""
    if row.difference is None:
        return ""
    words = _change_words(row) or _VERDICTS.get(row.tested.verdict, row.tested.verdict)
    reading = f" ({row.tested.reading})" if row.tested.reading else ""
    weaker = ", within usual movement" if mark_of(row) == NO_MORE else ""
    return f"{words}{reading}{weaker}"


def plain_kinds(rows: Iterable[Comparison]) -> list[str]:
    """Return what kind of verdicts a picture has, which shows words in place of marks."""
    rows = list(rows)
    if any(mark_of(row) == NO_MORE for row in rows):
        return [WITHIN_USUAL.format(level=level_words(rows[0]))]
    return [line.removeprefix(f"{ALONE} ") for line in kind_words(rows)]


WITHIN_USUAL = (
    "Within usual movement: more than random variation, but no more than what forces' counts "
    "usually move from year to year ({level})."
)
"""What it means that a difference is within usual movement."""


def mark_of(row: Comparison) -> str:
    """Return the mark of a difference that usual variation could explain, or may; else empty."""
    if row.beyond.beyond != POISSON or row.tested.verdict not in (HIGHER, LOWER):
        return ""
    return NO_MORE if row.beyond.usual_p is not None else ALONE


def kind_words(rows: Iterable[Comparison]) -> list[str]:
    """Return what kind of verdicts some rows have, one short line a kind."""
    rows = list(rows)
    rounding = _rounding_words(rows)
    different = [row for row in rows if row.tested.verdict in (HIGHER, LOWER)]
    level = level_words(rows[0]) if rows else ""
    marks = {mark_of(row) for row in different}
    beyond = any(row.beyond.beyond == USUAL for row in different)
    cases = [
        *(["both" if beyond else "within"] if NO_MORE in marks else ["beyond"] if beyond else []),
        *(["alone"] if ALONE in marks else []),
        *(row.tested.method for row in different if row.tested.method in KINDS),
        *(["no difference"] if not different and any(map(_is_similar, rows)) else []),
    ]
    return [KINDS[case].format(level=level, rounding=rounding) for case in dict.fromkeys(cases)]


def _rounding_words(rows: Iterable[Comparison]) -> str:
    """Return what rounding does to some differences: the widest range that it allows of one."""
    ranges = [
        (high - low, low, high, row)
        for row in rows
        if row.tested.method == ROUNDING and row.percent_difference is not None
        if (low := row.tested.percent_difference_low) is not None
        if (high := row.tested.percent_difference_high) is not None
    ]
    if not ranges:
        return "cannot reverse a difference"
    _, low, high, row = max(ranges, key=lambda found: found[0])
    label = f"{row.label[:1].lower()}{row.label[1:]}"
    return f"blurs differences ({label}: {range_words(low, high, 0, '%')}) but reverses none"


def _is_similar(row: Comparison) -> bool:
    return row.tested.verdict == SIMILAR


def among_words_line(rows: Iterable[Comparison]) -> str:
    """Return what it means that a force is unusual among forces, in one line."""
    return KINDS["among"].format(level=level_words(next(iter(rows))))


KINDS = {
    "among": (
        "Unusual: outside the {level} range for a force of its size, by the spread of the others."
    ),
    "both": ("* No more than counts usually move between years ({level}); without a mark, more."),
    "beyond": (
        "The differences are larger than forces' counts usually move from year to year ({level})."
    ),
    "within": (
        "* More than random variation, but no more than forces' counts usually move from year to "
        "year ({level})."
    ),
    "alone": (
        "† More than random variation in separate crimes would explain ({level}); variation "
        "between years is not tested."
    ),
    ROUNDING: "Rounding {rounding}; without counts chance cannot be tested.",
    MARGINS: "Tested against sampling error ({level}).",
    PROPORTIONS: "Tested against random variation ({level}).",
    "no difference": "No clear difference at {level} does not mean no difference.",
}
"""What kind of verdict a page gives, in one line."""


def _change_words(row: Comparison) -> str:
    """Return a verdict on two changes as rises and falls; empty for any other.

    A change whose interval includes zero is neither; where that is so of both, one is only higher.
    """
    own, other = row.force_value, row.benchmark_value
    if row.kind != "change" or row.tested.verdict not in (HIGHER, LOWER):
        return ""
    if own is None or other is None:
        return ""
    clear, other_clear = _is_clear(row.own), _is_clear(row.other)
    if not clear:
        way = "fall" if other < 0 else "rise"
        return f"no clear change, against a {way}" if other_clear else ""
    if not other_clear:
        return f"{'fell' if own < 0 else 'rose'}, against no clear change"
    if own * other == 0:
        return ""
    if own * other < 0:
        return "fell, against a rise" if own < 0 else "rose, against a fall"
    return f"{'fell' if own < 0 else 'rose'} by {'more' if abs(own) > abs(other) else 'less'}"


def _is_clear(side: Side) -> bool:
    """Return whether a change is known to be a rise or a fall, as far as its counts can tell."""
    return side.low is None or side.high is None or side.low > 0 or side.high < 0


def _strength(row: Comparison) -> str:
    """Return how a difference compares with usual variation; empty where that is not known."""
    gap = "gap " if row.kind == "change" else ""
    if row.beyond.beyond == USUAL:
        return f", {gap}more than usual"
    if row.beyond.beyond == POISSON and row.beyond.usual_p is not None:
        return f", {gap}no more than usual"
    return ""


def basis_words(row: Comparison) -> str:
    """Return the basis of a verdict: `after rounding` or a level; empty for `not tested`."""
    if row.tested.verdict == NOT_TESTED:
        return ""
    return "after rounding" if row.tested.method == ROUNDING else level_words(row)


def verdict_and_basis(row: Comparison) -> str:
    """Return a verdict with its basis, such as `higher (better), 95%`."""
    return ", ".join(filter(None, [verdict_words(row), basis_words(row)]))


def claim_verdict(claim: Claim) -> str:
    """Return the verdict on a claim with its basis, without `better` or `worse`."""
    row = claim.figures
    words = _VERDICTS.get(claim.verdict, claim.verdict)
    strength = _strength(row).removeprefix(", ") if row else ""
    return ", ".join(filter(None, [words, strength, basis_words(row) if row else ""]))


def sentence(row: Comparison, force: str, benchmark: str) -> str:
    """Return the result of a comparison in a few sentences, the widest test first.

    Parameters
    ----------
    row
        The comparison.
    force, benchmark
        The names of the two.
    """
    said = _verdict(row, force, benchmark)
    return " ".join(filter(None, [*said, among_sentence(row, force)]))


def _verdict(row: Comparison, force: str, benchmark: str) -> Iterable[str]:
    values = _values(row, force, benchmark)
    verdict, method = row.tested.verdict, row.tested.method
    if row.kind == "change" and verdict != NOT_TESTED:
        yield _filled(_change_case(row), values)
    elif row.kind == "change" and row.difference is not None:
        yield _filled("changes, not tested", values)
    elif verdict == NOT_TESTED:
        yield _filled("not tested", values)
    elif verdict == SIMILAR:
        yield _filled(_similar_case(row), values)
    elif method == ROUNDING:
        yield _filled("figures, rounding", values)
        yield from _bases(row, values)
    elif method == MARGINS:
        yield _filled("figures, sampling error", values)
    elif row.kind != "rate" or row.percent_difference is None:
        yield _filled(_figures_case(row), values)
    else:
        yield _filled(_rate_case(row), values)
    if _is_at_odds(row):
        yield SENTENCES["approximate interval"]


def _is_at_odds(row: Comparison) -> bool:
    """Return whether the interval that is shown and the exact test, which decides, disagree."""
    low, high = row.tested.interval_low, row.tested.interval_high
    shown = row.tested.method == COUNTS and row.beyond.usual_low is None
    if not shown or low is None or high is None:
        return False
    return (row.tested.verdict == SIMILAR) != (low <= 1 <= high)


def _similar_case(row: Comparison) -> str:
    if row.against_itself:
        return "no clear change"
    if row.tested.method == MEAN:
        return "no clear difference, group mean"
    if row.tested.interval_low is None:
        return "no clear difference, no interval"
    return "no clear difference, ratio" if _of_ratios(row) else "no clear difference"


def _figures_case(row: Comparison) -> str:
    if row.tested.interval_low is None:
        return "figures, no interval"
    return "figures, ratio" if _of_ratios(row) else "figures, Poisson variation"


def _of_ratios(row: Comparison) -> bool:
    """Return whether two percentages are tested by their ratio, which is no number of points."""
    return row.unit == "%" and row.tested.method == COUNTS


def _rate_case(row: Comparison) -> str:
    if row.tested.method == MEAN:
        return "rate, group mean"
    if row.tested.interval_low is None:
        return "rate, no interval"
    if row.beyond.beyond == USUAL:
        return "rate, usual variation"
    known = row.beyond.usual_p is not None
    return "rate, within usual variation" if known else "rate, Poisson variation"


def _change_case(row: Comparison) -> str:
    if row.tested.verdict == SIMILAR:
        return "no clear difference of changes"
    if row.beyond.beyond == USUAL:
        return "changes, usual variation"
    known = row.beyond.usual_p is not None
    return "changes, within usual variation" if known else "changes, Poisson variation"


def _bases(row: Comparison, values: dict[str, str]) -> Iterable[str]:
    """Yield how large an area must be for printed figures to differ by more than random."""
    if row.tested.smallest_base is not None:
        survey = row.kind == "satisfaction"
        yield _filled("smallest base, survey" if survey else "smallest base", values)
        if row.beyond.smallest_base_usual is not None:
            yield _filled("smallest base, usual variation", values)
        elif row.beyond.usual_sd is not None:
            yield _filled("no base, usual variation", values)
    if values["own_interval"]:
        yield _filled("own interval", values)


def _filled(case: str, values: dict[str, str]) -> str:
    return SENTENCES[case].format_map(values)


def _values(row: Comparison, force: str, benchmark: str) -> dict[str, str]:
    """Return what fills the templates."""
    tested, beyond = row.tested, row.beyond
    against = benchmark
    if beyond.tested_against == REST:
        against = f"the rest of {benchmark}"
    elif beyond.tested_against == OTHERS:
        against = "the other forces of the group"
    measure = row.label[:1].lower() + row.label[1:]
    values = {
        "force": force,
        "benchmark": benchmark,
        "tested": against,
        "measure": measure,
        "Measure": row.label,
        "direction": tested.verdict,
        "level": level_words(row),
        "events": events_words(row),
        "Events": events_words(row).capitalize(),
        "reason": tested.reason,
        "gap": _gap(row, against),
        "untested": _untested(row),
        "year": year_words(row.period_end),
        "year_before": year_words(row.base_period_end) if row.base_period_end else "",
        "percent": "" if row.percent_difference is None else percent_words(row.percent_difference),
        "own": _figure(row, row.own),
        "other": _figure(row, row.other),
        "interval": _test_interval(row),
        "usual": _ratios(beyond.usual_low, beyond.usual_high),
        "index": _index(tested.interval_low, tested.interval_high),
        "usual_index": _index(beyond.usual_low, beyond.usual_high),
        "own_interval": _own_interval(row),
        "index_ends": _index(tested.interval_low, tested.interval_high).replace(" to ", " and "),
        "base": _base(row, tested.smallest_base),
        "usual_base": _base(row, beyond.smallest_base_usual),
    }
    values["widest"] = values["usual"] or values["interval"]
    values["widest_index"] = values["usual_index"] or values["index"]
    if row.kind == "change":
        values |= {
            "own": _moved_by(row.own),
            "other": _moved_by(row.other),
            "span": _span(row),
            "years": _years(row),
        }
        values["lead"] = _lead(row, values)
    return values


def _gap(row: Comparison, against: str) -> str:
    """Return how far a rate is from the rest of the benchmark that it is part of, if it is."""
    ratio = row.beyond.ratio_tested
    if row.beyond.tested_against != REST or ratio is None:
        return ""
    return f"{percent_words(100 * (ratio - 1))} {_way(ratio)} than {against}, "


def _way(ratio: float) -> str:
    return "higher" if ratio > 1 else "lower"


def _untested(row: Comparison) -> str:
    """Return why printed figures are not tested, though there may be counts."""
    counts = (row.force_count, row.force_base, row.benchmark_count, row.benchmark_base)
    return "There are no counts to test." if None in counts else "The counts are too large to test."


def _lead(row: Comparison, values: dict[str, str]) -> str:
    """Return two changes told as rises and falls."""
    own, other = row.force_value, row.benchmark_value
    if own is None or other is None:
        return ""
    if values["own"] == values["other"] and own * other > 0:
        return _filled("equal changes", {**values, "own": _moved_by(row.own, signed=True)})
    if own * other == 0 or not (_is_clear(row.own) and _is_clear(row.other)):
        signed = {
            "own": _moved_by(row.own, signed=True),
            "other": _moved_by(row.other, signed=True),
        }
        return _filled("a change and none", {**values, **signed})
    if own * other < 0:
        return _filled("a fall and a rise" if own < 0 else "a rise and a fall", values)
    more = "more" if abs(own) > abs(other) else "less"
    return _filled("two falls" if own < 0 else "two rises", {**values, "more": more})


def _moved_by(side: Side, *, signed: bool = False) -> str:
    """Return a change: as printed where that was a whole number, else with one decimal."""
    value, places = side.value or 0.0, min(side.decimals or 0, 1)
    return f"{rounded(value if signed else abs(value), places, signed=signed)}%"


def _figure(row: Comparison, side: Side) -> str:
    text = figure_words(row, side)
    return f"{text}%" if row.unit == "%" else text


def _span(row: Comparison) -> str:
    if row.base_period_end is None:
        return ""
    return (
        f"between the years to {period_name(row.base_period_end)} and {period_name(row.period_end)}"
    )


def _years(row: Comparison) -> str:
    if row.base_period_end is None:
        return "a year"
    months = 12 * (row.period_end.year - row.base_period_end.year)
    months += row.period_end.month - row.base_period_end.month
    years = rounded(months / 12, 2).rstrip("0").rstrip(".")
    return "a year" if years == "1" else f"{years} years"


def events_words(row: Comparison) -> str:
    """Return what a metric counts: anti-social behaviour is incidents, which are no crimes."""
    return "incidents" if "incident" in row.label.lower() else "crimes"


def _ratios(low: float | None, high: float | None) -> str:
    """Return the range of a ratio as percentages: `15.4% to 28.8% lower`."""
    if low is None or high is None:
        return ""
    below, above = (100 * (end - 1) for end in (low, high))
    if above <= 0:
        return f"{percent_words(above)} to {percent_words(below)} lower"
    if below >= 0:
        return f"{percent_words(below)} to {percent_words(above)} higher"
    return f"between {percent_words(below)} lower and {percent_words(above)} higher"


def _index(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return ""
    return f"{rounded(low, 3)} to {rounded(high, 3)}"


def _test_interval(row: Comparison) -> str:
    """Return the interval of a test in words; empty where it has none."""
    low, high = row.tested.interval_low, row.tested.interval_high
    if low is None or high is None:
        return ""
    if row.tested.method in (MARGINS, PROPORTIONS):
        return _differences(low, high, 1, " points")
    if row.tested.method == MEAN:
        return _differences(low, high, places_shown(row.difference or 0.0, 5), f" {row.unit}")
    return _ratios(low, high)


def _differences(low: float, high: float, places: int, unit: str) -> str:
    if low > 0 or high < 0:
        ends = sorted((abs(low), abs(high)))
        way = "higher" if low > 0 else "lower"
        return f"{rounded(ends[0], places)} to {rounded(ends[1], places)}{unit} {way}"
    return (
        f"between {rounded(abs(low), places)}{unit} lower and {rounded(high, places)}{unit} higher"
    )


def _base(row: Comparison, base: int | None) -> str:
    return "" if base is None else f"{base:,} {base_words(row)}"


def _own_interval(row: Comparison) -> str:
    """Return the interval from the force's count; empty if more is known."""
    low, high = row.tested.force_low, row.tested.force_high
    count = None if row.force_margin is not None else row.force_count
    if low is None or high is None or count is None or row.tested.benchmark_low is not None:
        return ""
    if per(row.unit) is None:
        return ""
    places = places_shown(low, max(row.force_decimals or 0, 1) + 1)
    return f"{rounded(low, places)} to {rounded(high, places)}"


def among_sentence(row: Comparison, force: str) -> str:
    """Return whether a force is unusual among forces, and its rank; empty if not tested."""
    among, prediction = row.among, row.prediction
    low, high = prediction.prediction_low, prediction.prediction_high
    if among.among_forces == NOT_TESTED or low is None or high is None:
        return ""
    values = {
        "force": force,
        "unusual": among.among_forces,
        "beyond": "above" if among.among_forces == HIGH else "below",
        "range": rates_words(row, low, high),
        "unit": f" {row.unit}",
        "forces": str(among.forces_ranked),
    }
    rate = row.force_value
    outside = rate is not None and not low <= rate <= high
    if among.among_forces not in (HIGH, LOW):
        case = "outside, not unusual" if outside else "not unusual"
        return " ".join([_filled(case, values), rank_sentence(row)])
    said = [_filled("unusual" if outside else "unusual, at the edge", values)]
    if is_weak(row):
        said.append(flagged(row, WEAK if level_words(row) == _MANY_BY_CHANCE else _WEAK_AT_ANY))
    if level_words(row) != _MANY_BY_CHANCE:
        said.append(SENTENCES["normal spread"].format(level=level_words(row)))
    return " ".join([*said, rank_sentence(row)])


_MANY_BY_CHANCE = "95%"
_WEAK_AT_ANY = "weak evidence, any level"
_WEAK_FROM = 0.05


WEAK = "weak evidence"
"""The case of a force that is unusual, while about as many would be by chance."""


def is_weak(row: Comparison) -> bool:
    """Return whether a force is unusual, but not once the number of forces is allowed for."""
    q = row.prediction.prediction_q
    unusual = row.among.among_forces in (HIGH, LOW)
    return unusual and q is not None and q >= _WEAK_FROM


def flagged(row: Comparison, case: str = "flagged") -> str:
    """Return how many forces are flagged, and how many would be by chance."""
    forces, found = row.among.forces_ranked or 0, row.prediction.unusual_forces or 0
    expected = forces * (1 - row.tested.interval_level)
    return SENTENCES[case].format(
        expected=rounded(expected, 0 if expected >= 1 else 1),
        q=rounded(row.prediction.prediction_q or 0.0, 2),
        forces=forces,
        flagged=found or "none",
        were="was" if found in (0, 1) else "were",
    )


def among_words(row: Comparison) -> str:
    """Return a force's place among forces: `not unusual, 19th of 42`; empty if not tested."""
    among = row.among
    if among.among_forces == NOT_TESTED or among.forces_rank is None:
        return ""
    return f"{among.among_forces}, {ordinal(among.forces_rank)} of {among.forces_ranked}"


def places_words(row: Comparison) -> str:
    """Return the places that random variation allows: `18th to 25th`; empty without."""
    low, high = row.prediction.rank_low, row.prediction.rank_high
    if low is None or high is None:
        return ""
    return ordinal(low) if low == high else f"{ordinal(low)} to {ordinal(high)}"


def rank_sentence(row: Comparison) -> str:
    """Return a force's rank with the places that random variation allows; empty without."""
    if row.among.forces_rank is None or not places_words(row):
        return ""
    alone = row.prediction.rank_low == row.prediction.rank_high
    return SENTENCES["rank alone" if alone else "rank"].format(
        rank=ordinal(row.among.forces_rank),
        forces=row.among.forces_ranked,
        places=places_words(row),
    )


def group_sentence(row: Comparison, force: str, group: str) -> str:
    """Return whether a force is usual for its group, or why that is not tested; empty without."""
    place = row.in_group
    if place.among_group is None:
        return ""
    if place.group_low is None or place.group_high is None:
        return SENTENCES["group not tested"].format(
            force=force, group=group, reason=place.group_reason
        )
    case = {WITHIN: "within group", ABOVE: "above group", BELOW: "below group"}[place.among_group]
    return SENTENCES[case].format(
        force=force,
        group=group,
        level=level_words(row),
        range=rates_words(row, place.group_low, place.group_high),
        unit=f" {row.unit}",
    )


def short_sentence(row: Comparison, benchmark: str) -> str:
    """Return what a table does not show of a verdict: its intervals, or what rounding allows."""
    values = _values(row, "", benchmark)
    values["allowed"] = _allowed_range(row)
    method, ratio = row.tested.method, row.beyond.ratio_tested
    if method in (MARGINS, PROPORTIONS):
        return SHORT["points"].format_map(values)
    if method == MEAN:
        return SHORT["difference"].format_map(values)
    if ratio is not None and row.tested.interval_low is not None:
        values["ratio"] = rounded(ratio, 3)
        values["poisson_index"] = values["index"]
        usual = SHORT["with usual"].format_map(values) if values["usual_index"] else ""
        case = "changes" if method == CHANGES else "counts"
        return SHORT[case].format_map({**values, "with_usual": usual})
    if method == COUNTS:
        return SHORT["no interval"].format_map(values)
    if row.tested.difference_low is None:
        return SHORT["not tested, no range"].format_map(values)
    if method != ROUNDING:
        return SHORT["not tested"].format_map(values)
    bases = ""
    if row.tested.smallest_base is not None:
        bases = SHORT["from base"].format_map(values)
        if row.beyond.smallest_base_usual is not None:
            bases += SHORT["from usual base"].format_map(values)
        elif row.beyond.usual_sd is not None:
            bases += SHORT["no usual base"].format_map(values)
    own = f". {_filled('own interval', {**values, 'force': 'the force'})}" * bool(
        values["own_interval"]
    )
    return SHORT["rounding"].format_map({**values, "from_base": bases}) + own


def _allowed_range(row: Comparison) -> str:
    """Return the range of differences that rounding allows."""
    tested = row.tested
    percent = tested.percent_difference_low, tested.percent_difference_high
    if percent[0] is not None and percent[1] is not None:
        return range_words(percent[0], percent[1], 1, "%")
    low, high = tested.difference_low or 0.0, tested.difference_high or 0.0
    places = places_shown(row.difference or 0.0, _decimals(row))
    return f"{range_words(low, high, places, '')}{' points' if row.unit == '%' else ''}"


def _decimals(row: Comparison) -> int:
    printed = (row.force_decimals, row.benchmark_decimals)
    places = [number for number in printed if number is not None]
    return max(places, default=0) + (min(places, default=0) != max(places, default=0))


def finding(rows: Sequence[Comparison], force: str, benchmark: str) -> str:
    """Return the beginning of a finding that some comparisons share, up to their measures."""
    row = rows[0]
    case = _finding_case(row)
    if row.kind == "change":
        case = f"change, {case}"
    elif row.against_itself:
        case = f"{case}, itself"
    reading = f" ({row.tested.reading})" if row.tested.reading else ""
    return FINDINGS[case].format(
        force=force,
        benchmark=benchmark,
        way=f"{row.tested.verdict}{reading}",
        moved=_moved(row).format(force=force, benchmark=benchmark),
        level=level_words(row),
    )


def _moved(row: Comparison) -> str:
    """Return two changes as rises and falls, for a finding on several measures."""
    words = _change_words(row)
    if not words:
        return "Changed differently in {force} and {benchmark}"
    first, against, second = words.capitalize().partition(", against ")
    if "no clear change" in words:
        return f"{first} in {{force}}, against {second} in {{benchmark}}"
    if against:
        return (
            f"{first} in {{force}} and {'rose' if second == 'a rise' else 'fell'} in {{benchmark}}"
        )
    return f"{first} in {{force}} than in {{benchmark}}"


def _finding_case(row: Comparison) -> str:
    if row.tested.verdict in (NOT_TESTED, SIMILAR):
        return row.tested.verdict
    if row.tested.method == ROUNDING:
        return "rounding"
    if row.tested.method == MARGINS:
        return "sampling error"
    if row.beyond.beyond == USUAL:
        return USUAL
    return "within" if row.beyond.usual_p is not None else POISSON


FINDINGS = {
    "usual variation": (
        "{force} is {way} than {benchmark}, by more than forces' rates usually differ from one "
        "year to the next ({level})"
    ),
    "within": (
        "{force} is {way} than {benchmark}, but by no more than a force's rate usually moves in a "
        "year ({level})"
    ),
    "Poisson variation": (
        "{force} is {way} than {benchmark}, by more than random variation would explain ({level})"
    ),
    "sampling error": (
        "{force} is {way} than {benchmark}, by more than sampling error would explain ({level})"
    ),
    "sampling error, itself": (
        "{force} is {way} than a year before, by more than sampling error would explain ({level})"
    ),
    "rounding": "{force} is {way} than {benchmark}, whatever the rounding",
    "rounding, itself": "{force} is {way} than a year before, whatever the rounding",
    "similar": "No clear difference between {force} and {benchmark} at {level}",
    "similar, itself": "No clear change in {force} on the year before at {level}",
    "not tested": "{force} is not tested against {benchmark}",
    "not tested, itself": "{force} is not tested against the year before",
    "change, usual variation": (
        "{moved}, a larger gap than forces' counts usually show ({level})"
    ),
    "change, within": (
        "{moved}, but the gap is no larger than forces' counts usually show ({level})"
    ),
    "change, Poisson variation": (
        "{moved}, a larger gap than random variation would explain ({level})"
    ),
    "change, similar": (
        "No clear difference between the changes in {force} and {benchmark} at {level}"
    ),
    "change, not tested": "The changes in {force} and {benchmark} are not tested",
}  # fmt: skip
"""The beginning of a finding on several measures, by what their verdicts have in common."""
