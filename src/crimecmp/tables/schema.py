"""What each table holds and what each output row holds, said once.

Records here and elsewhere are named tuples: making a dataclass takes six times as long, and a
command makes all of them before it does anything.

The reader and the checker (`crimecmp.tables.dataset`), the description of the data folder
(`crimecmp.tables.datapackage`) and the output contract (`crimecmp.report`) all come from here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Literal, NamedTuple

from crimecmp.text import quoted

CellType = Literal["text", "id", "list", "number", "integer", "date", "flag"]

MAX_DIGITS = 15
"""A binary float holds every decimal number of so many significant digits exactly enough
to print it again as it was read."""

YEARS = range(1800, 2200)
"""Years that a figure can be for: a date outside them is a slip of the pen."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)\Z")
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class Column(NamedTuple):
    """One column of a table.

    Parameters
    ----------
    name
        Its heading, exactly.
    type
        What its cells are: `text`; `id` (lower-case letters, digits and hyphens); `list` (parts
        between semicolons); `number` (digits with at most one point, no exponent: the decimals
        printed are part of the figure); `integer`; `date` (YYYY-MM-DD); `flag` (true or false).
    description
        What the cells mean, with their unit.
    required
        The column must be in the table, and none of its cells may be empty.
    nullable
        Its cells may be empty all the same: a missing figure, its reason in `note`.
    low, high
        Bounds of a number, both allowed; `above` is a bound that is not allowed itself.
    choices
        The only cells allowed, where there is such a list.
    refers
        The table whose key each cell (each part, in a list) must be.
    inherited
        Whether a user's row without it keeps the cell of the bundled row that it stands for.
    """

    name: str
    type: CellType
    description: str
    required: bool = False
    nullable: bool = False
    low: float | None = None
    high: float | None = None
    above: float | None = None
    choices: tuple[str, ...] = ()
    refers: str = ""
    inherited: bool = True


class Table(NamedTuple):
    """One table: its name (and that of its file, `<name>.csv`), columns and key.

    `earlier` names two date columns of which the first must be before the second; `units` is how
    the units of its metrics must begin; `names` marks a table that gives names to others, to which
    a user's own table adds.
    """

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    earlier: tuple[str, str] | None = None
    units: str = ""
    names: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that must be there."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """Return the column called `name`; KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _force(description: str = "The area that the figure is for.") -> Column:
    return Column("force", "id", description, required=True, refers="forces")


def _metric() -> Column:
    return Column("metric", "id", "What is measured.", required=True, refers="metrics")


def _period_end() -> Column:
    return Column(
        "period_end", "date", "Last day of the 12 months that the figure is for.", required=True
    )


def _source() -> Column:
    return Column(
        "source",
        "id",
        "Where the figure was published. Without it the file itself is named as the source.",
        refers="sources",
    )


_LOCATOR = Column("locator", "text", "Where in the source it stands: its heading, table or line.")
_NOTE = Column("note", "text", "What to know about this figure, or why it is missing.")
OVER = "; over "
"""Stands in the locator of a worked-out rate between where its count is and what it is over."""

_COUNT = Column(
    "count",
    "integer",
    "Number of crimes or incidents in the 12 months; below nought where more were taken back than "
    "recorded.",
)
_FIGURE_KEY = ("force", "metric", "period_end", "source")

