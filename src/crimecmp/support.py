"""Holds what a source says of its figures against the figures: frames in, a frame out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from crimecmp.compare import figures, framed, records
from crimecmp.comparison.columns import CLAIM_ROW
from crimecmp.methods import rounding_interval
from crimecmp.report import Record, Value
from crimecmp.selection import DEFAULT_LEVEL, Selection, no_figures, select
from crimecmp.sentences import range_words
from crimecmp.tables.names import DEFAULT_BENCHMARK, DEFAULT_FORCE
from crimecmp.verdicts import COUNTS, HIGHER, LOWER, NONE, NOT_TESTED, RANGE, ROUNDING, SIMILAR

if TYPE_CHECKING:
    import pandas as pd

    from crimecmp.tables.checked import Row
    from crimecmp.tables.dataset import Dataset

SUPPORTED = "supported"
AS_PRINTED = "supported as printed but untestable"
NOT_SUPPORTED = "not supported"
CANNOT_BE_TOLD = "cannot be told"

_SIGNS = {HIGHER: 1, LOWER: -1, "rise": 1, "fall": -1, SIMILAR: 0}


def claims(data: Dataset, force: str = DEFAULT_FORCE, level: float = DEFAULT_LEVEL) -> pd.DataFrame:
    """Return what is claimed of a force, and whether the figures support it.

    Parameters
    ----------
    data
        What `crimecmp.load` returns.
    force
        Any name of a force.
    level
        Level of confidence of the tests.

    Returns
    -------
    DataFrame
        One row a claim, in the order of their table, with the columns of
        `crimecmp.comparison.columns.CLAIM_ROW`. `support` is `supported` where a test bears the
        claim out, `supported as printed but untestable` where the printed figures do but their
        chance cannot be tested, `not supported`, or `cannot be told` where the figures do
        not answer.

    Raises
    ------
    UnknownNameError
        Where the force is not found.
    NoFiguresError
        Where there is no claim about it.
    """
    selection = select(data, [force], level=level)
    frame = claimed(data, selection)
    if frame.empty:
        raise no_figures(data, "claims", selection)
    return frame


def claimed(data: Dataset, selection: Selection) -> pd.DataFrame:
    """Return the claims about the selected forces, without rows where there is none."""
    known: dict[tuple[str, Selection], list[Record]] = {}
    rows = [
        _held(data, row, selection.level, known)
        for row in data.rows("claims")
        if row["force"] in selection.forces
        and selection.source in (None, row["source"])
        and selection.metric in (None, row["metric"])
    ]
    return framed(rows, CLAIM_ROW)


def _held(
    data: Dataset, claim: Row, level: float, known: dict[tuple[str, Selection], list[Record]]
) -> dict[str, Value]:
    """Return a claim with the comparison that it rests on and what that makes of it."""
    figure = _figure(data, claim, level, known)
    support, reason = _support(claim["asserts"], figure, against=bool(claim["benchmark"]))
    row: dict[str, Value] = {name: figure.get(name) if figure else None for name in CLAIM_ROW}
    if figure is None:
        row |= {"verdict": NOT_TESTED, "method": NONE}
    elif not claim["benchmark"]:
        row |= _without_benchmark(row)
    said = {
        name: claim[name] or None for name in ("claim", "force", "statement", "asserts", "source")
    }
    note = " ".join(filter(None, [reason, claim["note"]]))
    return row | said | {"support": support, "reason": note, "locator": claim["locator"] or None}


def _figure(
    data: Dataset, claim: Row, level: float, known: dict[tuple[str, Selection], list[Record]]
) -> Record | None:
    """Return the comparison that a claim rests on, or None where the data do not hold it.

    Comparisons that several claims rest on are made once, and kept in `known`.
    """
    itself = claim["benchmark"] == claim["force"]
    another = next(name.id for name in data.forces if name.id != claim["force"])
    benchmark = another if itself or not claim["benchmark"] else claim["benchmark"]
    if itself and claim["force"] != DEFAULT_BENCHMARK:
        benchmark = DEFAULT_BENCHMARK
    # A claim without a source has its file for one, which holds no figures.
    described = data.by_id("sources")
    selection = Selection(
        (claim["force"],),
        benchmark,
        claim["metric"],
        claim["source"] if claim["source"] in described else None,
        claim["period_end"],
        level,
    )
    about = (claim["table"], selection)
    if about not in known:
        known[about] = records(figures(data, *about))
    wanted = claim["base_period_end"] or None
    for record in known[about]:
        base = record["base_period_end"]
        same_base = (str(base) if base else None) == wanted
        if same_base and (record["benchmark"] == record["force"]) == itself:
            return record
    return None


def _without_benchmark(row: Record) -> dict[str, Value]:
    """Return a row's fields of comparison emptied: the claim compares with nothing."""
    kept = ("base", "value", "count", "margin", "decimals", "margin_decimals", "low", "high")
    own = {f"force_{name}" for name in kept} | {"base_period_end", "interval_level"}
    plain = ("kind", "metric", "label", "period_end", "unit", "note")
    emptied: dict[str, Value] = {name: None for name in row if name not in (*own, *plain)}
    return emptied | {"verdict": NOT_TESTED, "method": RANGE}


