"""The words of verdicts and readings, which the command line offers without loading statistics."""

HIGHER, LOWER, SIMILAR, NOT_TESTED = "higher", "lower", "similar", "not tested"
VERDICTS = (HIGHER, LOWER, SIMILAR, NOT_TESTED)
"""How a force's figure compares with the benchmark's."""

BETTER, WORSE = "better", "worse"
READINGS = (BETTER, WORSE)
"""What a difference means, where the metric has a better direction."""
