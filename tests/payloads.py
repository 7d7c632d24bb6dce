"""Text that acts where it is shown without care, and tables in which it is in every cell of text.

A payload that acts in a browser sets the title of its page to `ACTED`, or asks for an address of
`ASKED`. `judges` says whether one acted.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

ACTED = "acted"
ASKED = "acted.invalid"
_SET = f"document.title='{ACTED}'"

PAYLOADS: Mapping[str, str] = {
    # Rich and terminals.
    "rich markup": "[red]alarm[/red] [/x] [link=https://acted.invalid]x[/link] :warning:",
    "colour": "\x1b[31;5mred\x1b[0m",
    "screen cleared": "\x1b[2J\x1b[H\x1b[3J\x1bc",
    "window title": "\x1b]0;acted\x07 \x1b]2;acted\x1b\\",
    "OSC 8 link": "\x1b]8;;https://acted.invalid\x1b\\text\x1b]8;;\x1b\\",
    "OSC 52 clipboard": "\x1b]52;c;YWN0ZWQ=\x07",
    "DCS and APC": '\x1bP$q"p\x1b\\ \x1b_x\x1b\\ \x1b^x\x1b\\ \x1b[6n\x1b[c',
    "C1 controls": "\x9b31mred \x9d0;acted\x9c \x90q\x9c \x85 \x84",
    "carriage return": "good\rbad",
    "backspaces": "good\b\b\b\bbad\x7f",
    "line breaks": "one\ntwo\x0b\x0cthree\u2028four\u2029five",
    "bidirectional override": "\u202eevil\u202c \u2066x\u2069 \u200e\u200f\u061c",
    "invisible characters": "a\u200bb\u2060c\ufeffd\u00ade\U000e0041",
    "noncharacters": "a\ufffeb\uffff \U0001fffe",
    "combining": "Z\u0351\u036b\u0343\u036a\u0302 \u0e49\u0e49\u0e49",
    # HTML, scripts, styles and SVG.
    "script": f"<script>{_SET}</script>",
    "attribute": f'" onmouseover="{_SET}" autofocus onfocus="{_SET}" x="',
    "single-quoted attribute": f"' onmouseover='{_SET}' autofocus onfocus='{_SET}' x='",
    "image": f'"><img src=x onerror={_SET}>',
    "request": f"<img src=//{ASKED}/a><link rel=stylesheet href=https://{ASKED}/b>",
    "svg handler": f"<svg onload={_SET}><animate onbegin={_SET} attributeName=x dur=1s></svg>",
    "svg end": f"]]></text></svg><script>{_SET}</script>",
    "foreign object": f"<foreignObject><body onload={_SET}></foreignObject>",
    "title end": f"</title><script>{_SET}</script>",
    "style end": f"</style><script>{_SET}</script>",
    "style import": f"}} @import url(https://{ASKED}/c); body {{ background: url(//{ASKED}/d)",
    "style string": f'\\"; }} * {{ background: url(//{ASKED}/e) }} \\22 \\a',
    "textarea and noscript": f"</textarea></noscript><img src=x onerror={_SET}>",
    "details": f"</summary></details><iframe srcdoc='<script>top.{_SET}</script>'></iframe>",
    "refresh": f"<meta http-equiv=refresh content='0;url=https://{ASKED}/f'><base href=//{ASKED}>",
    "comment": "<!-- --!> <![CDATA[ ]]> <?xml-stylesheet href='x'?>",
    "entities": "&lt;script&gt; &amp;lt; &#60;b&#62; &nbsp;",
    "template": "{{ 7*7 }} {% raw %} {{ page.__class__ }} ${7*7} %s %(x)s {0}",
    "javascript address": "javascript:document.title='acted'",
    "data address": "data:text/html,<script>top.document.title='acted'</script>",
    "plain http address": "http://acted.invalid/a",
    "mathtext": r"$\frac{1}{2}$ $x_ \undefined{",
    # Markdown.
    "markdown link": "[text](https://acted.invalid) ![image](https://acted.invalid/i.png)",
    "markdown reference": "[text][1] [1]: https://acted.invalid",
    "autolink": "<https://acted.invalid> <mailto:a@acted.invalid>",
    "bare address": "see https://acted.invalid/a, www.acted.invalid and http://acted.invalid now",
    "bare mail": "write to a@acted.invalid or @somebody about #1 and GH-1",
    "raw html": "<details open><summary>x</summary></details> <b>bold</b><br>",
    "markdown block": "# heading",
    "markdown quote": "> quote",
    "markdown rule": "---",
    "markdown fence": "```",
    "markdown table": "a | b || c \\| d",
    "emphasis": "*a* **b** _c_ ~~d~~ `e` ==f==",
    "footnote": "[^1] [^1]: text - [ ] task",
    # Spreadsheets.
    "formula": "=1+1",
    "formula of plus": "+1+1",
    "formula of minus": "-1+1",
    "formula of at": "@SUM(1,1)",
    "full-width formula": "\uff1d1+1",
    "formula behind a tab": "a\t=1+1",
    "formula behind a line break": "a\n=1+1\r\n=1+1\r=1+1",
    "formula behind a semicolon": "a;=1+1;b",
    "formula behind a semicolon and a blank": "a; =1+1;b",
    "formula behind quotes": '"=1+1","=1+1"',
    "formula behind a semicolon and a quote": 'a;"=1+1";b',
    "formula behind an unbreakable space": "\u00a0=1+1",
    "formula behind a comma": "a,=1+1,b",
    "formula behind a comma and a quote": 'a",=1+1,"b',
    "formula that links": '=HYPERLINK("https://acted.invalid","x")',
    "formula that asks": '=WEBSERVICE("https://acted.invalid")',
    "formula that calls a program": "=cmd|'/c calc'!A0",
    "formula behind a vertical bar": "a|=1+1|b",
}
"""The payloads, by what each tries."""

LINKED = "https://figures.example/a_b?c=d"
"""An address that may become a link."""


def hostile_tables(folder: Path, text: str, url: str | None = None) -> Path:
    """Write tables of two forces and two measures in which every cell of text is `text`.

    Parameters
    ----------
    folder
        A folder that is there.
    text
        The text. A name must differ from the others, so that some are `text` with a letter.
    url
        The address of the source; by default the text.
    """
    tables: dict[str, Sequence[dict[str, str]]] = {
        "forces": [
            {
                "force": "gotham",
                "name": f"{text} N",
                "short_name": text,
                "ons_code": f"{text} C",
                "aliases": f"{text} A",
                "region": text,
                "territorial": "true",
            },
            {
                "force": "metropolis",
                "name": f"{text} M",
                "short_name": f"{text} S",
                "territorial": "true",
            },
        ],
        "metrics": [
            {
                "metric": "cake-theft",
                "label": f"{text} L",
                "unit": f"per 1,000 {text}",
                "short_label": text,
                "base": "population",
                "aliases": f"{text} B",
                "definition": text,
            },
            {"metric": "cakes-found", "label": f"{text} F", "unit": "%", "definition": text},
        ],
        "sources": [
            {
                "source": "one",
                "title": text,
                "publisher": text,
                "published": text,
                "licence": text,
                "url": text if url is None else url,
                "note": text,
            }
        ],
        "groups": [{"group": "both", "label": text, "forces": "gotham;metropolis", "note": text}],
        "questions": [{"question": "cakes", "label": text}],
        "scale": [
            {"judgment": "good", "label": text, "rank": "1", "positive": "true", "definition": text}
        ],
        "judgments": [
            {
                "force": "gotham",
                "question": "cakes",
                "source": "one",
                "judgment": "good",
                "summary": f"{text};{text}",
                "locator": text,
            }
        ],
        "rates": [
            {
                "force": force,
                "metric": "cake-theft",
                "period_end": period,
                "source": "one",
                "value": value,
                "count": count,
                "base": "1000",
                "locator": text,
                "note": text,
            }
            for force, value, count in (
                ("gotham", "5.0", "5"),
                ("metropolis", "6.0", "6"),
                ("england-and-wales", "7.0", "7"),
            )
            for period in ("2013-06-30", "2014-06-30")
        ],
        "changes": [
            {
                "force": force,
                "metric": "cake-theft",
                "period_end": "2014-06-30",
                "base_period_end": "2013-06-30",
                "source": "one",
                "percent": "5",
                "locator": text,
                "note": text,
            }
            for force in ("gotham", "england-and-wales")
        ],
        "outcomes": [
            {
                "force": force,
                "metric": "cakes-found",
                "period_end": "2014-06-30",
                "source": "one",
                "percent": "50",
                "locator": text,
                "note": text,
            }
            for force in ("gotham", "england-and-wales")
        ],
        "notes": [
            {
                "note": "doubt",
                "force": "gotham",
                "source": "one",
                "tables": "rates;changes;outcomes;judgments",
                "text": text,
                "locator": text,
                "caution": text,
                "mark": text,
                "period_end": "2014-06-30",
            }
        ],
        "claims": [
            {
                "claim": "first",
                "force": "gotham",
                "source": "one",
                "statement": text,
                "table": "rates",
                "metric": "cake-theft",
                "period_end": "2014-06-30",
                "benchmark": "england-and-wales",
                "asserts": "lower",
                "locator": text,
                "note": text,
            }
        ],
        "map": [{"force": "gotham", "column": "1", "row": "1", "code": text}],
        "differences": [
            {
                "difference": "odd",
                "force": "gotham",
                "metric": "cake-theft",
                "period_end": "2014-06-30",
                "source": "one",
                "text": text,
            }
        ],
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
    return folder


COMMANDS: Sequence[Sequence[str]] = (
    ("rates", "gotham"),
    ("rates", "gotham", "--group", "both"),
    ("changes", "gotham"),
    ("outcomes", "gotham"),
    ("judgments", "gotham"),
    ("claims", "gotham"),
    ("compare", "gotham", "metropolis", "--metric", "cake-theft"),
    ("compare", "gotham", "--all", "--metric", "cake-theft"),
    ("trend", "gotham", "--metric", "cake-theft"),
    ("report", "gotham"),
    ("report", "gotham", "metropolis", "--full"),
    ("forces",),
    ("metrics",),
    ("groups",),
    ("sources",),
    ("explain", "cake-theft"),
)
"""Commands that between them show every cell of these tables."""

PICTURES: Sequence[Sequence[str]] = (
    ("chart", "bars", "gotham"),
    ("chart", "trend", "gotham", "--metric", "cake-theft"),
    ("chart", "rank", "gotham", "--metric", "cake-theft"),
    ("chart", "spine", "gotham"),
)
"""Commands that draw pictures of these tables."""
