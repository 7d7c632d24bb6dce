"""The inspectors' judgments: of the forces asked for, in the order of the questions."""

from __future__ import annotations

from pathlib import Path

from bundled import table
from rows import columns_of
from tabling import TWO_SCALES

import crimecmp
from crimecmp.comparison.judgments import cycles, judgments_of
from crimecmp.comparison.request import requested


def test_judgments_are_those_of_the_report(bundled: crimecmp.Dataset) -> None:
    """Durham was judged good at reducing crime, outstanding at investigating and at disorder."""
    found = judgments_of(bundled, requested(bundled))
    assert columns_of(found, "force", "question", "judgment", "rank", "positive") == [
        ("durham", "reducing-crime", "good", 2, True),
        ("durham", "investigating-offending", "outstanding", 1, True),
        ("durham", "tackling-anti-social-behaviour", "outstanding", 1, True),
    ]
    labels = {row["question"]: row["label"] for row in table("questions")}
    for row in found:
        assert row.kind == "judgment"
        assert row.label == labels[row.question]
        assert row.source == "hmic-2014-durham"
        assert row.summary
        assert row.locator


def test_a_force_that_was_not_judged_has_no_judgments(bundled: crimecmp.Dataset) -> None:
    """Of Kent there is none, and of a source without judgments there is none of Durham."""
    assert judgments_of(bundled, requested(bundled, ["kent"])) == []
    assert judgments_of(bundled, requested(bundled, source="published-counts")) == []


def judged(folder: Path, *rows: str) -> crimecmp.Dataset:
    """Return tables with some judgments."""
    lines = ["force,question,judgment,source", *rows, ""]
    (folder / "judgments.csv").write_text("\n".join(lines))
    (folder / "sources.csv").write_text("source,title\none,One\ntwo,Two\n")
    return crimecmp.load(folder)


def test_judgments_follow_the_order_of_the_questions(tmp_path: Path) -> None:
    """Judgments stand in the order of the questions, whatever the order of their file."""
    data = judged(
        tmp_path,
        "kent,tackling-anti-social-behaviour,inadequate,",
        "kent,investigating-offending,requires-improvement,",
        "kent,reducing-crime,good,",
    )
    found = judgments_of(data, requested(data, ["kent"]))
    assert columns_of(found, "judgment", "rank", "positive") == [
        ("good", 2, True),
        ("requires-improvement", 3, False),
        ("inadequate", 4, False),
    ]


def test_of_several_forces_each_question_has_all_in_the_order_asked_for(tmp_path: Path) -> None:
    """Questions go before forces: those who are judged on one question stand together."""
    data = judged(
        tmp_path,
        *(
            f"{force},{question},good,"
            for force in ("essex", "kent")
            for question in ("investigating-offending", "reducing-crime")
        ),
    )
    found = judgments_of(data, requested(data, ["kent", "essex"]))
    assert columns_of(found, "question", "force") == [
        ("reducing-crime", "kent"),
        ("reducing-crime", "essex"),
        ("investigating-offending", "kent"),
        ("investigating-offending", "essex"),
    ]


def test_judgments_of_two_sources_are_in_no_one_order(tmp_path: Path) -> None:
    """Those of each source stand together in the order of sources; one can be asked for."""
    data = judged(
        tmp_path,
        "kent,reducing-crime,good,two",
        "kent,investigating-offending,good,one",
        "kent,reducing-crime,inadequate,one",
        "essex,reducing-crime,good,two",
    )
    columns = ("source", "force", "judgment")
    found = judgments_of(data, requested(data, ["kent", "essex"]))
    assert columns_of(found, *columns) == [
        ("one", "kent", "inadequate"),
        ("one", "kent", "good"),
        ("two", "kent", "good"),
        ("two", "essex", "good"),
    ]
    assert {source: len(rows) for source, rows in cycles(found).items()} == {"one": 2, "two": 2}
    found = judgments_of(data, requested(data, ["kent"], source="two"))
    assert columns_of(found, *columns) == [("two", "kent", "good")]


def test_a_judgment_has_its_place_on_the_scale_of_its_source(tmp_path: Path) -> None:
    """The same category can be third of four in one source and fourth of five in another."""
    (tmp_path / "scale.csv").write_text(TWO_SCALES)
    data = judged(
        tmp_path,
        "kent,reducing-crime,requires-improvement,one",
        "kent,reducing-crime,requires-improvement,two",
        "kent,investigating-offending,adequate,two",
    )
    found = judgments_of(data, requested(data, ["kent"]))
    assert columns_of(found, "source", "grade", "rank", "steps", "positive") == [
        ("one", "Requires improvement", 3, 4, False),
        ("two", "Requires improvement", 4, 5, False),
        ("two", "Adequate", 3, 5, True),
    ]
