"""Which words of the inspection report stand in a text of ours, told without the report itself.

`report-runs.bin` has four bytes of the digest of every seven words in a row of the report of 2014:
enough to find a copied sentence, and none of its words. Write it anew, with the report in
`../shared/report`, by `python tests/report_words.py`.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

MOST_WORDS = 6
"""How many of the report's words in a row may stand in a text of ours."""

REPORT = "report/hmic-crime-inspection-2014-durham.txt"
_RUNS = Path(__file__).with_name("report-runs.bin")
_SIZE = 4


def runs_of(text: str) -> list[str]:
    """Return all runs of words of a text that are one word longer than is allowed."""
    plain = text.casefold().replace("’", "").replace("'", "")
    words, length = re.findall(r"[a-z0-9]+", plain), MOST_WORDS + 1
    return [" ".join(words[at : at + length]) for at in range(len(words) - length + 1)]


def digest(run: str) -> bytes:
    """Return a few bytes that stand for a run of words."""
    return hashlib.blake2b(run.encode(), digest_size=_SIZE).digest()


def packed(text: str) -> bytes:
    """Return the digests of all runs of a text, in order."""
    return b"".join(sorted({digest(run) for run in runs_of(text)}))


def of_the_report() -> bytes:
    """Return the digests of all runs of the report, in order, as they are kept."""
    return _RUNS.read_bytes()


def copied(text: str) -> list[str]:
    """Return the runs of a text that stand in the report."""
    kept = of_the_report()
    there = {kept[at : at + _SIZE] for at in range(0, len(kept), _SIZE)}
    return [run for run in runs_of(text) if digest(run) in there]


if __name__ == "__main__":
    report = Path(__file__).parents[1] / "../shared" / REPORT
    _RUNS.write_bytes(packed(report.read_text("utf-8")))
