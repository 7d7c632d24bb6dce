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
        "Both figures have a margin, the half width of a 95 % interval.",
        "Each margin over 1.959964 is a standard error. Z is the difference over the root of the "
        "sum of their squares; it is higher or lower where the interval of the difference, "
        "difference ± z times that root, leaves out zero. Overlap of the two intervals is not the "
        "test: it is too strict. The test is made again at all ends of what was rounded.",
        "Altman and Bland (2003), interaction revisited: the difference between two estimates.",
        "Whether the margins take in all that can go wrong with a survey: those who did not "
        "answer, "
        "or were not asked. Where the force is part of the benchmark by a share that is not "
        "published, that share is not taken out, and the test is a little too strict.",
        examples.bundled("satisfaction", "victim-satisfaction"),
    ),
    Method(
        COUNTS,
        "Two counts over their bases",
        ("counts", "count ratio", "exact test"),
        "Count and base of both figures are known.",
        "Were the rates equal, the force's part of the crimes would be its part of the bases: the "
        "exact two-sided binomial probability of a split so far from that is p. The interval of "
        "the "
        "ratio is exp(log ratio ± z times the root of 1/a + 1/b), an approximation: where the "
        "two disagree the test decides. Where the force is part of the "
        "benchmark it is tested against the rest of it.",
        "Przyborowski and Wilenski (1940) for the test; Breslow and Day (1987) for the interval.",
        "Crimes come in series and are recorded differently from force to force, so counts vary "
        "more than this test assumes. At the size of a force nearly every difference is more than "
        "chance; that does not make the force unusual among forces.",
        examples.two_counts,
    ),
    Method(
        PROPORTIONS,
        "Two percentages with their counts",
        ("proportions", "newcombe"),
        "Count and base of both percentages are known.",
        "The interval of the difference is put together from each percentage's Wilson interval; it "
        "is higher or lower where that leaves out zero. Where the force is part of the benchmark "
        "it "
        "is tested against the rest of it.",
        "Newcombe (1998), method 10; Wilson (1927).",
        "A detection rate is a ratio and not a strict proportion: a detection can belong to a "
        "crime "
        "of an earlier year.",
        examples.two_proportions,
    ),
    Method(
        CHANGES,
        "Two changes with their counts",
        ("changes", "relative index", "ratio of changes"),
        "The counts before and after are known of both.",
        "The relative index is (a / a0) / (b / b0). Its interval is exp(log index ± z times the "
        "root of 1/a + 1/a0 + 1/b + 1/b0); it is higher or lower where that leaves out 1. Where "
        "the force is part of the benchmark it is tested against the rest of it. A change in per "
        "cent has the interval of its own ratio, a / a0, less 1.",
        "Breslow and Day (1987) for a ratio; Altman and Bland (2003) for two of them.",
        "Whether more was recorded of what happened: a change of practice shows as a change of "
        "crime. Counts vary more than chance alone, from one year to the next as well.",
        examples.bundled("changes", "crime-excluding-fraud", source="published-counts"),
    ),
    Method(
        MEAN,
        "A rate against the mean of a group",
        ("group", "most similar group", "mean"),
        "The benchmark is the unweighted mean of a group's rates, and count and base of each of "
        "its forces are known.",
        "The difference from the mean is a sum of rates, each with the variance count over base "
        "squared; where the force is one of k in the group, its own rate stands in it (1 - 1/k) "
        "times. Higher or lower is where difference ± z times the root of the variance leaves out "
        "zero.",
        "Variance of a linear contrast of independent Poisson rates; the mean with the force "
        "counted in is HMIC's for most similar groups.",
        "Whether the forces of the group are alike in what makes for crime: that lies in who put "
        "them together. Each counts the same, however many people live there.",
        examples.bundled(
            "rates", "burglary-in-a-dwelling", source="published-counts", group="north-east"
        ),
    ),
    Method(
        ROUNDING,
        "Direction after rounding",
        ("rounding", "smallest base", "break-even"),
        "Nothing is known but the printed figures.",
        "A printed figure stands for a range: 5.0 for 4.95 to 5.05. It is higher or lower where "
        "the "
        "difference is on one side of zero whatever the two were rounded from. The smallest base "
        "is "
        "the smallest population, number of households or number of crimes for which the interval "
        "of the figure at its nearer rounding end would leave out the benchmark's nearer end.",
        "Interval arithmetic; Byar's and the exact Poisson interval (Breslow and Day, 1987), "
        "Wilson (1927) for percentages.",
        "Whether chance explains the difference: without counts and bases that is not tested. It "
        "is "
        "another claim than a level of confidence, and has none.",
        examples.bundled("rates", "burglary-in-a-dwelling"),
    ),
    Method(
        RANGE,
        "Range of rounding, not tested",
        ("range", "not tested"),
        "Two per cent changes without the counts behind them, figures that are equal as printed, "
        "or "
        "figures that disagree with their own counts.",
        "The range that rounding allows for the gap, and the relative index, (100 + change) over "
        "(100 + the benchmark's change), with its range. There is no verdict.",
        "Interval arithmetic.",
        "Whether the gap is more than chance.",
        examples.bundled("changes", "crime-excluding-fraud"),
    ),
    Method(
        NONE,
        "No method",
        ("missing",),
        "One of the two figures is missing.",
        "Nothing is worked out.",
        "None.",
        "Everything about the figure that is missing.",
        examples.bundled("changes", "anti-social-behaviour"),
    ),
)


