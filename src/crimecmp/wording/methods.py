"""The methods explained: when each is used, how it works, its source, an example, its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from crimecmp.comparison.methods import (
    CHANGES,
    COUNTS,
    MARGINS,
    MEAN,
    NONE,
    PROPORTIONS,
    RANGE,
    ROUNDING,
)
from crimecmp.errors import UnknownNameError
from crimecmp.tables.cells import split_list
from crimecmp.tables.names import Name, Names
from crimecmp.text import in_words
from crimecmp.wording import examples
from crimecmp.wording.examples import Example

if TYPE_CHECKING:
    from crimecmp.tables.dataset import Dataset


class Method(NamedTuple):
    """One statistical method, explained.

    Parameters
    ----------
    id
        Its name in machine output.
    label
        Its name for people.
    aliases
        Other names that people type.
    when
        When it is used.
    how
        Its formula in words.
    source
        The published source of the formula.
    unknown
        What it cannot know.
    example
        Returns a worked example from the bundled figures.
    """

    id: str
    label: str
    aliases: tuple[str, ...]
    when: str
    how: str
    source: str
    unknown: str
    example: Example


METHODS: tuple[Method, ...] = (
    Method(
        MARGINS,
        "Two estimates with published margins",
        ("margins", "satisfaction test", "z test"),
        "Both figures have a margin, half the width of a 95% interval.",
        "A margin over 1.959964 is a standard error. Z is the difference over the root of the sum "
        "of their squares. The verdict is higher or lower where the interval of the difference "
        "leaves out zero. The test is repeated at every end of what was rounded.",
        "Altman and Bland (2003), interaction revisited: the difference between two estimates.",
        "Errors of a survey other than sampling: people who did not answer or were not asked. If "
        "the force is part of the benchmark, its unpublished share is not taken out, and the test "
        "is slightly too strict.",
        examples.bundled("satisfaction", "victim-satisfaction"),
    ),
    Method(
        COUNTS,
        "Two counts over their bases",
        ("counts", "count ratio", "exact test"),
        "The count and base of both figures are known.",
        "If the rates were equal, the force's share of the crimes would be its share of the bases. "
        "p is the exact two-sided binomial probability of a split at least this unlikely. The "
        "interval of the ratio is exp(log ratio ± z times the root of 1/a + 1/b), an "
        "approximation: if the two disagree, the test decides. A force that is part of the "
        "benchmark is tested against the rest of it. A detection rate is tested like this too, "
        "with crimes as the base: a detection can belong to a crime of an earlier year.",
        "Przyborowski and Wilenski (1940) for the test; Breslow and Day (1987) for the interval.",
        "The test assumes that crimes are independent. They cluster, and forces record "
        "differently, so counts vary more than this. See usual-variation for what they usually do.",
        examples.two_counts,
    ),
    Method(
        PROPORTIONS,
        "Two percentages of a whole with their counts",
        ("proportions", "newcombe"),
        "The counts and bases of both percentages are known, and what is counted is part of the "
        "base.",
        "The interval of the difference is made from each percentage's Wilson interval. The "
        "verdict is higher or lower where it leaves out zero. A force that is part of the "
        "benchmark is tested against the rest of it.",
        "Newcombe (1998), method 10; Wilson (1927).",
        "Anything but random variation in separate cases.",
        examples.two_proportions,
    ),
    Method(
        CHANGES,
        "Two changes with their counts",
        ("changes", "relative index", "ratio of changes"),
        "The counts before and after are known for both.",
        "The relative index is (a / a0) / (b / b0). Its interval is exp(log index ± z times the "
        "root of 1/a + 1/a0 + 1/b + 1/b0). The verdict is higher or lower where it leaves out 1. A "
        "force that is part of the benchmark is tested against the rest of it.",
        "Breslow and Day (1987) for a ratio; Altman and Bland (2003) for two of them.",
        "Whether more was recorded of what happened: a change in recording shows as a change in "
        "crime. See usual-variation for how much counts usually move.",
        examples.bundled("changes", "crime-excluding-fraud", source="published-counts"),
    ),
    Method(
        MEAN,
        "A rate against the mean of a group",
        ("group", "most similar group", "mean"),
        "The benchmark is the unweighted mean of a group's rates, and the count and base of each "
        "of its forces are known.",
        "The difference from the mean is a sum of rates, each with the variance count over base "
        "squared. In a group of k that the force is part of, its own rate counts (1 - 1/k) times. "
        "The verdict is higher or lower where the difference ± z times the root of the variance "
        "leaves out zero.",
        "Variance of a linear contrast of independent Poisson rates. The mean that includes the "
        "force is HMIC's for most similar groups.",
        "Whether the forces of the group are alike in what makes for crime, and how much counts "
        "move from year to year. Each force counts the same, however many people live there.",
        examples.bundled(
            "rates", "burglary-in-a-dwelling", source="published-counts", group="north-east"
        ),
    ),
    Method(
        ROUNDING,
        "Direction after rounding",
        ("rounding", "smallest base", "break-even"),
        "Only the printed figures are known.",
        "A printed figure stands for a range: 5.0 for 4.95 to 5.05. The verdict is higher or lower "
        "where the difference is on one side of zero whatever the two were rounded from. The "
        "smallest base is the smallest population, number of households or number of crimes for "
        "which the interval of the figure, at its rounding end nearer the benchmark, would leave "
        "out the benchmark's nearer end.",
        "Interval arithmetic; Byar's and the exact Poisson interval (Breslow and Day, 1987), "
        "Wilson (1927) for percentages.",
        "Whether random variation explains the difference: there are no counts to test. The "
        "smallest base assumes independent crimes, so the true size is larger.",
        examples.bundled("rates", "burglary-in-a-dwelling"),
    ),
    Method(
        RANGE,
        "Range of rounding, not tested",
        ("range", "not tested"),
        "Two percentage changes without their counts, figures that are equal as printed, or "
        "figures that disagree with their own counts.",
        "The range that rounding allows for the gap, and the relative index, (100 + change) over "
        "(100 + the benchmark's change), with its range. There is no verdict.",
        "Interval arithmetic.",
        "Whether random variation explains the gap.",
        examples.bundled("changes", "crime-excluding-fraud"),
    ),
    Method(
        NONE,
        "No method",
        ("missing",),
        "One of the two figures is missing.",
        "Nothing is calculated.",
        "None.",
        "Everything about the missing figure.",
        examples.bundled("changes", "anti-social-behaviour"),
    ),
)


INTERVALS: tuple[Method, ...] = (
    Method(
        "count-interval",
        "Interval of a count or a rate",
        ("byar", "poisson", "exact poisson"),
        "A count is known. The interval of a rate is over its base, or over the base that count "
        "and rate imply; that of a detection rate is over the crimes.",
        "From 10 on, Byar's approximation to the Poisson interval; below 10, the exact interval "
        "from the chi-square distribution. The base is assumed to be known.",
        "Breslow and Day (1987); Garwood (1936).",
        "Anything but random variation: crimes cluster, and recording differs.",
        examples.one_count,
    ),
    Method(
        "proportion-interval",
        "Interval of a percentage of a whole",
        ("wilson",),
        "The count and base of a percentage are known, and what is counted is part of the base.",
        "Wilson's score interval: the percentages from which the one observed is no further than z "
        "of their own standard errors.",
        "Wilson (1927).",
        "Anything but random variation.",
        examples.one_proportion,
    ),
)
"""The methods that give the interval of a single figure."""

YEARS: tuple[Method, ...] = (
    Method(
        "usual-variation",
        "Usual variation from year to year",
        ("usual", "sigma", "beyond"),
        "The counts of 20 forces or more are known for earlier years, ending in the same month.",
        "For each force and pair of years in a row, d is the logarithm of the count over that of "
        "the year before. sigma squared is how much d varies between forces besides Poisson "
        "variation (Paule and Mandel's estimate), with one sigma for up to four pairs of years and "
        "a centre of its own for each. The force that is judged is left out. Its ratio has the "
        "interval exp(log ratio ± t times the root of 1/a + 1/b + sigma squared). Against another "
        "force the variance is twice sigma squared, as both move; against a group together it is "
        "sigma squared times one more than the sum of the squared shares of its forces. A change "
        "over several years has sigma squared for each year.",
        "Paule and Mandel (1982); Breslow (1984) for variance that adds on the log scale.",
        "Why a force's count moves, and whether the force caused it.",
        examples.usual,
    ),
)
"""The method that holds a difference against usual variation."""

AMONG: tuple[Method, ...] = (
    Method(
        "funnel",
        "Funnel limits",
        ("funnel limits", "control limits"),
        "Counts and bases of all forces are known.",
        "Around the rate of all forces together: a force is outside where the exact Poisson "
        "probability of its count or one further out is no more than half of what the level leaves "
        "out. The line is the interpolated quantile of the number expected at each base.",
        "Spiegelhalter (2005), funnel plots, appendix.",
        "Whether a force outside is unusual: forces differ from each other by far more than random "
        "variation, so most are outside.",
        examples.funnel,
    ),
    Method(
        "unusual-among-forces",
        "Unusual among forces",
        ("unusual", "among forces", "spread", "overdispersion", "prediction interval"),
        "Counts and bases of all forces are known, and of at least 10. City of London is left out "
        "unless it is asked for: hardly anyone lives there.",
        "Would this rate surprise as one more from the spread of the other forces? On the scale of "
        "the root of observed over expected, the others have a mean and a variance between them "
        "(Paule and Mandel's estimate). The range expected of a force of this size is their mean ± "
        "t times the root of that variance, of the mean's own and of Poisson variation. Where "
        "fewer than 20 events are expected, the count is held against a negative binomial "
        "distribution, and is unusual only if Poisson variation does not explain it either. q is p "
        "adjusted for the number of forces.",
        "Higgins, Thompson and Spiegelhalter (2009); Paule and Mandel (1982); Breslow (1984); "
        "Benjamini and Hochberg (1995) for q.",
        "Why forces differ: town and country, and ways of recording, are all in the spread. About "
        "2 of 42 forces are flagged at 95% by chance. At 99.8% the range rests on a normal spread.",
        examples.unusual,
    ),
    Method(
        "rank-interval",
        "Places that random variation allows",
        ("rank", "ranks", "places"),
        "Counts and bases of all forces are known.",
        "Each force's interval is made at the level's k-th root, k being the number of forces, so "
        "that all hold together. The best place is one more than the number of forces whose "
        "interval lies wholly above; the worst leaves below it those whose interval lies wholly "
        "below.",
        "Klein, Wright and Wieczorek (2020).",
        "How much places move from year to year, which is more.",
        examples.rank,
    ),
)
"""The methods that give a force's place among forces."""

