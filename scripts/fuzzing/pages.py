"""Pages of random tables that are sound: names, figures, periods and text, in every format."""

from __future__ import annotations

import csv
import io
import json
import string
from pathlib import Path
from random import Random

from judges import JUDGES
from payloads import PAYLOADS

from fuzzing.target import Case, FaultError, Outcome, command, weighted

_FORMATS = {"table": 30, "csv": 30, "json": 25, "markdown": 30, "html": 3}
_COMMANDS = {
    "rates": 4, "changes": 4, "outcomes": 3, "satisfaction": 3, "judgments": 2, "claims": 2,
    "compare": 4, "compare --all": 4, "trend": 4, "report": 3, "report --full": 2, "forces": 1,
    "metrics": 1, "groups": 1, "sources": 1, "explain": 1, "chart": 2,
}  # fmt: skip
_CHARTS = ("bars", "trend", "funnel", "rank", "map", "spine", "satisfaction")
_ENDS = ("03-31", "06-30", "09-30", "12-31")
_ALPHABETS = (
    string.ascii_letters + " ",
    string.punctuation + " ",
    "äßéñŁøÞ ½²‰€",
    "\x1b\x07\x08\r\n\t\x7f\x9b\u202e\u2066\u200b\ufeff\u2028\ufffe",
    "語漢字カナ한국어",
    "עברית العربية",
    "👩‍👩‍👧🏴󠁧󠁢󠁷󠁬󠁳󠁿🇬🇧",
    "".join(chr(0x300 + n) for n in range(30)) + "aeo",
)


def _text(random: Random, longest: int = 40) -> str:
    """Return text that is not blank: a payload, or letters of a few alphabets."""
    if random.random() < 0.3:
        return random.choice(list(PAYLOADS.values()))
    letters = "".join(random.choices(_ALPHABETS, k=2))
    length = random.randint(1, longest) if random.random() < 0.95 else random.randint(100, 400)
    return f"{random.choice(string.ascii_letters)}{''.join(random.choices(letters, k=length))}"


def _figure(random: Random, most: float = 1e6) -> str:
    """Return a number as it might be printed; empty where it is missing."""
    if random.random() < 0.07:
        return ""
    value = random.choice((0.0, random.random() * most, 10 ** random.uniform(-6, 6)))
    return f"{min(value, most):.{random.choice((0, 0, 1, 1, 2, 3, 6))}f}"


def _count(random: Random, most: int = 10**6) -> str:
    return "" if random.random() < 0.2 else str(random.choice((0, 1, 5, random.randint(0, most))))


