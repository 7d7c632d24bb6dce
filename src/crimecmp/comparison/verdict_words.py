"""The words of verdicts and readings, which the command line offers without loading statistics."""

HIGHER, LOWER, SIMILAR, NOT_TESTED = "higher", "lower", "similar", "not tested"
VERDICTS = (HIGHER, LOWER, SIMILAR, NOT_TESTED)
"""How a force's figure compares with the benchmark's."""

BETTER, WORSE = "better", "worse"
READINGS = (BETTER, WORSE)
"""What a difference means, where the metric has a better direction."""

USUAL, POISSON, SAMPLING, PRINT, NOTHING = (
    "usual variation",
    "Poisson variation",
    "sampling error",
    "rounding",
    "nothing",
)
"""The kinds of variation that a difference can be larger than, the widest first."""

HIGH, LOW, NOT_UNUSUAL = "unusually high", "unusually low", "not unusual"
"""Whether a force's rate is unusual among forces."""

MATCHES, DIFFERS, CANNOT = "matches", "differs", "cannot be worked out"
"""Whether a printed figure is what published counts give."""

ABOVE, BELOW, WITHIN = "above", "below", "within"
"""Where a force's rate lies by the range of the other forces in a group."""

REST, OTHERS, WHOLE = "the rest of the benchmark", "the other forces of the group", "the benchmark"
"""What the ratio of a test is to."""