_TABLES = (
    Table(
        "forces",
        "The 43 territorial police forces of England and Wales, and England and Wales as a whole.",
        ("force",),
        (
            Column("force", "id", "Name in machine form, as data.police.uk has it.", required=True),
            Column("name", "text", "Full name.", required=True),
            Column(
                "short_name",
                "text",
                "Name of the area, for headings. Default: the full name.",
                inherited=False,
            ),
            Column("ons_code", "text", "Code of the police force area (ONS)."),
            Column("aliases", "list", "Other names that people type."),
            Column("region", "text", "Region of England, or Wales."),
            Column("territorial", "flag", "Whether it is one of the 43 territorial forces."),
        ),
        names=True,
    ),
    Table(
        "metrics",
        "What is measured.",
        ("metric",),
        (
            Column("metric", "id", "Name in machine form.", required=True),
            Column("label", "text", "Name for people.", required=True),
            Column("unit", "text", "Unit of its rate or percentage.", required=True),
            Column(
                "base",
                "text",
                "What the figure is a share of.",
                choices=("population", "households", "crimes", "victims surveyed", "none"),
            ),
            Column(
                "polarity",
                "text",
                "Whether more of it is better.",
                choices=("none", "higher-is-better", "lower-is-better"),
            ),
            Column("aliases", "list", "Other names that people type."),
            Column("definition", "text", "What is counted, and over what."),
            Column(
                "comparable_from",
                "date",
                "First period_end from which figures are recorded alike: no change is worked out "
                "across it.",
            ),
        ),
        names=True,
    ),
    Table(
        "sources",
        "The publications that figures, codes and names come from.",
        ("source",),
        (
            Column("source", "id", "Name in machine form.", required=True),
            Column("title", "text", "Title of the publication.", required=True),
            Column("publisher", "text", "Who published it."),
            Column("published", "text", "When: a year, month or day (YYYY, YYYY-MM, YYYY-MM-DD)."),
            Column("licence", "text", "Licence under which it may be used."),
            Column("url", "text", "Where it was published."),
            Column("note", "text", "What else to know of it."),
        ),
        names=True,
    ),
    Table(
        "rates",
        "Counts over a base: recorded crime and incidents per 1,000 population or households.",
        _FIGURE_KEY,
        (
            _force(),
            _metric(),
            _period_end(),
            _source(),
            Column(
                "value",
                "number",
                "The rate, in the metric's unit, with the decimals that were printed.",
                required=True,
                nullable=True,
                low=0,
            ),
            _COUNT,
            Column("base", "number", "Population or households that the rate is over.", above=0),
            _LOCATOR,
            _NOTE,
        ),
        units="per ",
    ),
    Table(
        "changes",
        "Per cent changes of a count between two periods of 12 months.",
        ("force", "metric", "period_end", "base_period_end", "source"),
        (
            _force(),
            _metric(),
            _period_end(),
            Column(
                "base_period_end",
                "date",
                "Last day of the 12 months that the change is measured from.",
                required=True,
            ),
            _source(),
            Column(
                "percent",
                "number",
                "Change in per cent, with the decimals that were printed.",
                required=True,
                nullable=True,
                low=-100,
            ),
            Column("count", "integer", "Number in the 12 months to period_end."),
            _LOCATOR,
            _NOTE,
            Column("base_count", "integer", "Number in the 12 months to base_period_end."),
        ),
        earlier=("base_period_end", "period_end"),
    ),
    Table(
        "outcomes",
        "Outcomes of recorded crimes, as percentages.",
        _FIGURE_KEY,
        (
            _force(),
            _metric(),
            _period_end(),
            _source(),
            Column(
                "percent",
                "number",
                "Percentage of the base, with the decimals that were printed.",
                required=True,
                nullable=True,
                low=0,
                high=100,
            ),
            Column("count", "integer", "Number of crimes with the outcome."),
            Column("base", "integer", "Number of crimes that the percentage is of.", above=0),
            _LOCATOR,
            _NOTE,
        ),
        units="%",
    ),
    Table(
        "satisfaction",
        "Survey estimates with their margins.",
        _FIGURE_KEY,
        (
            _force(),
            _metric(),
            _period_end(),
            _source(),
            Column(
                "percent",
                "number",
                "Percentage of those surveyed, with the decimals that were printed.",
                required=True,
                nullable=True,
                low=0,
                high=100,
            ),
            Column(
                "margin",
                "number",
                "Half width of the 95 % interval, in percentage points.",
                required=True,
                nullable=True,
                low=0,
                high=100,
            ),
            _LOCATOR,
            _NOTE,
        ),
        units="%",
    ),
    Table(
        "bases",
        "What rates are over: residents and households at the middle of a year.",
        ("force", "base", "year", "source"),
        (
            _force("The area."),
            Column(
                "base",
                "text",
                "Which of the two.",
                required=True,
                choices=("population", "households"),
            ),
            Column("year", "integer", "The year.", required=True, low=1800, high=2199),
            _source(),
            Column("value", "number", "How many.", required=True, nullable=True, above=0),
            _LOCATOR,
            _NOTE,
        ),
    ),
    Table(
        "groups",
        "Groups of forces to compare with. A user's own add to them.",
        ("group",),
        (
            Column("group", "id", "Name in machine form.", required=True),
            Column("label", "text", "Name for people.", required=True),
            Column("forces", "list", "The forces in it.", required=True, refers="forces"),
            _source(),
            _NOTE,
        ),
        names=True,
    ),
    Table(
        "questions",
        "The questions that inspectors answer with a judgment.",
        ("question",),
        (
            Column("question", "id", "Name in machine form.", required=True),
            Column("label", "text", "The question's subject, for people.", required=True),
        ),
        names=True,
    ),
    Table(
        "scale",
        "The categories that a judgment can be, best first. A user's own scale replaces it.",
        ("judgment",),
        (
            Column("judgment", "id", "Name in machine form.", required=True),
            Column("label", "text", "Name for people.", required=True),
            Column("rank", "integer", "Place on the scale, 1 being best.", required=True, low=1),
            Column("positive", "flag", "Whether the category is a positive one.", required=True),
            Column("definition", "text", "What the category means."),
            _source(),
            _LOCATOR,
        ),
    ),
    Table(
        "judgments",
        "The inspectors' judgment on each question.",
        ("force", "question", "source"),
        (
            _force("The force that was judged."),
            Column("question", "id", "The question answered.", required=True, refers="questions"),
            _source(),
            Column("judgment", "id", "The category given.", required=True, refers="scale"),
            Column("summary", "list", "The grounds, one short point a part."),
            Column("locator", "text", "Where in the source it stands."),
        ),
    ),
    Table(
        "notes",
        "Reservations that bear on figures, shown beneath them.",
        ("note",),
        (
            Column("note", "id", "Name in machine form.", required=True),
            _force("The force whose figures it bears on."),
            _source(),
            Column(
                "tables",
                "list",
                "The tables that it bears on.",
                required=True,
                choices=("rates", "changes", "outcomes", "satisfaction", "judgments"),
            ),
            Column(
                "metrics", "list", "The metrics that it bears on. Default: all.", refers="metrics"
            ),
            Column("text", "text", "The reservation.", required=True),
            Column("locator", "text", "Where in the source it stands."),
        ),
    ),
    Table(
        "differences",
        "What is known of why a printed figure is not what published counts give.",
        ("difference",),
        (
            Column("difference", "id", "Name in machine form.", required=True),
            _force("The area of the printed figure."),
            _metric(),
            _period_end(),
            Column("base_period_end", "date", "Last day of the earlier period, of a change."),
            _source(),
            Column("text", "text", "The likeliest reason.", required=True),
        ),
    ),
    Table(
        "claims",
        "What a source says of its figures, to be held against them.",
        ("claim",),
        (
            Column("claim", "id", "Name in machine form.", required=True),
            _force("The force that the claim is about."),
            _source(),
            Column("statement", "text", "The claim, in words of our own.", required=True),
            Column(
                "table",
                "text",
                "The table of the figures that it rests on.",
                required=True,
                choices=("rates", "changes", "outcomes", "satisfaction"),
            ),
            _metric(),
            _period_end(),
            Column(
                "base_period_end",
                "date",
                "Last day of the earlier period, of a change or a year before.",
            ),
            Column(
                "benchmark",
                "id",
                "What the force is compared with: an area, or itself a year before. Empty for a "
                "claim about the force's own change.",
                refers="forces",
            ),
            Column(
                "asserts",
                "text",
                "The direction asserted; a rise and a fall are of its own.",
                required=True,
                choices=("higher", "lower", "similar", "rise", "fall"),
            ),
            Column("locator", "text", "Where in the source it stands."),
            _NOTE,
        ),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}


def split_list(cell: str) -> list[str]:
    """Return the parts of a `list` cell: text between semicolons, without surrounding blanks."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def decimals(cell: str) -> int:
    """Return how many decimals a number was printed with (`5.0` has 1, `11` has 0)."""
    return len(cell.partition(".")[2])


def per(unit: str) -> float | None:
    """Return what a rate is per: 1000 for `per 1,000 population`; None where that is not said."""
    found = re.match(r"per ([0-9][0-9,]*)\b", unit)
    return float(found[1].replace(",", "")) if found else None


def _wrong_id(column: Column, cell: str) -> str | None:
    if column.refers or _ID.match(cell):
        return None
    return f"{quoted(cell)} is no id; use lower-case letters and digits with hyphens between words"


def _wrong_list(column: Column, cell: str) -> str | None:
    strange = [part for part in split_list(cell) if column.choices and part not in column.choices]
    return _not_a_choice(column, strange[0]) if strange else None


def _wrong_number(column: Column, cell: str) -> str | None:
    if not _NUMBER.match(cell):
        if re.match(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\Z", cell):
            advice = f"leave out the thousands separators: {cell.replace(',', '')}"
        elif re.match(r"[+-]?[0-9]+,[0-9]+\Z", cell):
            advice = f"write the decimals after a point: {cell.replace(',', '.')}"
        elif re.match(r"[+-]?[0-9.]+[eE][+-]?[0-9]+\Z", cell):
            advice = "write it out in digits, without an exponent"
        elif column.nullable or not column.required:
            advice = "leave the cell empty where the figure is missing"
        else:
            advice = "write digits with at most one decimal point"
        return f"{quoted(cell)} is not a number; {advice}"
    if len(cell.lstrip("+-").replace(".", "").lstrip("0")) > MAX_DIGITS:
        return (
            f"{quoted(cell)} has more than {MAX_DIGITS} significant digits; round it at its source"
        )
    return _out_of_bounds(column, cell)


def _wrong_integer(column: Column, cell: str) -> str | None:
    if _NUMBER.match(cell) and not _INTEGER.match(cell):
        return f"{quoted(cell)} is not a whole number"
    return _wrong_number(column, cell)


def _out_of_bounds(column: Column, cell: str) -> str | None:
    value = float(cell)
    if len(cell) > 2 * MAX_DIGITS:
        return f"{quoted(cell)} is too long a number to be held exactly"
    if column.low is not None and value < column.low:
        return f"{quoted(cell)} is below {column.low:g}, which a {column.name} cannot be"
    if column.above is not None and value <= column.above:
        return f"{quoted(cell)} is not above {column.above:g}, as a {column.name} must be"
    if column.high is not None and value > column.high:
        return f"{quoted(cell)} is over {column.high:g}, which a {column.name} here cannot be"
    return None


def _wrong_date(column: Column, cell: str) -> str | None:
    del column
    if _DATE.match(cell):
        try:
            year = date.fromisoformat(cell).year
        except ValueError:
            return f"{quoted(cell)} is not a day of the calendar"
        if year not in YEARS:
            return f"{quoted(cell)} is not from {YEARS.start} to {YEARS.stop - 1}"
        return None
    return f"{quoted(cell)} is not a date; write it as YYYY-MM-DD, such as 2014-06-30"


def _wrong_flag(column: Column, cell: str) -> str | None:
    del column
    return None if cell in ("true", "false") else f"{quoted(cell)} is neither true nor false"


_RULES: dict[CellType, Callable[[Column, str], str | None]] = {
    "id": _wrong_id,
    "list": _wrong_list,
    "number": _wrong_number,
    "integer": _wrong_integer,
    "date": _wrong_date,
    "flag": _wrong_flag,
}


def _not_a_choice(column: Column, part: str) -> str:
    return f"{quoted(part)} is not one of: {', '.join(column.choices)}"


def wrong(column: Column, cell: str) -> str | None:
    """Say what is wrong with a cell by itself, and what to do; None where it is sound.

    Parameters
    ----------
    column
        The column that the cell stands in.
    cell
        The cell's text, without surrounding blanks.
    """
    if not cell:
        if column.required and not column.nullable:
            return "the cell is empty; fill it in"
        return None
    if column.choices and column.type != "list" and cell not in column.choices:
        return _not_a_choice(column, cell)
    rule = _RULES.get(column.type)
    return rule(column, cell) if rule else None


class OutputColumn(NamedTuple):
    """One column of machine output.

    Parameters
    ----------
    name
        Its heading, snake case.
    label
        What a reader calls it.
    unit
        Its unit, if it has one.
    decimals
        The columns that tell with how many decimals its figures were printed; the most of them
        are written. Without any, the shortest text that reads back to the same number.
    """

    name: str
    label: str
    unit: str | None = None
    decimals: tuple[str, ...] = ()


_BOTH_DECIMALS = ("force_decimals", "benchmark_decimals")
_FORCE_MARGIN = ("force_margin_decimals",)
_BENCHMARK_MARGIN = ("benchmark_margin_decimals",)
_ROW_UNIT = "as in the column unit"
_BASE_UNIT = "people, households or crimes"
_INTERVAL_UNIT = "percentage points; of counts the ratio"
_DIFFERENCE_UNIT = "as in the column unit; percentage points where that is %"

OUTPUT: tuple[OutputColumn, ...] = (
    OutputColumn("kind", "Kind"),
    OutputColumn("metric", "Metric"),
    OutputColumn("label", "Measure"),
    OutputColumn("force", "Force"),
    OutputColumn("benchmark", "Benchmark"),
    OutputColumn("period_end", "12 months to"),
    OutputColumn("base_period_end", "Compared with 12 months to"),
    OutputColumn("unit", "Unit"),
    OutputColumn("force_value", "Force figure", _ROW_UNIT, ("force_decimals",)),
    OutputColumn("benchmark_value", "Benchmark figure", _ROW_UNIT, ("benchmark_decimals",)),
    OutputColumn("difference", "Difference", _DIFFERENCE_UNIT, _BOTH_DECIMALS),
    OutputColumn("percent_difference", "Difference in per cent of the benchmark", "%"),
    OutputColumn("source", "Source"),
    OutputColumn("force_margin", "Force 95 % margin", "percentage points", _FORCE_MARGIN),
    OutputColumn(
        "benchmark_margin", "Benchmark 95 % margin", "percentage points", _BENCHMARK_MARGIN
    ),
    OutputColumn("force_count", "Force count", "crimes or incidents"),
    OutputColumn("benchmark_count", "Benchmark count", "crimes or incidents"),
    OutputColumn("force_base", "Force base", _BASE_UNIT),
    OutputColumn("benchmark_base", "Benchmark base", _BASE_UNIT),
    OutputColumn("force_decimals", "Decimals printed, force figure"),
    OutputColumn("benchmark_decimals", "Decimals printed, benchmark figure"),
    OutputColumn("force_margin_decimals", "Decimals printed, force margin"),
    OutputColumn("benchmark_margin_decimals", "Decimals printed, benchmark margin"),
    OutputColumn("locator", "Where in the source"),
    OutputColumn("benchmark_locator", "Where in the source, benchmark"),
    OutputColumn("note", "Note"),
    OutputColumn("benchmark_note", "Note, benchmark"),
    OutputColumn("question", "Question"),
    OutputColumn("judgment", "Judgment"),
    OutputColumn("rank", "Place on the scale, 1 being best"),
    OutputColumn("positive", "Positive"),
    OutputColumn("summary", "Grounds"),
    OutputColumn("difference_low", "Least difference that rounding allows", _DIFFERENCE_UNIT),
    OutputColumn("difference_high", "Most difference that rounding allows", _DIFFERENCE_UNIT),
    OutputColumn("percent_difference_low", "Least difference that rounding allows, per cent", "%"),
    OutputColumn("percent_difference_high", "Most difference that rounding allows, per cent", "%"),
    OutputColumn("force_low", "Lower end of the force's interval", _ROW_UNIT),
    OutputColumn("force_high", "Upper end of the force's interval", _ROW_UNIT),
    OutputColumn("benchmark_low", "Lower end of the benchmark's interval", _ROW_UNIT),
    OutputColumn("benchmark_high", "Upper end of the benchmark's interval", _ROW_UNIT),
    OutputColumn("verdict", "Verdict"),
    OutputColumn("reading", "Reading"),
    OutputColumn("method", "Method"),
    OutputColumn("level", "Level of confidence of the verdict"),
    OutputColumn("reason", "Reason"),
    OutputColumn("ratio", "Force over benchmark; of changes the relative index"),
    OutputColumn("ratio_low", "Least ratio that rounding allows"),
    OutputColumn("ratio_high", "Most ratio that rounding allows"),
    OutputColumn("smallest_base", "From this base on more than chance", _BASE_UNIT),
    OutputColumn("interval_low", "Lower end of the interval of the test", _INTERVAL_UNIT),
    OutputColumn("interval_high", "Upper end of the interval of the test", _INTERVAL_UNIT),
    OutputColumn("z", "Test statistic Z"),
    OutputColumn("z_low", "Least Z that rounding allows"),
    OutputColumn("z_high", "Most Z that rounding allows"),
    OutputColumn("p_value", "Two-sided probability by chance"),
    OutputColumn("interval_level", "Level of the intervals and of the smallest base"),
    OutputColumn("claim", "Claim"),
    OutputColumn("statement", "What is claimed"),
    OutputColumn("asserts", "Direction that the claim asserts"),
    OutputColumn("support", "Whether the figures support it"),
    OutputColumn("force_base_count", "Force count of the earlier period", "crimes or incidents"),
    OutputColumn(
        "benchmark_base_count", "Benchmark count of the earlier period", "crimes or incidents"
    ),
    OutputColumn("benchmark_basis", "What the benchmark is"),
    OutputColumn("forces_rank", "Place among forces, 1 being highest"),
    OutputColumn("forces_ranked", "Forces that the place is among"),
    OutputColumn("among_forces", "Whether unusual among forces"),
    OutputColumn("among_reason", "Unusual among forces: reason"),
    OutputColumn("adjusted_z", "Z among forces, adjusted for overdispersion"),
    OutputColumn("funnel_low", "Lower funnel limit at the force's base", _ROW_UNIT),
    OutputColumn("funnel_high", "Upper funnel limit at the force's base", _ROW_UNIT),
    OutputColumn("phi", "Overdispersion of the forces, 1 being chance alone"),
    OutputColumn("tau_squared", "Variance between forces, of the root of observed over expected"),
    OutputColumn("printed", "Printed figure", _ROW_UNIT, ("printed_decimals",)),
    OutputColumn("printed_decimals", "Decimals printed"),
    OutputColumn("worked_out", "Worked out from counts", _ROW_UNIT),
    OutputColumn("off", "Worked out and rounded, less printed", _ROW_UNIT, ("printed_decimals",)),
    OutputColumn("result", "Whether the two match"),
    OutputColumn("count", "Count", "crimes or incidents"),
    OutputColumn("base", "Base", _BASE_UNIT),
    OutputColumn("base_count", "Count of the earlier period", "crimes or incidents"),
    OutputColumn("worked_source", "Source of the counts"),
    OutputColumn("worked_locator", "Where in the source, counts"),
)
"""Every column that machine output can hold, in the order in which they came to be.

New columns are added at the end and nowhere else, so that every shape below, each a selection of
these, only ever grows at its end.
"""

_JUDGMENT_ONLY = ("question", "judgment", "rank", "positive", "summary")
_CLAIM_ONLY = ("claim", "statement", "asserts", "support")
_REPRODUCTION_ONLY = (
    "printed", "printed_decimals", "worked_out", "off", "result", "count", "base", "base_count",
    "worked_source", "worked_locator",
)  # fmt: skip

COMPARISON_ROW: tuple[str, ...] = tuple(
    column.name
    for column in OUTPUT
    if column.name not in (*_JUDGMENT_ONLY, *_CLAIM_ONLY, *_REPRODUCTION_ONLY)
)
"""The row of every comparison of figures."""

JUDGMENT_ROW: tuple[str, ...] = (
    "force", "question", "judgment", "rank", "positive", "summary", "source", "label", "locator",
)  # fmt: skip
"""The row of every judgment."""

CLAIM_ROW: tuple[str, ...] = (
    "claim", "force", "statement", "asserts", "support", "verdict", "method", "reason",
    "source", "locator",
    *(name for name in COMPARISON_ROW if name not in (
        "force", "verdict", "method", "reason", "source", "locator",
    )),
)  # fmt: skip
"""The row of every claim: what it says, whether it holds, and the comparison it rests on."""

PAGE_ROW: tuple[str, ...] = tuple(
    column.name for column in OUTPUT if column.name not in (*_CLAIM_ONLY, *_REPRODUCTION_ONLY)
)
"""The row of a whole page, on which comparisons and judgments stand together."""

REPRODUCTION_ROW: tuple[str, ...] = (
    "kind", "metric", "label", "force", "period_end", "base_period_end", "unit", "printed",
    "worked_out", "off", "result", "reason", "count", "base", "base_count", "printed_decimals",
    "source", "locator", "worked_source", "worked_locator",
)  # fmt: skip
"""The row of every printed figure that is worked out again."""
