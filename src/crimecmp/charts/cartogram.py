"""Map: every force as a hexagon in its place, coloured by its fifth or by its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crimecmp.charts.colouring import COLOURINGS, By, Colours, Figure
from crimecmp.charts.forces import absent_forces, all_forces
from crimecmp.charts.marks import roles_of
from crimecmp.comparison.request import Request
from crimecmp.comparison.row import Comparison
from crimecmp.document.picture import Cartogram, Picture, Role, Shade, Tile, Tone
from crimecmp.tables.dataset import Dataset
from crimecmp.text import MISSING, in_words, plural
from crimecmp.wording.captions import beneath, picture_source
from crimecmp.wording.labels import periods_words, short_label
from crimecmp.wording.units import Scale

TABLES = ("rates", "outcomes", "satisfaction")
"""The tables to look in for figures; the first that has the metric is used."""

_LEFT_OUT = "x"


def cartogram(data: Dataset, request: Request, by: By = "fifth") -> Picture:
    """Return a map of all forces, coloured by their figures on one metric.

    Parameters
    ----------
    data
        The tables.
    request
        The forces to outline, the metric, and the benchmark.
    by
        What the colours show: the fifth that a force's figure is in, or its verdict.

    Raises
    ------
    NoFiguresError
        Where the data have no such figure for the forces, or too few for fifths.
    RequestError
        Where there are more forces than a picture can show, or one of them is not a force.
    """
    if set(request.forces) & set(request.out_of_spread):
        request = request._replace(out_of_spread=())
    roles = roles_of(request)
    table, rows = all_forces(data, request, TABLES)
    figures = _figures(data, request, rows)
    scale = Scale.of(rows)
    colours = COLOURINGS[by](data, request.forces, figures, scale)
    title = f"{short_label(data, rows[0])}: {colours.finding}"
    absent = _absent(data, request, rows)
    of = {force: (shade.tone, shade.sign) for shade, forces in absent for force in forces}
    of |= colours.of
    tiles, remarks = _tiles(data, of, roles)
    drawing = Cartogram(
        tiles,
        (*colours.shades, *(shade for shade, _ in absent)),
        _asked(data, request, figures, colours, scale),
        (*colours.remarks, *remarks),
    )
    return Picture(
        "map",
        title,
        f"{_measured(rows[0], scale)}, {periods_words(rows)}",
        drawing,
        beneath(data, table, request, rows).note,
        picture_source(data, rows),
        f"{title}. {drawing.in_words()}",
    )


def _figures(data: Dataset, request: Request, rows: Sequence[Comparison]) -> list[Figure]:
    """Return the figures of all forces, the highest first; a benchmark that is a force has one."""
    found = [
        Figure(row.force, row, row.own, row.force_value)
        for row in rows
        if row.force_value is not None
    ]
    row = rows[0]
    ranked = set(data.territorial()) - set(request.out_of_spread)
    if row.benchmark in ranked and row.benchmark_value is not None:
        found.append(Figure(row.benchmark, row, row.other, row.benchmark_value))
    return sorted(found, key=lambda figure: -figure.value)


def _measured(row: Comparison, scale: Scale) -> str:
    """Return the measure in full, with its unit: `Burglary in a dwelling per 1,000 households`."""
    return f"{row.label} {scale.unit}" if scale.unit else f"{row.label}, percentage"


def _absent(
    data: Dataset, request: Request, rows: Sequence[Comparison]
) -> list[tuple[Shade, Sequence[str]]]:
    """Return the forces without a colour, with the reason as a part of the key."""
    out, without = absent_forces(data, request, rows)
    found = [
        (Shade("absent", _LEFT_OUT, "Left out", "hardly anyone lives there"), out),
        (Shade("absent", MISSING, "No figure", plural(len(without), "force")), without),
    ]
    return [(shade, forces) for shade, forces in found if forces]


def _tiles(
    data: Dataset, of: Mapping[str, tuple[Tone, str]], roles: Mapping[str, Role]
) -> tuple[tuple[Tile, ...], tuple[str, ...]]:
    """Return the forces in their places, and a remark on those that the map has no place for."""
    places = data.by_id("map")
    tiles = tuple(
        Tile(
            data.forces[force].label,
            place["code"],
            roles.get(force, "other"),
            int(place["column"]),
            int(place["row"]),
            *of[force],
        )
        for force, place in places.items()
        if force in of
    )
    nowhere = in_words(data.forces[force].label for force in of if force not in places)
    return tiles, (f"Not on the map: {nowhere}",) if nowhere else ()


def _asked(
    data: Dataset, request: Request, figures: Sequence[Figure], colours: Colours, scale: Scale
) -> tuple[str, ...]:
    """Return what there is to say of each requested force, beginning with its name and code."""
    places, figure_of = data.by_id("map"), {figure.force: figure for figure in figures}
    lines = []
    for force in request.forces:
        code = f" ({places[force]['code']})" if force in places else ""
        figure = figure_of[force]
        said = [scale.figure(figure.row, figure.side), colours.asked[force]]
        lines.append(f"{data.forces[force].label}{code}: {', '.join(filter(None, said))}")
    return tuple(lines)
