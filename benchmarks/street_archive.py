"""Make an archive like those of data.police.uk, of any size, from a seed.

`python benchmarks/street_archive.py ROWS FILE.zip [MONTHS]` writes street-level files of 43 forces
for 36 months, or as many as are named, with about as many rows as are asked for. The Metropolitan
Police has an eighth of them and the City of London few, as in the publisher's archives. Places,
ids and outcomes are invented; their lengths, and so the size of a row and how far it can be
compressed, are those of real files.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

SEED = 20141127
FIRST_YEAR = 2023
HEADING = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
SHARES = {
    "Anti-social behaviour": 0.17,
    "Bicycle theft": 0.01,
    "Burglary": 0.04,
    "Criminal damage and arson": 0.08,
    "Drugs": 0.03,
    "Other crime": 0.02,
    "Other theft": 0.08,
    "Possession of weapons": 0.01,
    "Public order": 0.07,
    "Robbery": 0.01,
    "Shoplifting": 0.08,
    "Theft from the person": 0.02,
    "Vehicle crime": 0.06,
    "Violence and sexual offences": 0.32,
}
"""The categories since May 2013, and about how common each is."""

OUTCOMES = (
    "Under investigation",
    "Unable to prosecute suspect",
    "Investigation complete; no suspect identified",
    "Status update unavailable",
    "Awaiting court outcome",
    "Local resolution",
)
WEIGHTS = {"metropolitan": 6.0, "city-of-london": 0.05}
"""How many rows a force has, where the others have one."""

STREETS = ("Mill Lane", "Station Road", "Parking Area", "Police Station", "St John's Close", "A692")


def forces() -> list[tuple[str, str]]:
    """Return the ids and names of the 43 forces."""
    table = Path(__file__).parents[1] / "data" / "forces.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        return [
            (row["force"], row["name"])
            for row in csv.DictReader(stream)
            if row["territorial"] == "true"
        ]


def months(number: int) -> Iterator[str]:
    """Yield months, the oldest first."""
    for nth in range(number):
        yield f"{FIRST_YEAR + nth // 12}-{nth % 12 + 1:02}"


def street_file(random: np.random.Generator, rows: int, month: str, name: str) -> bytes:
    """Return the content of one force's file of one month."""
    shares = np.array(list(SHARES.values()))
    kinds = random.choice(list(SHARES), rows, p=shares / shares.sum()).tolist()
    ids = random.bytes(32 * rows).hex()
    places = np.char.mod("%.6f", random.uniform(-3, 1, rows)).tolist()
    heights = np.char.mod("%.6f", random.uniform(50, 55, rows)).tolist()
    streets = random.choice(STREETS, rows).tolist()
    areas = random.integers(1000000, 1034000, rows).tolist()
    outcomes = random.choice(OUTCOMES, rows).tolist()
    out = io.StringIO()
    out.write(f"{HEADING}\r\n")
    for nth, kind in enumerate(kinds):
        known = kind != "Anti-social behaviour"
        out.write(
            f"{ids[64 * nth : 64 * nth + 64] if known else ''},{month},{name},{name},"
            f"{places[nth]},{heights[nth]},On or near {streets[nth]},E0{areas[nth]},"
            f"Area {areas[nth] % 97:03}B,{kind},{outcomes[nth] if known else ''},\r\n"
        )
    return out.getvalue().encode()


def write_archive(path: Path, rows: int, number_of_months: int = 36) -> None:
    """Write an archive of about some number of rows."""
    random = np.random.default_rng(SEED)
    known = forces()
    weights = [WEIGHTS.get(force, 1.0) for force, _ in known]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for month in months(number_of_months):
            for (force, name), weight in zip(known, weights, strict=True):
                share = rows * weight / sum(weights) / number_of_months
                size = max(1, round(share * random.uniform(0.9, 1.1)))
                member = zipfile.ZipInfo(f"{month}/{month}-{force}-street.csv")
                content = street_file(random, size, month, name)
                archive.writestr(member, content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    write_archive(Path(sys.argv[2]), int(sys.argv[1]), *map(int, sys.argv[3:]))
