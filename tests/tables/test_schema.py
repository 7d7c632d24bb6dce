"""What each table holds: its key and its columns."""

from __future__ import annotations

import re

import pytest

from crimecmp.tables.schema import TABLES, Column

COLUMNS = [(table.name, column) for table in TABLES.values() for column in table.columns]


@pytest.mark.parametrize(
    ("table", "key", "required"),
    [
        ("forces", ["force"], ["force", "name"]),
        ("metrics", ["metric"], ["metric", "label", "unit"]),
        ("sources", ["source"], ["source", "title"]),
        (
            "rates",
            ["force", "metric", "period_end", "source"],
            ["force", "metric", "period_end", "value"],
        ),
        (
            "changes",
            ["force", "metric", "period_end", "base_period_end", "source"],
            ["force", "metric", "period_end", "base_period_end", "percent"],
        ),
        (
            "outcomes",
            ["force", "metric", "period_end", "source"],
            ["force", "metric", "period_end", "percent"],
        ),
        (
            "satisfaction",
            ["force", "metric", "period_end", "source"],
            ["force", "metric", "period_end", "percent", "margin"],
        ),
        ("judgments", ["force", "question", "source"], ["force", "question", "judgment"]),
        ("scale", ["judgment", "source"], ["judgment", "label", "rank", "positive"]),
        ("bases", ["force", "base", "year", "source"], ["force", "base", "year", "value"]),
        ("groups", ["group"], ["group", "label", "forces"]),
        ("map", ["force"], ["force", "column", "row", "code"]),
        ("differences", ["difference"], ["difference", "force", "metric", "period_end", "text"]),
    ],
)
def test_tables_have_the_keys_of_the_design(
    table: str, key: list[str], required: list[str]
) -> None:
    """Keys and required columns are a contract with everybody who writes such files."""
    assert list(TABLES[table].key) == key
    assert list(TABLES[table].required) == required


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("forces", "force,name,short_name,ons_code,aliases,region,territorial,resident_base"),
        (
            "metrics",
            "metric,label,unit,base,polarity,aliases,definition,comparable_from,part_of_base,"
            "short_label",
        ),
        ("sources", "source,title,publisher,published,licence,url,note"),
        ("rates", "force,metric,period_end,source,value,count,base,locator,note"),
        (
            "changes",
            "force,metric,period_end,base_period_end,source,percent,count,locator,note,base_count",
        ),
        ("outcomes", "force,metric,period_end,source,percent,count,base,locator,note"),
        ("satisfaction", "force,metric,period_end,source,percent,margin,locator,note"),
        ("judgments", "force,question,source,judgment,summary,locator"),
        ("scale", "judgment,label,rank,positive,definition,source,locator"),
        ("bases", "force,base,year,source,value,locator,note"),
        ("groups", "group,label,forces,source,note"),
        ("map", "force,column,row,code"),
        ("differences", "difference,force,metric,period_end,base_period_end,source,text"),
    ],
)
def test_tables_have_the_columns_of_the_design(table: str, columns: str) -> None:
    """A table's columns and their order are a contract with everybody who writes such files."""
    assert ",".join(TABLES[table].column_names) == columns


def test_a_column_is_found_by_its_name() -> None:
    """A table gives the column asked for, and a KeyError for one that it lacks."""
    assert TABLES["rates"].column("value").type == "number"
    with pytest.raises(KeyError, match="colour"):
        TABLES["rates"].column("colour")


def test_every_column_refers_to_the_whole_key_of_a_table() -> None:
    """A reference is to a single key column, or also to the column that it is within."""
    referring = [(table, c) for table, c in COLUMNS if c.refers]
    assert {(table, c.name) for table, c in referring} >= {
        ("rates", "force"),
        ("rates", "metric"),
        ("rates", "source"),
        ("judgments", "question"),
        ("judgments", "judgment"),
    }
    assert all(TABLES[c.refers].key[1:] == tuple(filter(None, [c.within])) for _, c in referring)
    assert all(c.within in ("", *TABLES[table].column_names) for table, c in referring)


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=lambda part: getattr(part, "name", part))
def test_every_column_is_described(table: str, column: Column) -> None:
    """Every column has a description: the documentation is made from them."""
    assert table
    assert re.fullmatch(r"[A-Z].*\.", column.description)
