"""The tables of the data model, with their columns, keys and references.

Reading, checking, `datapackage.json` and the documentation of the data folder all use `TABLES`.

Records here and elsewhere are named tuples, because a dataclass takes six times as long to define
and a command defines every record before it does anything else.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

CellType = Literal["text", "id", "list", "counts", "number", "integer", "date", "month", "flag"]

FIGURE_TABLES = ("rates", "changes", "outcomes", "satisfaction")
"""The tables of figures that can be compared."""

LARGEST_MAP = 20
"""The most columns and rows that a map can have."""


class Column(NamedTuple):
    """One column of a table.

    Parameters
    ----------
    name
        Its heading, exactly.
    type
        The type of its cells: `text`; `id` (lower-case letters, digits and hyphens); `list` (parts
        separated by semicolons); `counts` (whole numbers separated by semicolons, with nothing
        between two of them where one is missing); `number` (digits with at most one point and no
        exponent, as the number of decimals printed is part of the figure); `integer`; `date`
        (YYYY-MM-DD); `month` (YYYY-MM); `flag` (true or false).
    description
        The meaning of the cells, with their unit.
    required
        Whether the column must be in the table, with no empty cells unless it is `nullable`.
    nullable
        Whether cells of a required column may be empty, for figures that are missing; `note` may
        say why.
    low, high
        The smallest and the largest number allowed.
    above
        A number that every cell must exceed.
    choices
        The values allowed for a cell, or for each part of a list; empty to allow any.
    refers
        The table in which each cell, or each part of a list, must be a key; empty for no table.
    within
        A column of both tables, in which a row and the row that it refers to have the same cell;
        empty where the key of the other table is one column.
    inherited
        Whether an empty cell in a user's row takes the value from the bundled row with the same
        key.
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
    within: str = ""
    inherited: bool = True


