"""The page of one measure over time: the series, its shape, and how much it changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

from crimecmp.compare import over_time, records
from crimecmp.comparison.columns import COMPARISON_ROW
from crimecmp.pages.columns import display_fields, figure_columns, verdict_columns
from crimecmp.pages.notes import found_in, reservations, row_notes, verdict_sentences
from crimecmp.pages.page import page_of
from crimecmp.pages.wording import headline, opponent_label
from crimecmp.report import Column, Note, Record, Report, Section, Value
from crimecmp.selection import Selection
from crimecmp.sentences import interval_words, level_words
from crimecmp.sparkline import LONGEST, sparkline
from crimecmp.tables.dataset import Dataset
from crimecmp.text import period_name


def trend_page(data: Dataset, selection: Selection) -> Report:
    """Return a force's rates of one metric over time beside the benchmark's, and their changes.

    Machine output has the comparison of each period, then the changes: over the whole span and
    over the last year, worked out from counts where the data have them.

    Raises
    ------
    NoFiguresError
        Where the data hold no two periods of the metric for the force.
    """
    series, changed = (records(frame) for frame in over_time(data, selection))
    sections = [_series_section(data, selection, series)]
    if changed:
        sections.append(_change_section(data, selection, series, changed))
    label = data.metrics[str(selection.metric)].label
    title = f"{label} {series[0]['unit']}: {headline(data, selection)}"
    return page_of(data, title, sections, COMPARISON_ROW)


def _change_section(
    data: Dataset, selection: Selection, series: Sequence[Record], changed: Sequence[Record]
) -> Section:
    force = data.forces[selection.forces[0]].label
    rows: list[Record] = [
        _area_row(force, "force", series, changed),
        _area_row(opponent_label(data, selection), "benchmark", series, changed),
    ]
    level = level_words(changed[0])
    columns = [Column("Area", "area"), Column("Lowest to highest", "shape", "id")]
    for place, record in enumerate(changed):
        since = cast("date", record["base_period_end"])
        columns += [
            Column(
                f"Since {period_name(since)}, %",
                f"value_{place}",
                "figure",
                True,
                (f"decimals_{place}",),
            ),
            Column(f"{level} interval", f"interval_{place}", "id"),
        ]
    longer = len(series) > LONGEST
    end = period_name(cast("date", changed[0]["period_end"]))
    notes = (
        Note(f"The changes are in the count, to the 12 months to {end}."),
        Note(
            "The blocks go from the lowest to the highest of each area's own figures"
            + (", of which not all are drawn." if longer else ".")
        ),
        *verdict_sentences(data, changed, in_full=True),
        *row_notes(data, changed),
        *reservations(data, "changes", selection, changed),
    )
    return Section("Changes", tuple(columns), changed, notes, rows)


def _recorded_otherwise(
    data: Dataset, selection: Selection, series: Sequence[Record]
) -> list[Note]:
    """Say where a series goes back to before its figures were recorded as they are now."""
    alike_from = data.by_id("metrics")[str(selection.metric)]["comparable_from"]
    if all(str(record["period_end"]) >= alike_from for record in series):
        return []
    first = period_name(date.fromisoformat(alike_from))
    return [
        Note(
            f"Before the 12 months to {first} this was recorded in another way: those figures are "
            "not to be compared with later ones, and no change between them is worked out."
        )
    ]


def _area_row(area: str, side: str, series: Sequence[Record], changed: Sequence[Record]) -> Record:
    """Return what people see of one area: the shape of its series, and its changes."""
    values = [cast("float | None", record[f"{side}_value"]) for record in series]
    row: dict[str, Value] = {"area": area, "shape": sparkline(values)}
    for place, record in enumerate(changed):
        row[f"value_{place}"] = record[f"{side}_value"]
        row[f"decimals_{place}"] = record[f"{side}_decimals"]
        row[f"interval_{place}"] = interval_words(record, side, signed=True)
    return row


def _series_section(data: Dataset, selection: Selection, series: Sequence[Record]) -> Section:
    shown = [{**record, **display_fields(data, record)} for record in series]
    columns = (
        *figure_columns(data, "rates", selection, side_by_side=False),
        *verdict_columns(series),
    )
    notes = (
        *_recorded_otherwise(data, selection, series),
        *row_notes(data, series),
        *reservations(data, "rates", selection, series),
        *found_in(data, series),
    )
    return Section("Series", columns, shown, notes)