def make(random: Random) -> Case:
    """Return tables and a command line in JSON."""
    forces = [f"force-{n}" for n in range(random.choice((1, 2, 3, 12)))]
    areas = [*forces, "england-and-wales"]
    years = range(2014 - random.choice((0, 1, 2, 6)), 2015)
    end = random.choice(_ENDS)
    ends = [f"{year}-{end}" for year in years]
    about = {"source": "one", "locator": _text(random), "note": _text(random)}
    tables: dict[str, list[dict[str, str]]] = {
        "forces": [
            {"force": force, "name": f"{_text(random)} {n}", "short_name": f"{_text(random)} {n}s"}
            | {"territorial": random.choice(("true", "true", "false")), "region": _text(random)}
            for n, force in enumerate(forces)
        ],
        "metrics": [
            {"metric": f"{kind}-{n}", "label": f"{_text(random)} {kind}{n}", "unit": unit}
            | {"polarity": random.choice(("none", "higher-is-better", "lower-is-better", ""))}
            | {"definition": _text(random), "base": base, "short_label": _text(random)}
            for kind, unit, base in (
                ("rate", f"per 1,000 {_text(random)}", "population"),
                ("share", "%", "crimes"),
                ("survey", "%", "victims surveyed"),
            )
            for n in range(2)
        ],
        "sources": [{name: _text(random) for name in ("title", "publisher", "licence", "url")}],
        "groups": [{"group": "some", "label": _text(random), "forces": ";".join(forces)}],
        "questions": [{"question": "asked", "label": _text(random)}],
        "scale": [
            {"judgment": f"step-{n}", "label": f"{_text(random)} {n}", "rank": str(n)}
            | {"positive": random.choice(("true", "false"))}
            for n in (1, 2, 3)
        ],
        "judgments": [
            {"force": force, "question": "asked", "source": "one", "locator": _text(random)}
            | {"judgment": f"step-{random.randint(1, 3)}", "summary": _text(random)}
            for force in forces
        ],
        "rates": [
            {"force": area, "metric": f"rate-{n}", "period_end": day, **about}
            | {"value": _figure(random), "count": _count(random)}
            | {"base": str(random.randint(1, 10**8))}
            for area in areas
            for n in range(2)
            for day in ends
        ],
        "changes": [
            {"force": area, "metric": "rate-0", "period_end": ends[-1], **about}
            | {"base_period_end": f"{years[0] - 1}-{end}", "percent": _figure(random)}
            | {"count": _count(random), "base_count": _count(random)}
            for area in areas
        ],
        "outcomes": [
            {"force": area, "metric": "share-0", "period_end": day, **about}
            | {"percent": _figure(random, 200)}
            for area in areas
            for day in ends
        ],
        "satisfaction": [
            {"force": area, "metric": "survey-0", "period_end": day, **about}
            | {"percent": _figure(random, 100), "margin": _figure(random, 20)}
            for area in areas
            for day in ends
        ],
        "notes": [
            {"note": "first", "force": "force-0", "source": "one", "tables": "rates;changes"}
            | {"text": _text(random), "caution": _text(random), "period_end": ends[-1]}
            | {"mark": _text(random, 12), "locator": _text(random)}
        ],
        "claims": [
            {"claim": "first", "force": "force-0", "source": "one", "statement": _text(random)}
            | {"table": "rates", "metric": "rate-0", "period_end": ends[-1]}
            | {"benchmark": "england-and-wales", "locator": _text(random)}
            | {"asserts": random.choice(("higher", "lower", "similar"))}
        ],
    }
    tables["sources"][0] |= {"source": "one", "note": _text(random)}
    for name in ("changes", "outcomes", "satisfaction", "notes", "claims", "judgments"):
        if random.random() < 0.3:
            del tables[name]
    return Case("page.json", json.dumps([tables, _arguments(random, forces)]).encode())


def _arguments(random: Random, forces: list[str]) -> list[str]:
    words = weighted(random, _COMMANDS).split()
    some = random.sample(forces, min(len(forces), random.choice((1, 1, 2, 3))))
    match words[0]:
        case "chart":
            kind = random.choice(_CHARTS)
            measure = ["--metric", "rate-0"] if kind in ("trend", "funnel", "rank", "map") else []
            drawn = random.random() < 0.05
            return ["chart", kind, some[0], *measure, *(["--output", "a.svg"] if drawn else [])]
        case "compare" | "report":
            words += some
        case "explain":
            words.append("rate-0")
        case "forces" | "metrics" | "groups" | "sources":
            pass
        case _:
            words.append(some[0])
    if words[0] in ("compare", "trend"):
        words += ["--metric", random.choice(("rate-0", "rate-1"))]
    if words[0] in ("rates", "compare", "trend", "report") and random.random() < 0.2:
        words += ["--group", "some"]
    notes = random.choice(("brief", "full", "none"))
    return [*words, "--format", weighted(random, _FORMATS), "--notes", notes]


def attempt(case: Case, folder: Path) -> Outcome:
    """Run the command on the tables, and judge what it prints."""
    tables, arguments = json.loads(case.content)
    data = folder / "data"
    data.mkdir()
    for name, rows in tables.items():
        stream = io.StringIO(newline="")
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
        (data / f"{name}.csv").write_bytes(stream.getvalue().encode())
    picture = folder / "a.svg"
    words = [str(picture) if word == picture.name else word for word in arguments]
    ended = command([*words, "--data", str(data)])
    if ended.code:
        return "refused"
    form = words[words.index("--format") + 1] if "--format" in words else "table"
    if "--output" in words:
        form, text = "svg", picture.read_text("utf-8")
    else:
        text = ended.out
    if found := list(JUDGES[form](text)):
        raise FaultError(f"{form}: {found[0]}")
    return "read"