def _support(asserts: str, figure: Record | None, *, against: bool) -> tuple[str, str]:
    """Return how far a comparison supports a claim, and why."""
    if figure is None or figure["force_value"] is None:
        return CANNOT_BE_TOLD, "The data do not hold the figures."
    change = figure["kind"] == "change"
    if not against:
        if not change or asserts not in ("rise", "fall"):
            return CANNOT_BE_TOLD, "The claim compares with nothing, and its figure is no change."
        return _printed_support(asserts, _own_direction(figure), _OWN_REASON)
    reason = str(figure["reason"])
    if figure["level"] is not None:
        return _tested_support(asserts, figure)
    if figure["method"] == ROUNDING:
        return _printed_support(asserts, _SIGNS[str(figure["verdict"])], reason)
    if change and figure["benchmark_value"] is not None:
        sign = _direction(
            cast("float", figure["difference_low"]), cast("float", figure["difference_high"])
        )
        return _printed_support(asserts, sign, reason)
    return CANNOT_BE_TOLD, reason


_OWN_REASON = (
    "The whole range that rounding allows lies on that side of zero; without the counts behind it "
    "chance cannot be tested."
)


def _own_direction(figure: Record) -> int:
    """Return the sign of a change whatever it was rounded from; 0 where that may be either."""
    value, places = cast("float", figure["force_value"]), figure["force_decimals"]
    low, high = rounding_interval(f"{value:.{places}f}")
    return 1 if low > 0 else -1 if high <= 0 else 0


def _direction(low: float, high: float) -> int:
    """Return the sign of a difference within a range whose ends are left out."""
    return 1 if low >= 0 and high > 0 else -1 if high <= 0 and low < 0 else 0


def _printed_support(asserts: str, sign: int, reason: str) -> tuple[str, str]:
    wanted = _SIGNS[asserts]
    if not wanted:
        return CANNOT_BE_TOLD, f"That two are alike cannot be told without a test. {reason}"
    if not sign:
        return CANNOT_BE_TOLD, "The printed figures are too coarse to tell."
    return (AS_PRINTED, reason) if sign == wanted else (NOT_SUPPORTED, "The figures say otherwise.")


def _tested_support(asserts: str, figure: Record) -> tuple[str, str]:
    reason = str(figure["reason"])
    if _SIGNS[str(figure["verdict"])] != _SIGNS[asserts]:
        return NOT_SUPPORTED, f"The test says {figure['verdict']}. {reason}"
    if asserts == SIMILAR:
        reason += f" That no difference shows is not that there is none{_interval_words(figure)}."
    return SUPPORTED, reason


def _interval_words(figure: Record) -> str:
    low, high = figure["interval_low"], figure["interval_high"]
    if low is None:
        return ""
    if figure["method"] == COUNTS:
        return f": the interval takes in ratios of {low:.3f} to {high:.3f}"
    return f": the interval takes in {range_words(low, high, 1, '')} points"
