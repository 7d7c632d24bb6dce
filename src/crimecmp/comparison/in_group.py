"""Is a force usual for a group? Its rate is held against the range of the group's other forces.

This is a different question from whether it differs from the group's mean by more than random
variation: the forces of a group differ from each other, too.
"""

from __future__ import annotations

from crimecmp.comparison.question import Question
from crimecmp.comparison.row import InGroup
from crimecmp.comparison.verdict_words import ABOVE, BELOW, NOT_TESTED, WITHIN
from crimecmp.errors import MethodError
from crimecmp.statistics import EXACT_BELOW, FEWEST_OTHERS, group_range
from crimecmp.tables.cells import per
from crimecmp.text import plural


def in_group(question: Question) -> InGroup:
    """Return whether a rate is usual for the group that it is compared with.

    Parameters
    ----------
    question
        The figures, with the counts and bases of the group's other forces.
    """
    force, others, scale = question.force, question.others, per(question.unit)
    if question.kind != "rate":
        return InGroup(
            NOT_TESTED, group_reason="Only rates are compared with the range of a group."
        )
    if force is None or force.events is None or not force.base or others is None or scale is None:
        reason = "Not every force has a count and a base."
        return InGroup(NOT_TESTED, group_reason=reason)
    if len(others) < FEWEST_OTHERS:
        reason = (
            f"The group has {plural(len(others), 'other force')}. At least {FEWEST_OTHERS} are "
            "needed to say what is usual."
        )
        return InGroup(NOT_TESTED, group_reason=reason)
    if min(force.events, *(count for count, _ in others)) < EXACT_BELOW:
        return InGroup(NOT_TESTED, group_reason=f"A count in the group is below {EXACT_BELOW}.")
    rates = [scale * count / base for count, base in others]
    try:
        found = group_range(scale * force.events / force.base, rates, question.level)
    except MethodError:
        return InGroup(NOT_TESTED, group_reason="The other forces' rates are all equal.")
    place = WITHIN if found.p >= 1 - question.level else ABOVE if found.t > 0 else BELOW
    reason = f"Compared with the rates of the {len(others)} other forces."
    return InGroup(place, found.low, found.high, found.p, reason)
