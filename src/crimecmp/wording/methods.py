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
    plain
        What it does, for a reader without statistics.
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
    plain: str
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
        "Asks whether two survey estimates differ by more than asking only some people could "
        "explain.",
        "Both figures are published with a margin: half the width of a 95% interval.",
        "Each margin divided by 1.959964 is a standard error. Z is the difference divided by the "
        "square root of the sum of the squared standard errors. The verdict is higher or lower if "
        "the interval of the difference does not include zero. The test is repeated at both ends "
        "of the range that each figure and each margin was rounded from.",
        "Altman and Bland (2003), interaction revisited: the difference between two estimates.",
        "The test covers sampling error only: not people who did not answer or were not asked. If "
        "the force is part of the benchmark, its share is not published and is not taken out, so "
        "the test is slightly too strict.",
        examples.bundled("satisfaction", "victim-satisfaction"),
    ),
    Method(
        COUNTS,
        "Two counts over their bases",
        ("counts", "count ratio", "exact test"),
        "Asks whether two rates differ by more than random variation would make equal rates "
        "differ.",
        "The count and base of both figures are known.",
        "If the rates were equal, the force's share of the crimes would be its share of the bases. "
        "p is the exact two-sided binomial probability of a split at least this unlikely. The "
        "interval of the ratio is exp(log ratio ± z times the square root of 1/a + 1/b), where a "
        "and b are the counts. It is approximate: if the test and the interval disagree, the test "
        "decides. A force that is part of the benchmark is tested against the rest of it. "
        "Detection rates are tested in the same way, with crimes as the base, because a detection "
        "can belong to a crime of an earlier year.",
        "Przyborowski and Wilenski (1940) for the test; Breslow and Day (1987) for the interval.",
        "The test assumes that crimes are independent. They cluster, and forces record "
        "differently, so counts vary more than this. See usual-variation for how much they usually "
        "vary.",
        examples.two_counts,
    ),
    Method(
        PROPORTIONS,
        "Two percentages of a whole with their counts",
        ("proportions", "newcombe"),
        "Asks whether two percentages differ by more than random variation would explain.",
        "The counts and bases of both percentages are known, and what is counted is part of the "
        "base.",
        "The interval of the difference combines the Wilson intervals of the two percentages. The "
        "verdict is higher or lower if it does not include zero. A force that is part of the "
        "benchmark is tested against the rest of it.",
        "Newcombe (1998), method 10; Wilson (1927).",
        "The test covers random variation in separate cases only.",
        examples.two_proportions,
    ),
    Method(
        CHANGES,
        "Two changes with their counts",
        ("changes", "relative index", "ratio of changes"),
        "Asks whether the force's count rose or fell differently from the benchmark's, by more "
        "than random variation would explain.",
        "The counts of both periods are known, for the force and for the benchmark.",
        "The force's counts are a0 before and a after, the benchmark's b0 and b. The relative "
        "index is (a / a0) / (b / b0). Its interval is exp(log index ± z times the square root of "
        "1/a + 1/a0 + 1/b + 1/b0). The verdict is higher or lower if it does not include 1. A "
        "force that is part of the benchmark is tested against the rest of it.",
        "Breslow and Day (1987) for a ratio; Altman and Bland (2003) for comparing two of them.",
        "A change in how crimes are recorded looks like a change in crime. See usual-variation for "
        "how much counts usually move.",
        examples.bundled("changes", "crime-excluding-fraud", source="published-counts"),
    ),
    Method(
        MEAN,
        "A rate against the mean of a group",
        ("group", "most similar group", "mean"),
        "Asks whether a rate differs from the average of a group by more than random variation "
        "would explain.",
        "The benchmark is the unweighted mean of a group's rates, and the count and base of each "
        "of its forces are known.",
        "The difference from the mean is a weighted sum of rates. The variance of each rate is its "
        "count divided by the square of its base. If the force is one of a group of k, its own "
        "rate has the weight 1 - 1/k. The verdict is higher or lower if the difference ± z times "
        "the square root of the variance does not include zero.",
        "Variance of a linear contrast of independent Poisson rates. HMIC's mean for most similar "
        "groups also includes the force.",
        "The test does not show whether the forces of the group are alike in what leads to crime, "
        "or how much counts move from year to year. Each force counts equally, however many people "
        "live there.",
        examples.bundled(
            "rates", "burglary-in-a-dwelling", source="published-counts", group="north-east"
        ),
    ),
    Method(
        ROUNDING,
        "Direction after rounding",
        ("rounding", "smallest base", "break-even"),
        "Says which of two printed figures is higher, however they were rounded. It does not say "
        "whether random variation explains the difference.",
        "Only the printed figures are known.",
        "A printed figure can be any value that rounds to it: 5.0 can be 4.95 to 5.05. The verdict "
        "is higher or lower if the difference has the same direction whatever the two figures were "
        "rounded from. The smallest base is the smallest population, number of households or "
        "number of crimes at which the interval of the force's figure would not reach the "
        "benchmark's. It is calculated from the values nearest to each other that the two figures "
        "can have.",
        "Interval arithmetic; Byar's and the exact Poisson interval (Breslow and Day, 1987), "
        "Wilson (1927) for percentages.",
        "There are no counts to test, so it is not known whether random variation explains the "
        "difference. The smallest base assumes independent crimes, so the true size is larger.",
        examples.bundled("rates", "burglary-in-a-dwelling"),
    ),
    Method(
        RANGE,
        "Range of rounding, not tested",
        ("range", "not tested"),
        "Gives the difference between two printed figures without a verdict, because there is "
        "nothing to test it with.",
        "The figures are two percentage changes without their counts, or are equal or nearly equal "
        "as printed, or disagree with their own counts.",
        "There is no verdict. The gap is given with the range that rounding allows. So is the "
        "relative index of changes, (100 + change) / (100 + the benchmark's change).",
        "Interval arithmetic.",
        "It is not known whether random variation explains the gap.",
        examples.bundled("changes", "crime-excluding-fraud"),
    ),
    Method(
        NONE,
        "No method",
        ("missing",),
        "There is no comparison, because a figure is missing.",
        "One of the two figures is missing.",
        "Nothing is calculated.",
        "None.",
        "Nothing is known about the missing figure.",
        examples.bundled("changes", "anti-social-behaviour"),
    ),
)