IN_GROUP: tuple[Method, ...] = (
    Method(
        "group-range",
        "Usual for its group",
        ("range of a group",),
        "The benchmark is a group with at least four other forces, each with a count of 10 or "
        "more.",
        "The mean and standard deviation of the logarithm of the other forces' rates give the "
        "range expected of one more: exp(mean ± t times the deviation times the root of 1 + 1/k).",
        "Prediction interval of a normal sample, as R's predict for a mean.",
        "Whether the group is a fair one: that depends on who put it together.",
        examples.group,
    ),
)
"""The method that says whether a force is usual for its group."""

EXPLAINED = (*METHODS, *INTERVALS, *YEARS, *AMONG, *IN_GROUP)


def method_label(method: str) -> str:
    """Return the name for people of the method with this id."""
    return next(each.label for each in METHODS if each.id == method)


def explained(data: Dataset, name: str) -> tuple[str, list[tuple[str, str]]]:
    """Explain a metric or a method: return its title, and a heading and text for each point.

    Parameters
    ----------
    data
        The tables that define the metrics.
    name
        Any name of a metric or a method.

    Raises
    ------
    UnknownNameError
        Where no metric and no method has the name.
    """
    methods = Names("method", (Name(each.id, each.label, each.aliases) for each in EXPLAINED))
    metric = data.metrics.exact(name)
    method = methods.exact(name)
    if metric is None and method is None:
        metric, method = _found_by_part(data.metrics, methods, name)
    if metric is not None:
        return _metric_explained(data, metric)
    return _method_explained(next(each for each in EXPLAINED if each.id == method))


