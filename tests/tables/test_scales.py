"""A scale belongs to a source: every judgment is on the scale of its own source, or on none."""

from __future__ import annotations

from pathlib import Path

import pytest
from tabling import TWO_SCALES, faults_of, problem_of

import crimecmp

SOURCES = "source,title\none,One\ntwo,Two\nthree,Three\n"
HEADER = "judgment,label,rank,positive,source\n"


def folder(path: Path, scale: str, *judgments: str) -> Path:
    """Write judgments, each as `judgment,source`, beside a scale; none for an empty text."""
    path.mkdir(parents=True, exist_ok=True)
    rows = [f"durham,q-{number},{row}" for number, row in enumerate(judgments)]
    asked = [f"q-{number},Question {number}" for number in range(len(judgments))]
    path.joinpath("questions.csv").write_text("\n".join(["question,label", *asked, ""]))
    path.joinpath("judgments.csv").write_text(
        "\n".join(["force,question,judgment,source", *rows, ""])
    )
    path.joinpath("sources.csv").write_text(SOURCES)
    if scale:
        path.joinpath("scale.csv").write_text(scale)
    return path


def grades(data: crimecmp.Dataset, source: str) -> list[str]:
    """Return the categories of a source's scale."""
    return [row["judgment"] for row in data.scale_of(source)]


def test_a_source_has_its_own_scale(tmp_path: Path) -> None:
    """Two sources in one folder judge by a scale each, of four and of five categories."""
    data = crimecmp.load(folder(tmp_path, TWO_SCALES, "good,one", "adequate,two"))
    assert len(grades(data, "one")) == 4
    assert "adequate" not in grades(data, "one")
    assert grades(data, "two")[2] == "adequate"


def test_a_category_of_another_source_is_a_fault(tmp_path: Path) -> None:
    """`Adequate` is no category of the source with four: the fault names its file, row and cell."""
    path = folder(tmp_path, TWO_SCALES, "good,one", "adequate,one")
    assert faults_of(path) == [("judgments.csv", 3, "judgment")]
    assert problem_of(path) == (
        "unknown judgment 'adequate'; the scale of one has outstanding, good, requires-improvement "
        "or inadequate; scale.csv says which categories a source has"
    )


def test_a_scale_without_a_source_is_of_every_source_without_its_own(tmp_path: Path) -> None:
    """Categories that name no source are of each source in the folder that none name."""
    scale = HEADER + "fine,Fine,1,true,\npoor,Poor,2,false,\nadequate,Adequate,1,true,two\n"
    data = crimecmp.load(folder(tmp_path, scale, "fine,one", "adequate,two", "poor,three"))
    assert grades(data, "one") == grades(data, "three") == ["fine", "poor"]
    assert grades(data, "two") == ["adequate"]


def test_a_scale_that_names_where_it_was_published_is_read_as_before(tmp_path: Path) -> None:
    """A scale of a source without judgments in the folder is of all sources with some."""
    scale = HEADER + "fine,Fine,1,true,three\npoor,Poor,2,false,three\n"
    data = crimecmp.load(folder(tmp_path, scale, "fine,one", "poor,"))
    assert grades(data, "one") == grades(data, "judgments.csv") == ["fine", "poor"]


def test_without_a_scale_the_bundled_one_is_used(tmp_path: Path) -> None:
    """Judgments without a scale are on the four categories of 2014, also by their labels."""
    data = crimecmp.load(folder(tmp_path, "", "Requires improvement,one"))
    assert [row["judgment"] for row in data.rows("judgments")] == ["requires-improvement"]
    assert len(grades(data, "one")) == 4


def test_a_source_without_a_scale_among_others_is_a_fault(tmp_path: Path) -> None:
    """Where every scale is of another source that has judgments, a source has none."""
    path = folder(tmp_path, TWO_SCALES, "good,one", "good,two", "good,three")
    assert faults_of(path) == [("judgments.csv", 4, "judgment")]
    assert "the scale of three has none" in problem_of(path)


def test_two_scales_that_could_be_meant_are_a_fault(tmp_path: Path) -> None:
    """A source without a scale is not put on one of two by chance."""
    path = folder(tmp_path, TWO_SCALES, "good,three")
    assert faults_of(path) == [("judgments.csv", 2, "source")]
    assert "no scale of its own, and there are several: one and two" in problem_of(path)


def test_two_categories_in_one_place_are_a_fault(tmp_path: Path) -> None:
    """Two categories of one scale cannot have the same rank."""
    path = folder(tmp_path, HEADER + "fine,Fine,1,true,\npoor,Poor,1,false,\n", "fine,one")
    assert faults_of(path) == [("scale.csv", 3, "rank")]


def test_a_scale_is_of_its_own_folder_among_editions(tmp_path: Path) -> None:
    """In a folder of editions a scale without a source is of its edition's sources alone."""
    folder(tmp_path / "first", HEADER + "fine,Fine,1,true,\n", "fine,one")
    folder(tmp_path / "second", HEADER + "adequate,Adequate,1,true,\n", "adequate,two")
    (tmp_path / "second" / "questions.csv").unlink()
    data = crimecmp.load(tmp_path)
    assert grades(data, "one") == ["fine"]
    assert grades(data, "two") == ["adequate"]


@pytest.mark.parametrize("source", ["one", ""])
def test_one_source_is_not_judged_on_two_scales(source: str, tmp_path: Path) -> None:
    """A source that has another scale in another edition is a fault."""
    folder(tmp_path / "first", HEADER + "fine,Fine,1,true,\n", f"fine,{source}")
    folder(tmp_path / "second", HEADER + "fine,Fine,2,true,\n", f"fine,{source}")
    (tmp_path / "second" / "questions.csv").unlink()
    assert faults_of(tmp_path) == [("judgments.csv", 2, "source")]
    assert "another scale in another folder" in problem_of(tmp_path)