INTERVALS: tuple[Method, ...] = (
    Method(
        "count-interval",
        "Interval of a count or a rate",
        ("byar", "poisson", "exact poisson"),
        "Shows how far the underlying rate could be from the one observed, given how many events "
        "were counted.",
        "A count is known. The interval of a rate uses its base, or the base that its count and "
        "rate imply. The base of a detection rate is crimes.",
        "For counts of 10 or more, Byar's approximation to the Poisson interval. Below 10, the "
        "exact interval from the chi-square distribution. The base is assumed to be exact.",
        "Breslow and Day (1987); Garwood (1936).",
        "The interval covers random variation only. Crimes cluster, and recording differs.",
        examples.one_count,
    ),
    Method(
        "proportion-interval",
        "Interval of a percentage of a whole",
        ("wilson",),
        "Shows how far the underlying percentage could be from the one observed, given how many "
        "cases were counted.",
        "The count and base of a percentage are known, and what is counted is part of the base.",
        "Wilson's score interval: the percentages that are no more than z of their own standard "
        "errors from the one observed.",
        "Wilson (1927).",
        "The interval covers random variation only.",
        examples.one_proportion,
    ),
)
"""The methods that give the interval of a single figure."""

YEARS: tuple[Method, ...] = (
    Method(
        "usual-variation",
        "Usual variation from year to year",
        ("usual", "sigma", "beyond"),
        "Asks whether a difference is larger than forces' counts usually move from one year to "
        "the next.",
        "At least 20 forces have counts for earlier years that end in the same month.",
        "For each force and each pair of consecutive years, d is the logarithm of the count "
        "divided by the count of the year before. sigma squared is how much d varies between "
        "forces beyond Poisson variation (Paule and Mandel's estimate). One sigma is estimated "
        "from up to four pairs of years, each with its own centre. The force that is compared is "
        "left out of the estimate. Its ratio has the interval exp(log ratio ± t times the square "
        "root of 1/a + 1/b + sigma squared). Against another force the variance is twice sigma "
        "squared, because both move. Against a group together it is sigma squared times one plus "
        "the sum of the squared shares of its forces. A change over several years has sigma "
        "squared for each year.",
        "Paule and Mandel (1982); Breslow (1984) for variance that adds on the log scale.",
        "The method does not show why a force's count moves, or whether the force caused it.",
        examples.usual,
    ),
)
"""The method that compares a difference with usual variation."""