INTERVALS: tuple[Method, ...] = (
    Method(
        "count-interval",
        "Interval of a count or a rate",
        ("byar", "poisson", "exact poisson"),
        "A count is known: its interval, and that of the rate over its base or over the base that "
        "count and rate imply.",
        "From 10 on Byar's approximation to the Poisson interval, below 10 the exact one from the "
        "chi-square distribution; for a rate over the base, which is taken as known.",
        "Breslow and Day (1987); Garwood (1936).",
        "Anything but chance: crimes that come in series, and ways of recording that differ.",
        examples.one_count,
    ),
    Method(
        "proportion-interval",
        "Interval of a percentage",
        ("wilson",),
        "Count and base of a percentage are known.",
        "Wilson's score interval: the percentages from which the one observed is no further than z "
        "of their own standard errors.",
        "Wilson (1927).",
        "Anything but chance.",
        examples.one_proportion,
    ),
)
"""The methods that give the interval of a single figure."""

AMONG: tuple[Method, ...] = (
    Method(
        "funnel",
        "Funnel limits",
        ("funnel limits", "control limits"),
        "Counts and bases of all forces are known.",
        "Around the rate of all forces in the spread together: the exact Poisson limits of the "
        "number to be expected at a force's base, over that base.",
        "Spiegelhalter (2005), funnel plots; Garwood (1936) for the limits.",
        "Whether a force outside is unusual: by chance alone forces differ far less than they do, "
        "so that most are outside.",
        examples.funnel,
    ),
    Method(
        "overdispersion",
        "Unusual among forces",
        ("unusual", "among forces", "adjusted z", "spread"),
        "Counts and bases of all forces are known. City of London is left out unless it is asked "
        "for: hardly anyone lives there.",
        "y is the root of observed over expected, s is 1 over twice the root of expected, and z is "
        "(y - 1) / s. phi is the mean of the squares of z, the tenth at each end drawn in to the "
        "rest; from it follows tau squared, the variance between forces. The adjusted z is "
        "(y - 1) / root(s squared + tau squared); beyond z of the level a force is unusual.",
        "Spiegelhalter (2005), additive random effects; winsorised at 10 %.",
        "Why forces differ: towns and country, and ways of recording, are all in the spread. Of 42 "
        "forces about two are beyond the 95 % limits by chance.",
        examples.overdispersion,
    ),
)
"""The methods that decide whether a force is unusual among forces."""

EXPLAINED = (*METHODS, *INTERVALS, *AMONG)


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