def _found_by_part(metrics: Names, methods: Names, name: str) -> tuple[str | None, str | None]:
    """Return the only metric or method with a name that contains `name`."""
    try:
        return metrics.find(name), None
    except UnknownNameError as no_metric:
        try:
            return None, methods.find(name)
        except UnknownNameError as no_method:
            ambiguous = [error for error in (no_metric, no_method) if "several" in error.message]
            if ambiguous:
                raise ambiguous[0] from None
            near = [*metrics.near(name), *methods.near(name)]
            raise UnknownNameError(
                no_metric.message.replace("no metric is", "no metric and no method is"),
                (f"Did you mean {in_words(near, 'or')}? " if near else "")
                + f"Metrics: crimecmp.metrics(). Methods: {', '.join(m.id for m in EXPLAINED)}.",
            ) from None


_POLARITY_WORDS = {
    "higher-is-better": "Higher is better.",
    "lower-is-better": "Lower is better.",
}


def _metric_explained(data: Dataset, metric: str) -> tuple[str, list[tuple[str, str]]]:
    row = data.by_id("metrics")[metric]
    points = [
        ("Metric", metric),
        ("Definition", row["definition"]),
        ("Unit", row["unit"]),
        ("Base", row["base"]),
        ("Polarity", _POLARITY_WORDS.get(row["polarity"], "Neither higher nor lower is better.")),
        ("Also called", ", ".join(split_list(row["aliases"]))),
    ]
    return row["label"], [(item, text) for item, text in points if text]


def _method_explained(method: Method) -> tuple[str, list[tuple[str, str]]]:
    from crimecmp.tables.loading import load

    return method.label, [
        ("Method", method.id),
        ("When", method.when),
        ("How", method.how),
        ("Source", method.source),
        ("Example", method.example(load())),
        ("Cannot know", method.unknown),
    ]