AMONG: tuple[Method, ...] = (
    Method(
        "funnel",
        "Funnel limits",
        ("funnel limits", "control limits"),
        "Shows how far forces' rates would spread by random variation alone: widely where few "
        "people live, narrowly where many do.",
        "The counts and bases of all forces are known.",
        "The centre is the rate of all forces together. A force is outside the limits if the exact "
        "Poisson probability of a count at least as far out is no more than half of what the level "
        "leaves out: 2.5% at 95%. The line is the interpolated quantile of the number expected at "
        "each base.",
        "Spiegelhalter (2005), funnel plots, appendix.",
        "A force outside the limits is not always unusual. Forces differ from each other by far "
        "more than random variation, so most are outside.",
        examples.funnel,
    ),
    Method(
        "unusual-among-forces",
        "Unusual among forces",
        ("unusual", "among forces", "spread", "overdispersion", "prediction interval"),
        "Asks whether a force's rate would be a surprise, given how much the other forces differ "
        "from each other.",
        "The counts and bases of all forces are known, and there are at least 10 forces. City of "
        "London is left out unless it is asked for, because hardly anyone lives there.",
        "The test asks whether this rate would be a surprise as one more from the spread of the "
        "other forces. On the scale of the square root of observed over expected, the others have "
        "a mean, and a variance between them (Paule and Mandel's estimate). The range expected of "
        "a force of this size is their mean ± t times the square root of three variances added "
        "together: that between forces, that of the mean, and Poisson variation. If fewer than 20 "
        "events are expected, the count is compared with a negative binomial distribution. It is "
        "then unusual only if Poisson variation does not explain it either. q is p adjusted for "
        "the number of forces.",
        "Higgins, Thompson and Spiegelhalter (2009); Paule and Mandel (1982); Breslow (1984); "
        "Benjamini and Hochberg (1995) for q.",
        "The test does not show why forces differ: town and country, and ways of recording, are "
        "all part of the spread. About 2 of 42 forces are flagged at 95% by chance. At 99.8% the "
        "range assumes a normal spread between forces.",
        examples.unusual,
    ),
    Method(
        "rank-interval",
        "Places that random variation allows",
        ("rank", "ranks", "places"),
        "Shows which places in the ranking a force could have by random variation alone.",
        "The counts and bases of all forces are known.",
        "Each force has an interval at a level high enough for the intervals of all forces to hold "
        "together: the k-th root of the level, for k forces. The highest place of a force is one "
        "below the forces with intervals wholly above its own. The lowest is one above the forces "
        "with intervals wholly below.",
        "Klein, Wright and Wieczorek (2020).",
        "Places move more than this from year to year.",
        examples.rank,
    ),
)
"""The methods that give a force's place among forces."""

IN_GROUP: tuple[Method, ...] = (
    Method(
        "group-range",
        "Usual for its group",
        ("range of a group",),
        "Asks whether a force's rate would be a surprise, given how much the other forces of its "
        "group differ.",
        "The benchmark is a group with at least four other forces, each with a count of 10 or "
        "more.",
        "The mean and the standard deviation of the logarithms of the k other forces' rates give "
        "the range expected of one more force: exp(mean ± t times the standard deviation times the "
        "square root of 1 + 1/k).",
        "Prediction interval of a normal sample, as given by predict in R.",
        "Whether the group is a fair comparison depends on who put it together.",
        examples.group,
    ),
)
"""The method that says whether a force is usual for its group."""

OVER_TIME: tuple[Method, ...] = (
    Method(
        "control-chart",
        "Control chart",
        ("control", "signal", "signals", "xmr", "process behaviour chart", "laney"),
        "Tells a change that needs an explanation from the ups and downs that a series has anyway.",
        "There are counts of at least 8 quarters, or rates of years that share no day. From a "
        "baseline of 12 on, rules are tried.",
        "Quarters have seasons, so each is charted as its change on the same quarter of the year "
        "before. The average of the baseline is the centre, and the limits are 2.66 times the "
        "average difference between neighbouring points away from it. The baseline is the first 12 "
        "points, or the one that is named, and starts anew where recording changed. A point is a "
        "signal outside the limits, in a run of 7 on one side of the centre, in a run of 7 that "
        "each go the same way, or as one of 2 in 3 that are near a limit. Changes on the year have "
        "no rule of 7 on one side, as each quarter is in two of them. Counts with a mean below 20 "
        "are charted as they are, with Laney's limits, which are wider than for random variation.",
        "Wheeler (1993); Laney (2002); the rules of NHS England's Making Data Count.",
        "A signal does not say what changed: crime, or how it is recorded. Where nothing changes, "
        "about one series in four still shows one within 24 quarters. A rise that lasts is a "
        "signal for a year, after which the higher quarters are what each is compared with.",
        examples.control,
    ),
)
"""The method that tells signals from noise over time."""

EXPLAINED = (*METHODS, *INTERVALS, *YEARS, *AMONG, *IN_GROUP, *OVER_TIME)


def method_label(method: str) -> str:
    """Return the name for people of the method with this id."""
    return next(each.label for each in METHODS if each.id == method)


class Explanation(NamedTuple):
    """What a metric or a method is.

    Parameters
    ----------
    title
        Its name for people.
    plain
        What it does, for a reader without statistics; empty for a metric.
    points
        A heading and a text for each point.
    """

    title: str
    plain: str
    points: list[tuple[str, str]]


def explained(data: Dataset, name: str) -> Explanation:
    """Explain a metric or a method.

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


def _metric_explained(data: Dataset, metric: str) -> Explanation:
    row = data.by_id("metrics")[metric]
    points = [
        ("Metric", metric),
        ("Definition", row["definition"]),
        ("Unit", row["unit"]),
        ("Base", row["base"]),
        ("Polarity", _POLARITY_WORDS.get(row["polarity"], "Neither higher nor lower is better.")),
        ("Also called", ", ".join(split_list(row["aliases"]))),
    ]
    return Explanation(row["label"], "", [(item, text) for item, text in points if text])


def _method_explained(method: Method) -> Explanation:
    from crimecmp.tables.loading import load

    points = [
        ("Method", method.id),
        ("When", method.when),
        ("How", method.how),
        ("Source", method.source),
        ("Example", method.example(load())),
        ("Cannot know", method.unknown),
    ]
    return Explanation(method.label, method.plain, points)