class Table(NamedTuple):
    """One table.

    Parameters
    ----------
    name
        Its name; its file is `<name>.csv`.
    description
        Its content.
    key
        The columns that together identify a row.
    columns
        Its columns, in order.
    earlier
        Two date columns, if the first must have the earlier date; otherwise None.
    units
        The required start of the units of its metrics; empty to allow any unit.
    names
        Whether other tables refer to its rows by name. If so, a user's rows are added to the
        bundled rows; if not, a user's table replaces the bundled table.
    unique
        Groups of columns that together identify a row as well: no two rows have the same.
    standing
        Whether the bundled table stays in use beside a user's figures until it is replaced.
    """

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    earlier: tuple[str, str] | None = None
    units: str = ""
    names: bool = False
    unique: tuple[tuple[str, ...], ...] = ()
    standing: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the required columns."""
        return tuple(column.name for column in self.columns if column.required)

    def column(self, name: str) -> Column:
        """Return the column with a name.

        Raises
        ------
        KeyError
            Where there is no such column.
        """
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


_LOCATOR = Column("locator", "text", "Where in the source it is: its heading, table or line.")
_NOTE = Column("note", "text", "What to know about this figure, or why it is missing.")
_COUNT = Column(
    "count",
    "integer",
    "Number of crimes or incidents in the 12 months. Below zero where more were cancelled than "
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
            Column(
                "resident_base",
                "flag",
                "Whether a rate per resident makes sense: false where hardly anyone lives and many "
                "people work or visit. Default: true.",
            ),
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
                "First period_end from which figures are recorded in the same way. No change is "
                "calculated across it.",
            ),
            Column(
                "part_of_base",
                "flag",
                "Whether a percentage counts part of its base, such as outcomes of the same "
                "crimes, so that it cannot be over 100. Default: false, a ratio of two counts.",
            ),
            Column("short_label", "text", "Name for sentences. Default: the name for people."),
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
            Column("note", "text", "What else to know about it."),
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
            Column(
                "base",
                "number",
                "Population or households that the rate is calculated with.",
                above=0,
            ),
            _LOCATOR,
            _NOTE,
        ),
        units="per ",
    ),
    Table(
        "changes",
        "Percentage changes of a count between two periods of 12 months.",
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
                "Percentage change, with the decimals that were printed.",
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
                "Percentage of the base, with the decimals that were printed. Over 100 only where "
                "the metric is a ratio of two counts, and not a part of its base.",
                required=True,
                nullable=True,
                low=0,
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
                "Half width of the 95% interval, in percentage points.",
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
        "What rates are calculated with: residents and households at the middle of a year.",
        ("force", "base", "year", "source"),
        (
            _force("The area."),
            Column(
                "base",
                "text",
                "Population or households.",
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
        "quarters",
        "Counts of crimes by quarter, one row for all the quarters of a force and metric. Rates of "
        "12 months are calculated from them and from the table of bases.",
        ("force", "metric", "source"),
        (
            _force("The force that recorded them."),
            _metric(),
            _source(),
            Column(
                "first_quarter_end",
                "date",
                "Last day of the quarter that the first count is for.",
                required=True,
            ),
            Column(
                "counts",
                "counts",
                "Number of crimes recorded in each quarter from the first on. Empty between two "
                "semicolons where one is missing; `note` says why.",
                required=True,
            ),
            _LOCATOR,
            _NOTE,
        ),
        units="per ",
    ),
    Table(
        "months",
        "Counts of crimes or incidents by month. Rates of 12 months are calculated from them and "
        "from the table of bases.",
        ("force", "metric", "month", "source"),
        (
            _force("The force that recorded them."),
            _metric(),
            Column("month", "month", "The month.", required=True),
            Column(
                "count",
                "integer",
                "Number in the month. Empty where it is missing, as is a month without a row; zero "
                "only where there were none.",
                required=True,
                nullable=True,
                low=0,
            ),
            _source(),
            _LOCATOR,
            _NOTE,
        ),
        units="per ",
    ),
    Table(
        "groups",
        "Groups of forces to compare with. A user's own groups are added to them.",
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
        "map",
        "Where each force is on a map of equal hexagons. A user's own map replaces it.",
        ("force",),
        (
            _force("The force."),
            Column(
                "column",
                "integer",
                "Its place from the west, from 1. Every second row, from the second, is half a "
                "hexagon further east.",
                required=True,
                low=1,
                high=LARGEST_MAP,
            ),
            Column(
                "row",
                "integer",
                "Its row from the north, from 1.",
                required=True,
                low=1,
                high=LARGEST_MAP,
            ),
            Column("code", "text", "Three letters for it on the map.", required=True),
        ),
        unique=(("column", "row"), ("code",)),
        standing=True,
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
        "The categories that a judgment can be, best first. A scale belongs to a source. A user's "
        "own scales replace it.",
        ("judgment", "source"),
        (
            Column("judgment", "id", "Name in machine form.", required=True),
            Column("label", "text", "Name for people.", required=True),
            Column("rank", "integer", "Place on the scale, 1 being best.", required=True, low=1),
            Column("positive", "flag", "Whether the category is a positive one.", required=True),
            Column("definition", "text", "What the category means."),
            Column(
                "source",
                "id",
                "The source of the judgments that are on this scale. Default: every source in the "
                "folder without a scale of its own.",
                refers="sources",
            ),
            _LOCATOR,
        ),
        unique=(("rank", "source"),),
        standing=True,
    ),
    Table(
        "judgments",
        "The inspectors' judgment on each question.",
        ("force", "question", "source"),
        (
            _force("The force that was judged."),
            Column("question", "id", "The question answered.", required=True, refers="questions"),
            _source(),
            Column(
                "judgment",
                "id",
                "The category given, of the scale of its source.",
                required=True,
                refers="scale",
                within="source",
            ),
            Column("summary", "list", "The grounds. Each part is one short point."),
            Column("locator", "text", "Where in the source it is."),
        ),
    ),
    Table(
        "notes",
        "Reservations about figures, shown below them.",
        ("note",),
        (
            Column("note", "id", "Name in machine form.", required=True),
            _force("The force that it is about."),
            _source(),
            Column(
                "tables",
                "list",
                "The tables that it applies to.",
                required=True,
                choices=("rates", "changes", "outcomes", "satisfaction", "judgments"),
            ),
            Column(
                "metrics", "list", "The metrics that it applies to. Default: all.", refers="metrics"
            ),
            Column("text", "text", "The reservation.", required=True),
            Column("locator", "text", "Where in the source it is."),
            Column(
                "caution",
                "text",
                "The reservation in one short sentence, where readers would be misled without it.",
            ),
            Column(
                "period_end",
                "date",
                "Last day of the 12 months that it applies to. Default: every period.",
            ),
            Column(
                "mark",
                "text",
                "Two or three words for it on a line over time, at the 12 months to `period_end`.",
            ),
        ),
    ),
    Table(
        "differences",
        "Why a printed figure differs from published counts, as far as is known.",
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
        "What a source says about its figures, to be checked against them.",
        ("claim",),
        (
            Column("claim", "id", "Name in machine form.", required=True),
            _force("The force that the claim is about."),
            _source(),
            Column("statement", "text", "The claim, in words of our own.", required=True),
            Column(
                "table",
                "text",
                "The table that has the figures for it.",
                required=True,
                choices=("rates", "changes", "outcomes", "satisfaction"),
            ),
            _metric(),
            _period_end(),
            Column(
                "base_period_end",
                "date",
                "Last day of the earlier period: of a change, or of the year before.",
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
                "The direction asserted. A rise or a fall is the force's own change.",
                required=True,
                choices=("higher", "lower", "similar", "rise", "fall"),
            ),
            Column("locator", "text", "Where in the source it is."),
            _NOTE,
        ),
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
