"""How much a workbook may hold and take. The largest published ones are far below."""

from __future__ import annotations

PACKED = 64_000_000
"""The maximum size of the file in bytes."""

UNPACKED = 1_000_000_000
"""The maximum size of all its parts together in bytes, unpacked."""

CELLS = 2_000_000
"""The maximum number of cells in all sheets. Blank cells count up to the last filled one of their
row. A blank row counts as one cell."""

TEXT = 100_000_000
"""The maximum size of the text of all cells in bytes: a text can be stored once and shown often."""

MEMORY = 1_000_000_000
"""The maximum memory of the process that reads it, in bytes."""

SECONDS = 60
"""The maximum time that reading takes."""

BLANK_ROWS = 100
"""The maximum number of blank rows that are kept where more follow one another."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The size of a sheet in spreadsheet programs."""
