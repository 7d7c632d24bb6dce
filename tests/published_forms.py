"""Small files in the form of each published one: its layout, headings and traps, with a few rows.

Every figure is real. Those of all 43 forces are the ones that `data/` has; the others are typed in
here, under the table, edition and cells that they come from. A workbook has fewer columns and rows
than the publisher's, so a figure stands in another cell than there. Footnotes are in our own words.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bundled import LABELS, counted, table
from openpyxl import Workbook

Cell = str | int | float
Rows = Sequence[Sequence[Cell]]

# The publishers' names of the files.
MARCH_2018 = "policeforceareatablesyearendingmarch2018v2.xlsx"
JUNE_2018 = "policeforceareadatatablesyearendingjune2018corrected.xlsx"
SEPTEMBER_2019 = "policeforceareatablesyearendingseptember2019.xlsx"
DECEMBER_2024 = "ons-pfa-dec2024.xlsx"
ROLLING = "rec-crime-pfa.csv"
RECORDED = "prc-pfa-mar2013-onwards-tables201718.csv"
OUTCOMES = "crime-outcomes-2017-18-eight-forces.csv.gz"
LOOKUP = "LAD_CSP_PFA_Dec2016_Lookup.csv"


# --- ONS police force area tables


class Sheet(NamedTuple):
    """A sheet of a workbook: its rows from the first on, and which cells are merged."""

    rows: Rows
    merged: Sequence[str] = ()


Book = Mapping[str, Sheet]
"""The sheets of a workbook by name."""


def write_workbook(path: Path, book: Book) -> None:
    """Write a workbook in the xlsx format."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, sheet in book.items():
        written = made.create_sheet(name)
        for row in sheet.rows:
            written.append([None if cell == "" else cell for cell in row])
        for cells in sheet.merged:
            written.merge_cells(cells)
    made.save(path)


def _facts(text: str) -> list[list[Cell]]:
    """Return the rows of a text: cells are parted by bars, numbers are numbers."""
    lines = text.strip().splitlines()
    return [[_cell(part.strip()) for part in line.split("|")] for line in lines]


def _cell(text: str) -> Cell:
    for number in (int, float):
        try:
            return number(text)
        except ValueError:
            continue
    return text


def _spaced(rows: Rows, *places: int) -> list[list[Cell]]:
    """Return rows with an empty cell before each of these places."""
    return [
        [cell for at, each in enumerate(row) for cell in ([""] * (at in places) + [each])]
        for row in rows
    ]


_BY_OFFENCE = (
    "Police recorded crime by offence group and police force area, English regions and Wales"
)
_SOURCE = ["Source: Police recorded crime, Home Office"]
_VICTIMS, _SOCIETY = "Victim-based crime", "Other crimes against society"
_GROUPS = (
    "Homicide", "Violence with injury", "Sexual offences", "Burglary", "Residential burglary6,7",
    "Non-residential  burglary6,7",
)  # fmt: skip
_AGAINST_SOCIETY = (
    "Drug offences", "Possession of weapons offences", "Public order offences",
    "Miscellaneous crimes",
)  # fmt: skip


class _Edition(NamedTuple):
    """An edition up to 2019: the ends of its titles, whom it covers, its figures and footnotes."""

    counts_of: str
    changes_of: str
    rates_of: str
    people: str
    homes: str
    counts: str
    changes: str
    rates: str
    area: str = "England and Wales"
    notes: Sequence[str] = ()


def _crimes(edition: _Edition) -> Book:
    """Return tables P1 to P3 as they were laid out up to 2019.

    A title, a blank row, whom it covers, two rows of headings, a row of units, the figures, a
    source and footnotes. Columns without a heading stand between groups of offences. Victim-based
    crime is a banner over its offences: it has no total.
    """
    notes = [*([note] for note in edition.notes)]
    total = "Total recorded crime (excluding fraud4)"
    counts: list[Sequence[Cell]] = [
        [f"Table P1:  {_BY_OFFENCE}, number of offences, {edition.counts_of}"],
        [],
        [edition.area],
        ["", "", total, "", _VICTIMS, "", "", "", "", "", "", _SOCIETY],
        ["Area Code", "Area Name", "", "", *_GROUPS, "", *_AGAINST_SOCIETY],
        ["", "", "Numbers"],
        *_spaced(_facts(edition.counts), 3, 9),
        _SOURCE,
        *notes,
    ]
    changes: list[Sequence[Cell]] = [
        [f"Table P2:  {_BY_OFFENCE}, percentage change, {edition.changes_of}"],
        [],
        [edition.area],
        ["", "", total, "", _VICTIMS, "", "", "", "", _SOCIETY],
        ["Area Code", "Area Name", "", "", *_GROUPS[:3], "Residental burglary5", "",
         "Drug offences"],
        ["", "", "Percentage change5,6"],
        *_spaced(_facts(edition.changes), 3, 7),
        _SOURCE,
        *notes,
    ]  # fmt: skip
    rates: list[Sequence[Cell]] = [
        [f"Table P3:  {_BY_OFFENCE}, rate of offences, {edition.rates_of}"],
        [],
        [edition.area],
        ["", "", "", "", "", "", "", _VICTIMS, "", "", "", "", _SOCIETY],
        ["Area Code", "Area Name", edition.people, edition.homes, "",
         "Total recorded crime (excluding fraud6)", "", *_GROUPS[:2], "Residential burglary7,8,9",
         "Residential burglary (households) 7,8,10", "", "Drug offences"],
        ["", "", "", "", "", "Rate per 1,000 population"],
        *_spaced(_facts(edition.rates), 4, 5, 9),
        _SOURCE,
        *notes,
    ]  # fmt: skip
    return {
        "Table P1": Sheet(counts, ("A1:O1", "C4:C5", "E4:J4", "L4:O4", "C6:O6")),
        "Table P2": Sheet(changes, ("A1:J1", "C4:C5", "E4:H4", "C6:J6")),
        "Table P3": Sheet(rates, ("H4:K4", "F6:M6")),
    }


# Year ending March 2018: P1, rows 7 to 12, 30, 34, 43, 57 and 62, columns C, F, G, K, N to P and
# X to AA; P2, the same rows, columns C, F, G, K, O and X; P3, rows 7 to 12, 30, 34, 43 and 57,
# columns C, D, F, I, J, R, S and AB. City of London has two names, West Midlands is a region and a
# force, `-` is a base under 50 and `+` a rate that is suppressed.
_MARCH_2018 = _Edition(
    counts_of="year ending March 181,2,3",
    changes_of="year ending march 2017 compared with year ending March 20181,2,3",
    rates_of="year ending March 20181,2,3",
    people="Population figures\n (mid-2016)4  rounded to 100",
    homes="Household figures\n (mid-2016)5  rounded to 100 ",
    counts="""
K04000001 | ENGLAND AND WALES8 | 4876282 | 726 | 512012 | 150463 | 437510 | 309778 | 127732 | 136107 | 38712 | 386062 | 92824
E92000001 | ENGLAND | 4585568 | 686 | 482514 | 140100 | 420410 | 298486 | 121924 | 126468 | 36875 | 355872 | 86774
E12000001 | North East | 271421 | 21 | 24174 | 8242 | 19940 | 13986 | 5954 | 5289 | 1668 | 28663 | 6235
E23000013 | Cleveland | 57222 | 3 | 5543 | 1690 | 5879 | 4329 | 1550 | 1263 | 323 | 2504 | 882
E23000008 | Durham | 61179 | 3 | 5785 | 2010 | 4711 | 3292 | 1419 | 1144 | 256 | 5208 | 1700
E23000007 | Northumbria | 153020 | 15 | 12846 | 4542 | 9350 | 6365 | 2985 | 2882 | 1089 | 20951 | 3653
E12000005 | West Midlands | 443165 | 81 | 53585 | 14762 | 46828 | 34072 | 12756 | 9088 | 3611 | 22526 | 7700
E23000014 | West Midlands | 233393 | 41 | 27897 | 6463 | 28080 | 20925 | 7155 | 4130 | 1857 | 11579 | 3393
E23000034 | London, City of | 5392 | 2 | 365 | 83 | 283 | 13 | 270 | 269 | 51 | 260 | 106
W92000004 | WALES | 230929 | 35 | 26570 | 8541 | 16582 | 11289 | 5293 | 8123 | 1213 | 19295 | 5165
 | British Transport Police | 59785 | 5 | 2928 | 1822 | 518 | 3 | 515 | 1516 | 624 | 10895 | 885
""",
    changes="""
K04000001 | ENGLAND AND WALES7 | 12.8574093455158 | 0.4149377593361 | 9.84600465976427 | 23.8551896150079 | - | -0.266723333162357
E92000001 | ENGLAND | 12.8145931772478 | 0.734214390602056 | 10.0135660461246 | 23.4317733295743 | - | -0.192562661784204
E12000001 | North East | 22.4288104936016 | - | 9.72222222222222 | 33.3441190745834 | - | 0.322458270106222
E23000013 | Cleveland | 12.4182236105381 | - | 5.94418960244648 | 24.8153618906942 | - | -8.07860262008734
E23000008 | Durham | 31.4094853509752 | - | 20.1703365184877 | 50 | - | 12.5984251968504
E23000007 | Northumbria | 23.1648422408242 | - | 7.1750375438011 | 30.2552337252653 | - | 0
E12000005 | West Midlands | 10.1397732412778 | 20.8955223880597 | 6.6262063476271 | 20.7426795354163 | - | -11.5264797507788
E23000014 | West Midlands | 13.081291122804 | - | 12.2796425984062 | 33.4503406979145 | - | -12.7403338263258
E23000034 | London, City of | -1.31771595900439 | - | -3.94736842105263 | 38.3333333333333 | - | -18.2370820668693
W92000004 | WALES | 12.4201620126962 | - | 5.84813959047088 | 33.9344519366473 | - | -1.4796846573681
 | British Transport Police | 18.0681728414567 | - | 20.9417596034696 | 13.7328339575531 | - | 0.132100396301189
""",
    rates="""
K04000001 | ENGLAND AND WALES11 | 58381200 | 24570500 | 83.5248432727944 | 0.0124355064403676 | 8.77014948146764 | 5.30612439956502 | 12.607695263553 | 2.33134913922743
E92000001 | ENGLAND | 55268100 | 23228900 | 82.9695744560779 | 0.0124122307371452 | 8.73043017770099 | 5.40069548659988 | 12.8497552082156 | 2.28826530155288
E12000001 | North East | 2636600 | 1161200 | 102.943993166929 | 0.00796483638519314 | 9.16866451312662 | 5.30458103253863 | 12.0447790886238 | 2.00600093529936
E23000013 | Cleveland | 564600 | 242400 | 101.345140580031 | 0.00531326101394731 | 9.81713526676998 | 7.66703564312597 | 17.8567745607992 | 2.23688288687182
E23000008 | Durham | 628100 | 277000 | 97.4028145065379 | 0.00477628669183239 | 9.21027283741679 | 5.24117859650408 | 11.8865792143737 | 1.82135732515208
E23000007 | Northumbria | 1443900 | 641800 | 105.979730735853 | 0.0103888116653888 | 8.896978310239 | 4.40831908334667 | 9.91762064360917 | 1.99603701464338
E12000005 | West Midlands | 5810800 | 2389600 | 76.2661009129078 | 0.0139396255885405 | 9.22166465632025 | 5.86359164262655 | 14.2582862269776 | 1.56399157220563
E23000014 | West Midlands | 2870600 | 1138200 | 81.3059931699524 | 0.0142829721541265 | 9.71834327277237 | 7.28954127622188 | 18.3837256805493 | 1.43874817064738
E23000034 | City of London14 | 7200 | 5000 | + | + | + | + | + | +
W92000004 | WALES | 3113200 | 1341600 | 74.178565118931 | 0.0112426320607745 | 8.53476382442221 | 3.62623066668808 | 8.41442621968513 | 2.60925429227631
""",
    notes=(
        "4. Fraud is counted by other bodies.",
        "6. Burglary was classed anew in April 2017.",
        "7. The national percentage includes British Transport Police.",
        "8. Includes British Transport Police.",
        "11. The national rate includes British Transport Police.",
        "14. '+' The rate is suppressed; it is part of London's.",
    ),
)

# Year ending June 2018: P1, rows 7, 8, 11, 22, 40, 41, 43, 57 and 62; P2, the same and 30 and 34;
# P3, rows 7, 8, 11, 22, 40, 41, 43 and 57; columns as in March 2018. In P2 a footnote's digit is
# glued to three codes, and a region has a name of its own. City of London has one rate in P3 that
# is not suppressed. The year after British Transport Police is from P2 of December 2018.
_JUNE_2018 = _Edition(
    counts_of="year ending June 181,2",
    changes_of="year ending June 2017 compared with year ending June 20181,2",
    rates_of="year ending June 20181,2",
    people="Population figures\n (mid-2017)3  rounded to 100",
    homes="Household figures\n (mid-2016)4  rounded to 100",
    counts="""
K04000001 | ENGLAND AND WALES7 | 4978455 | 719 | 523319 | 154162 | 432267 | 305668 | 126599 | 139181 | 40662 | 409191 | 96429
E92000001 | ENGLAND | 4680317 | 686 | 493019 | 143769 | 415531 | 294577 | 120954 | 129177 | 38792 | 376493 | 90361
E23000008 | Durham | 61991 | 3 | 5832 | 2014 | 4545 | 3180 | 1365 | 1246 | 274 | 5225 | 1782
E23000011 | South Yorkshire | 142671 | 15 | 14093 | 4129 | 14238 | 9919 | 4319 | 2245 | 1230 | 12568 | 3482
E23000024 | Norfolk | 56738 | 5 | 6704 | 2417 | 3930 | 2663 | 1267 | 2106 | 445 | 5059 | 1585
E23000025 | Suffolk | 52924 | 3 | 5477 | 2035 | 4262 | 2802 | 1460 | 1537 | 419 | 4801 | 1059
E23000034 | City of London | 6115 | 1 | 419 | 102 | 322 | 18 | 304 | 333 | 71 | 320 | 128
W92000004 | WALES | 237165 | 30 | 27220 | 8483 | 16217 | 11087 | 5130 | 8290 | 1197 | 21517 | 5215
 | British Transport Police | 60973 | 3 | 3080 | 1910 | 519 | 4 | 515 | 1714 | 673 | 11181 | 853
""",
    changes="""
K04000001 | ENGLAND AND WALES6 | 10.3196628932133 | 8.1203007518797 | 8.48305441368831 | 18.0974122477746 | - | 4.08935556004278
E92000001 | ENGLAND | 10.1957608113437 | 10.4669887278583 | 8.53496650515466 | 17.9043276446034 | - | 3.96706586826347
E23000008 | Durham | 20.5370510801299 | - | 13.5514018691589 | 30.5249513933895 | - | 31.4345991561181
E230000118 | South Yorkshire | 8.87176160860773 | - | 6.54721403190444 | 15.4965034965035 | - | 4.17633410672854
E12000005 | West Midlands region | 6.72364046317881 | 29.5081967213115 | 4.96323172742971 | 11.5598992135604 | - | -9.67484540195492
E23000014 | West Midlands | 10.4134243278777 | - | 11.7287078542195 | 22.8388070970177 | - | -0.623556581986143
E230000246 | Norfolk | 8.81856540084388 | - | 11.9198664440735 | 17.046004842615 | - | 7.44897959183674
E230000257 | Suffolk | 9.03621904487206 | - | 6.26697710516104 | 14.6478873239437 | - | 23.354735152488
E23000034 | London, City of | 8.90471950133571 | - | 12.0320855614973 | 43.6619718309859 | - | -2.05882352941176
W92000004 | WALES | 11.8222838309971 | - | 6.02578584505122 | 21.3070213070213 | - | 3.17361543248289
 | British Transport Police(2006) | 14.2073125046827 | - | 24.4444444444444 | 18.7810945273632 | - | 19.8601398601399
""",
    rates="""
K04000001 | ENGLAND AND WALES10 | 58744600 | 24570500 | 84.7474563404514 | 0.0122394238993392 | 8.90837701749412 | 5.20333828158999 | 12.4404218369921 | 2.36925626944913
E92000001 | ENGLAND | 55619400 | 23228900 | 84.1489565786633 | 0.0123338193145813 | 8.86415053156783 | 5.29629663590583 | 12.6814736368558 | 2.32251571078668
E23000008 | Durham | 630000 | 277000 | 98.3970070268837 | 0.00476183673566568 | 9.25701061413408 | 5.04754693980562 | 11.482175547299 | 1.97774952421315
E23000011 | South Yorkshire | 1393400 | 585800 | 102.387248868811 | 0.0107646875190625 | 10.1137827470765 | 7.11832903343871 | 16.9334696797169 | 1.61111489868635
E23000024 | Norfolk | 898400 | 389500 | 63.1551998575229 | 0.00556551163748483 | 7.46223800353967 | 2.96419149812442 | 6.83618067232284 | 2.34419350170861
E23000025 | Suffolk | 757000 | 322600 | 69.9148456097799 | 0.00396312706577998 | 7.23534897975899 | 3.7015606794385 | 8.68505965166774 | 2.03044210003461
E23000034 | City of London11 | 7700 | 5000 | + | + | + | + | 3.6 | +
W92000004 | WALES | 3125200 | 1341600 | 75.8887930717258 | 0.00959949314676185 | 8.70994011516192 | 3.54765268393829 | 8.26386247653903 | 2.65265993955519
""",
    notes=(
        "6. The national percentage includes British Transport Police.",
        "7. Includes British Transport Police.",
        "10. The national rate includes British Transport Police.",
        "11. '+' The rate is suppressed; it is part of London's.",
    ),
)

# Year ending September 2019: P1 and P2, rows 7, 8, 11, 16, 43, 57 and 62; P3, rows 7, 8, 11, 16, 43
# and 57; columns as in March 2018. Greater Manchester sent nothing: `..` throughout.
_SEPTEMBER_2019 = _Edition(
    counts_of="year ending September 20191,2",
    changes_of="year ending September 2018 compared with year ending September 20191,2",
    rates_of="year ending September 20191,2",
    people="Population figures\n (mid-2018)3  rounded to 100",
    homes="Household figures\n (mid-2018)4  rounded to 100",
    area="England and Wales (excluding Greater Manchester Police)",
    counts="""
K04000001 | ENGLAND AND WALES6,7 | 5000036 | 617 | 515095 | 154229 | 380567 | 265922 | 114645 | 163997 | 43824 | 414478 | 98361
E92000001 | ENGLAND7 | 4667147 | 574 | 483211 | 143109 | 364894 | 255709 | 109185 | 151962 | 41089 | 374811 | 91875
E23000008 | Durham | 63425 | 8 | 5749 | 1951 | 4120 | 2868 | 1252 | 1469 | 338 | 4920 | 1723
E23000005 | Greater Manchester7,8 | .. | .. | .. | .. | .. | .. | .. | .. | .. | .. | ..
E23000034 | London, City of | 8278 | 0 | 394 | 107 | 323 | 32 | 291 | 610 | 64 | 477 | 182
W92000004 | WALES | 264188 | 36 | 28658 | 9254 | 15188 | 10212 | 4976 | 9398 | 1609 | 28223 | 5723
 | British Transport Police | 68701 | 7 | 3226 | 1866 | 485 | 1 | 484 | 2637 | 1126 | 11444 | 763
""",
    changes="""
K04000001 | ENGLAND AND WALES6,7 | 5.3058164195859 | -5.65749235474006 | 1.47015948561162 | 2.76178673276299 | -4.73184537670619 | 19.5775335953393
E92000001 | ENGLAND7 | 5.17059318222175 | -7.71704180064309 | 1.45949691345064 | 2.97537668916488 | -4.54808449642208 | 19.9782090353551
E23000008 | Durham | 0.594766058683584 | - | -2.09468664850136 | -3.3201189296333 | -6.76202860858258 | 15.1253918495298
E23000005 | Greater Manchester7,8 | .. | .. | .. | .. | .. | ..
E23000034 | London, City of | 27.6484194294526 | - | -11.0609480812641 | 0 | - | 63.9784946236559
W92000004 | WALES | 6.445439198037 | - | 1.74317463698654 | 1.26942438170278 | -9.09738294463237 | 8.34678349089232
 | British Transport Police | 10.4038439905507 | - | 0.655226209048362 | -5.37525354969574 | - | 45.2892561983471
""",
    rates="""
K04000001 | ENGLAND AND WALES6,7 | 56303200 | 23395400 | 88.8054754930622 | 0.0109585167745231 | 9.14858541000482 | 4.72303192498336 | 11.3664210065777 | 2.91274534112069
E92000001 | ENGLAND7 | 53164600 | 22045500 | 87.7867266925635 | 0.0107966560987969 | 9.08895991316328 | 4.80975981597081 | 11.5991514274211 | 2.85833005938217
E23000008 | Durham | 633500 | 279600 | 100.111120581615 | 0.0126273388199121 | 9.0743213594593 | 4.52690096693847 | 10.2572539314109 | 2.31869509080635
E23000005 | Greater Manchester7,8 | .. | .. | .. | .. | .. | .. | .. | ..
E23000034 | City of London9 | 8700 | 3500 | + | + | + | + | + | +
W92000004 | WALES | 3138600 | 1349900 | 84.1730040899998 | 0.0114699689131981 | 9.1307324754009 | 3.25364784837721 | 7.56494322779126 | 2.99429910683989
""",
    notes=(
        "6. Includes British Transport Police.",
        "7. Greater Manchester gave no figures for July to September 2019.",
        "8. '..' The figure is not available.",
        "9. '+' The rate is suppressed.",
    ),
)

# P7 of March 2018, rows 7 to 13, 15, 31, 35, 43, 44, 58 and 63, columns K to P, W and X.
_INCIDENTS = """
K04000001 | ENGLAND AND WALES (inc. BTP)7 | .. | .. | 2292726 | 40.8169514453625 | 2131582 | 37.6818994326737 | 1661455 | 28.4587250039683
K04000001 | ENGLAND AND WALES (exc. BTP) | 2722689 | 48.8879609350091 | 2258805 | 40.2130625332211 | 2093931 | 37.0163087138838 | 1632548 | 27.9635828763213
E92000001 | ENGLAND | 2558459 | 48.6006806825792 | 2139932 | 40.2945975146971 | 1979969 | 37.0131048444949 | 1541857 | 27.8977913231523
E12000001 | North East | 188860 | 73.0072040784454 | 157483 | 60.6534098021099 | 148541 | 57.0804400705527 | 115497 | 43.80115956627
E23000013 | Cleveland | 49220 | 88.56898645913 | 39523 | 70.9003953760378 | 42826 | 76.6960489697091 | 41878 | 74.2122984228247
E23000008 | Durham | 41984 | 68.193926478423 | 30517 | 49.3341179285393 | 29439 | 47.5132182906281 | 19476 | 31.0231622408166
E23000007 | Northumbria | 97656 | 68.9910963505846 | 87443 | 61.5614125127867 | 76276 | 53.5522716677619 | 54143 | 37.4754543837415
E23000006 | Cheshire8 | 46783 | 45.6546454379998 | 45738 | 44.462244809676 | 44023 | 42.6707635045411 | 27697 | 26.4262413330191
E12000005 | West Midlands | 214405 | 38.5214088876735 | 185254 | 33.0299516801408 | 172769 | 30.6188546387293 | 156477 | 26.9753793226857
E23000014 | West Midlands | 99906 | 36.8393377724712 | 79117 | 28.8776315064278 | 71067 | 25.7235995303173 | 56152 | 19.5998150038832
E12000007 | London10 | 467290 | 57.9656751012064 | 387812 | 47.2687422747311 | 344291 | 41.4390598202848 | 250790 | 28.5381295081915
E23000034 | City of London10 | 1939 | + | 1420 | + | 1119 | + | 1672 | +
W92000004 | WALES | 164230 | 53.8464136216377 | 118873 | 38.7997354882468 | 113962 | 37.0720612140204 | 90691 | 29.1315869778199
 | British Transport Police7 | .. | .. | 33921 | .. | 37651 | .. | 28907 | ..
"""
_YEARS_OF_INCIDENTS = (
    "Apr '11 to Mar '125, 6", "Apr '12 to Mar '135, 6", "Apr '13 to Mar '145, 6",
    "Apr '17 to Mar '185, 6",
)  # fmt: skip


def _incidents() -> Sheet:
    """Return table P7, in which two national lines stand and one force has a year of 11 months."""
    years = [cell for year in _YEARS_OF_INCIDENTS for cell in (year, "")]
    rows: list[Sequence[Cell]] = [
        ["Table P7:  Anti-social behaviour incidents, by police force area, English regions and"
         " Wales, year ending March 2008 to year ending March 20181,2"],
        [],
        ["England and Wales"],
        ["", "", *years],
        ["Area Code", "Area Name", *["Number of Incidents", "Rate per 1,000 population"] * 4],
        [],
        *_facts(_INCIDENTS),
        ["Source: Police recorded incidents, Home Office"],
        ["7. British Transport Police gave no figures before the year ending March 2013."],
        ["8. Cheshire gave figures for 11 months of the 2017/18 financial year."],
        ["10. '+' The rate is suppressed; it is part of London's."],
    ]  # fmt: skip
    return Sheet(rows, ("C4:D4", "E4:F4", "G4:H4", "I4:J4"))


def _categories_of_incidents() -> Sheet:
    """Return table P8, which is not one of those that are read: rows 10 and 11 of March 2018."""
    return Sheet([
        ["Table P8:  Anti-social behaviour incidents, by category of incident and by police force"
         " area, English regions and Wales, year ending March 20181,2,3"],
        [],
        ["England and Wales"],
        ["", "", "Category of incident"],
        ["Area Code", "Area Name", "Personal4", "Nuisance5", "Environmental6"],
        ["", "", "Percentages"],
        ["E23000013", "Cleveland", 30.6127322221692, 67.6656000764124, 1.72166770141841],
        ["E23000008", "Durham", 16.6974738139248, 64.1096734442391, 19.1928527418361],
    ])  # fmt: skip


ESTIMATED = range(2009, 2014)
"""The years that `data/bases.csv` has estimates of."""

# P9 and P10 of March 2018, rows 8 and 29, columns J to N.
_REGIONS = {
    "population": """
E12000001 | North East | 2575400 | 2586900 | 2596400 | 2602400 | 2610600
E12000005 | West Midlands | 5528000 | 5565900 | 5608700 | 5642800 | 5675000
""",
    "households": """
E12000001 | North East | 1114900 | 1122700 | 1129600 | 1135000 | 1140800
E12000005 | West Midlands | 2264200 | 2280600 | 2297900 | 2315400 | 2330900
""",
}


def estimates(base: str) -> Sheet:
    """Return table P9 (`population`) or P10 (`households`) with all forces and two regions."""
    number, what, source = {
        "population": ("P9", "population", "Source: Mid-year population estimates, ONS"),
        "households": ("P10", "household", "Sources: The departments for housing"),
    }[base]
    values = {
        (row["force"], int(row["year"])): int(row["value"])
        for row in table("bases")
        if row["base"] == base
    }
    areas: list[list[Cell]] = [
        [row["ons_code"], row["short_name"] or row["name"]]
        + [values[row["force"], year] for year in ESTIMATED]
        for row in table("forces")
    ]
    rows: list[Sequence[Cell]] = [
        [f"Table {number}:  Mid-year {what} estimates for police force areas, English regions and"
         " Wales, 2002 to 20161"],
        [],
        ["England and Wales"],
        ["", "", "Mid-year"],
        ["Area Code", "Area Name", *ESTIMATED],
        *areas[:1],
        *_facts(_REGIONS[base]),
        *areas[1:],
        [source],
        ["1. Rounded to 100."],
    ]  # fmt: skip
    return Sheet(rows, ("A1:G1", "C4:G4"))


def march_2018() -> Book:
    """Return the workbook of the year ending March 2018, which has the incidents and estimates."""
    notes = Sheet([["Crime in England & Wales, year ending March 2018 - PFA tables"]])
    return {
        "Notes": notes,
        **_crimes(_MARCH_2018),
        "Table P7": _incidents(),
        "Table P8": _categories_of_incidents(),
        "Table P9": estimates("population"),
        "Table P10": estimates("households"),
    }


def june_2018() -> Book:
    """Return the workbook of the year ending June 2018, with a sheet on a correction before all."""
    correction = Sheet([["Table P5 was corrected."], [], ["Published on 6th February 2019"]])
    return {"Correction": correction, **_crimes(_JUNE_2018)}


def september_2019() -> Book:
    """Return the workbook of the year ending September 2019, without Greater Manchester."""
    return _crimes(_SEPTEMBER_2019)


# Year ending December 2024: P1, rows 8 to 13, 31, 35, 44, 58 and 63, columns C, E, G, J, M to O and
# V to Y.
_COUNTS_2024 = """
K04000001 | ENGLAND AND WALES [note 3] | 5350405 | 535 | 530087 | 205465 | 253912 | 172544 | 81368 | 193863 | 57656 | 458679 | 120410
E92000001 | ENGLAND | 5008534 | 500 | 497951 | 193038 | 244367 | 166761 | 77606 | 182810 | 54586 | 414644 | 113248
E12000001 | North East | 274331 | 26 | 28582 | 10464 | 14835 | 10400 | 4435 | 8374 | 2833 | 23819 | 7915
E23000013 | Cleveland | 73339 | 8 | 6962 | 2638 | 4050 | 3003 | 1047 | 2835 | 755 | 6328 | 2154
E23000008 | Durham | 60450 | 3 | 5310 | 2281 | 3257 | 2200 | 1057 | 1379 | 488 | 4771 | 1961
E23000007 | Northumbria | 140542 | 15 | 16310 | 5545 | 7528 | 5197 | 2331 | 4160 | 1590 | 12720 | 3800
E12000005 | West Midlands | 522755 | 56 | 57904 | 20764 | 27640 | 19381 | 8259 | 13673 | 8978 | 37941 | 10865
E23000014 | West Midlands | 313763 | 31 | 33022 | 11477 | 17106 | 12206 | 4900 | 7853 | 6201 | 19577 | 5944
E23000034 | City of London | 9270 | 0 | 410 | 190 | 326 | 24 | 302 | 569 | 80 | 677 | 158
W92000004 | WALES | 259008 | 26 | 28296 | 10220 | 9116 | 5780 | 3336 | 7620 | 2200 | 29658 | 6590
 | British Transport Police | 82863 | 9 | 3840 | 2207 | 429 | 3 | 426 | 3433 | 870 | 14377 | 572
"""

# The year before: P4, the same rows and columns.
_COUNTS_2023 = """
K04000001 | ENGLAND AND WALES [note 3] | 5483871 | 563 | 564268 | 190300 | 270888 | 185683 | 85205 | 182333 | 58515 | 515239 | 116855
E92000001 | ENGLAND | 5140772 | 538 | 531348 | 178572 | 261528 | 180069 | 81459 | 171726 | 55638 | 469602 | 110513
E12000001 | North East | 292786 | 32 | 30458 | 10083 | 14694 | 10702 | 3992 | 7248 | 2641 | 28403 | 7612
E23000013 | Cleveland | 79314 | 11 | 7319 | 2632 | 4868 | 3849 | 1019 | 2456 | 698 | 7677 | 2101
E23000008 | Durham | 66707 | 7 | 5679 | 2402 | 3241 | 2357 | 884 | 1445 | 446 | 6568 | 1953
E23000007 | Northumbria | 146765 | 14 | 17460 | 5049 | 6585 | 4496 | 2089 | 3347 | 1497 | 14158 | 3558
E12000005 | West Midlands | 559262 | 67 | 64194 | 19319 | 32002 | 22763 | 9239 | 12856 | 9381 | 44772 | 10877
E23000014 | West Midlands | 340743 | 41 | 37240 | 10539 | 20205 | 14797 | 5408 | 7701 | 6679 | 25369 | 6106
E23000034 | City of London | 8599 | 0 | 355 | 172 | 327 | 25 | 302 | 669 | 91 | 594 | 209
W92000004 | WALES | 266795 | 24 | 29273 | 9738 | 8962 | 5612 | 3350 | 7336 | 2124 | 32639 | 5898
 | British Transport Police | 76304 | 1 | 3647 | 1990 | 398 | 2 | 396 | 3271 | 753 | 12998 | 444
"""

# P3, rows 9 to 14, 32, 36 and 59, columns C to E, G, I, P and Q.
_RATES_2024 = """
K04000001 | ENGLAND AND WALES [note 9] | 60854700 | 24783300 | 87.9209432654262 | 0.00879142880716563 | 8.71069555533459 | 2.83534260206278 | 6.96210642455098
E92000001 | ENGLAND | 57690300 | 23436200 | 86.8175759737036 | 0.00866696482181249 | 8.6314475999727 | 2.89062344130055 | 7.11553553257646
E12000001 | North East | 2711400 | 1175700 | 101.177629103999 | 0.00958921287314947 | 10.5414954746292 | 3.83568514925979 | 8.84600466796862
E23000013 | Cleveland | 588400 | 246600 | 124.647967516983 | 0.0135969094224883 | 11.8327104249204 | 5.10393987446653 | 12.1781094123849
E23000008 | Durham | 642700 | 283700 | 94.0498861132893 | 0.00466748814458011 | 8.2614540159068 | 3.42282463935875 | 7.75551787470608
E23000007 | Northumbria | 1480300 | 645400 | 94.9436824572864 | 0.010133307031772 | 11.0182825125467 | 3.51085310960793 | 8.05220843088069
E12000005 | West Midlands | 6085700 | 2429500 | 85.8990940546236 | 0.00920191919170342 | 9.51478444422134 | 3.18468564025721 | 7.97737144767003
E23000014 | West Midlands | 2980900 | 1131700 | 105.256536872982 | 0.0103994181693267 | 11.0777286060486 | 4.09468703789682 | 10.7854771597242
W92000004 | WALES | 3164400 | 1347100 | 81.8504843250103 | 0.00821639714777253 | 8.94196821897583 | 1.82656828900482 | 4.29063483579785
"""


def december_2024() -> Book:
    """Return the workbook of the year ending December 2024, in the layout of the 2020s.

    One row of headings, straight over the figures, and no spacers; notes are in brackets, on a
    sheet of their own, and sheets' names end in spaces. P4 has the counts of the year before. P2,
    and P3's row of City of London, are not rebuilt: crimecmp does not read their marks yet.
    """
    by_offence = "Police recorded crime by offence group and police force area, England and Wales"
    groups = [heading.rstrip("67,").replace("  ", " ") for heading in _GROUPS]
    above = [
        ["This worksheet contains one table."],
        ["Link to Notes page"],
        ["Link to Table of Contents"],
        ["Source: Home Office - Police recorded crime"],
    ]
    headings = [
        "Area Code", "Area Name", "Total recorded crime\n (excluding fraud) \n[note 2]", *groups,
        *_AGAINST_SOCIETY,
    ]  # fmt: skip
    of_counts = f"{by_offence}, number of offences, year ending December"
    return {
        "Cover_sheet": Sheet([["Police force area data tables - year ending December 2024"]]),
        "Notes- PFA ": Sheet([
            ["Notes"],
            ["Note number", "Note text"],
            [2, "Fraud is counted by other bodies."],
            [3, "British Transport Police is in it."],
        ]),
        "Table P1": Sheet(
            [[f"Table P1:  {of_counts} 2024 [note 1]"], *above, headings, *_facts(_COUNTS_2024)]
        ),
        "Table P3": Sheet([
            [f"Table P3:  {by_offence}, rate of offences per 1,000 population, year ending December"
             " 2024 [note 1]"],
            *above,
            ["Area Code", "Area Name", "Population figures\n (mid-2023) rounded to 100 [note 5]",
             "Household figures\n (mid-2021)  rounded to 100\n[note 6]",
             "Total recorded crime (excluding fraud)\n [note 2]", *groups[:2],
             "Residential burglary\n [note 7]", "Residential burglary (households)\n [note 7,8]"],
            *_facts(_RATES_2024),
        ]),
        "Table P4 ": Sheet(
            [[f"Table P4:  {of_counts} 2023 [note1]"], *above, headings, *_facts(_COUNTS_2023)]
        ),
        # Rows 14 and 46, columns C and D and the last two.
        "Table P5 ": Sheet([
            ["Table P5: Number of knife and sharp instrument offences recorded by the police, for"
             " selected offences, by Police Force Area [note 1, 2, 3, 4]"],
            ["Area Code", "Area Name", "Offences", "% with a knife", "Homicides", "% with a knife"],
            ["E23000008", "Durham", 385, 5.09731232622799, 2, 66.6666666666667],
            ["E23000034", "City of London", 58, 7.82726045883941, 0, "[z]"],
        ]),
    }  # fmt: skip


# --- Home Office


def write_csv(path: Path, rows: Rows, end: str = "\n", mark: str = "") -> None:
    """Write CSV in UTF-8, with a gzip archive about it where the name says so."""
    text = io.StringIO(mark, newline="")
    text.seek(len(mark))
    csv.writer(text, lineterminator=end).writerows(rows)
    content = text.getvalue().encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


# rec-crime-pfa.csv, to December 2018: Durham's rows of the 12 months to June 2010, 2013 and 2014.
# There are no rows of fraud in 2014, when another body had taken over counting it.
_DURHAM = {
    "All other theft offences": (5404, 4259, 4642),
    "Bicycle theft": (680, 595, 701),
    "Criminal damage and arson": (9863, 6752, 6912),
    "Death or serious injury caused by illegal driving": (4, 3, 11),
    "Domestic burglary": (2106, 1385, 1358),
    "Drug offences": (1449, 1281, 1406),
    "Fraud offences": (324, 146),
    "Homicide": (11, 6, 2),
    "Miscellaneous crimes against society": (462, 476, 541),
    "Non-domestic burglary": (3103, 2598, 2883),
    "Possession of weapons offences": (290, 218, 239),
    "Public order offences": (1688, 1178, 1261),
    "Robbery": (126, 108, 112),
    "Sexual offences": (425, 360, 1025),
    "Shoplifting": (2670, 2827, 3381),
    "Stalking and harassment": (240, 341, 364),
    "Theft from the person": (244, 149, 152),
    "Vehicle offences": (4259, 3355, 3280),
    "Violence with injury": (3230, 2417, 3209),
    "Violence without injury": (1663, 1520, 2091),
}
_DURHAMS_YEARS = ("30-06-2010", "30-06-2013", "30-06-2014")

# The same file: rows of other bodies, counts below zero, the date that is no month's end with two
# classes of burglary side by side, and a class that was no longer in use.
_ODD_ROWS = """
30-06-2007 | Cheshire | North West | Death or serious injury caused by illegal driving | -1
31-12-2013 | Durham | North East | Fraud offences | -12
30-06-2014 | Action Fraud | Fraud: Action Fraud | Action Fraud | 209361
30-06-2014 | CIFAS | Fraud: CIFAS | CIFAS | 227857
30-06-2014 | UK Finance | Fraud: UK Finance | UK Finance | 110793
30-06-2014 | British Transport Police | British Transport Police | Domestic burglary | 1
30-06-2014 | British Transport Police | British Transport Police | Sexual offences | 890
30-06-2014 | British Transport Police | British Transport Police | Violence with injury | 2102
30-12-2017 | Durham | North East | Domestic burglary | 514
30-12-2017 | Durham | North East | Non-domestic burglary | 796
30-12-2017 | Durham | North East | Non-residential burglary | 1109
30-12-2017 | Durham | North East | Residential burglary | 2581
31-12-2018 | Humberside | Yorkshire and The Humber | Domestic burglary | 4
31-12-2018 | Humberside | Yorkshire and The Humber | Non-domestic burglary | 6
31-12-2018 | Humberside | Yorkshire and The Humber | Residential burglary | 5980
"""

OF_ALL_FORCES = {
    "Domestic burglary": "burglary-in-a-dwelling",
    "Sexual offences": "sexual-offences",
    "Violence with injury": "violence-with-injury",
}
"""The groups of offences that `data/rates.csv` has the counts of all 43 forces of."""


def rolling_year(separator: str = "-") -> Rows:
    """Return rolling-year recorded crime: three groups of all forces for five Junes, and more.

    Durham has all groups in three of the years. Another copy of the published file has slashes in
    its dates.
    """
    regions = {row["force"]: row["region"].removesuffix(" of England") for row in table("forces")}
    durhams = [
        (end, "Durham", "North East", offence, number)
        for offence, numbers in _DURHAM.items()
        for end, number in zip(_DURHAMS_YEARS, numbers, strict=False)  # fraud has fewer
    ]
    others = [
        (f"30-06-{year}", LABELS[force], regions[force], offence, here.events)
        for year in range(2010, 2015)
        for offence, metric in OF_ALL_FORCES.items()
        for force, here in counted(metric, f"{year}-06-30").items()
        if force != "england-and-wales"
        if force != "durham" or f"30-06-{year}" not in _DURHAMS_YEARS
    ]
    rows: list[Sequence[Cell]] = [*durhams, *others, *_facts(_ODD_ROWS)]
    return [
        ("12 months ending", "PFA", "Region", "Offence", "Rolling year total number of offences"),
        *([str(date).replace("-", separator), *cells] for date, *cells in rows),
    ]


# Recorded crime open data, 2017/18: offence, group, subgroup and code; quarters 1 to 4 of Durham,
# of `London, City of` and of British Transport Police.
_OFFENCES = """
Homicide | Violence against the person | Homicide | 1/4.1/4.10/4.2 | 0 | 1 | 0 | 1 | 2 | 0 | 0 | 0 | 1 | 1 | 1 | 0
Assault with injury | Violence against the person | Violence with injury | 8N | 1447 | 1365 | 1345 | 1273 | 67 | 75 | 104 | 88 | 538 | 581 | 696 | 576
Assault without injury | Violence against the person | Violence without injury | 105A | 1738 | 1732 | 1700 | 1688 | 84 | 93 | 73 | 102 | 1433 | 1623 | 1961 | 1760
Child abduction | Violence against the person | Violence without injury | 13 | 5 | 4 | 3 | 4 | 0 | 0 | 1 | 0 | 0 | 2 | 2 | -2
Rape of a female aged 16 and over | Sexual offences | Rape offences | 19C | 86 | 82 | 99 | 77 | 6 | 2 | 4 | 6 | 5 | 6 | 5 | 2
Sexual grooming | Sexual offences | Other sexual offences | 88A | 27 | 18 | 36 | 23 | 1 | 0 | 0 | 1 | 2 | 4 | 7 | 2
Robbery of personal property | Robbery | Robbery of personal property | 34B | 37 | 60 | 55 | 56 | 11 | 11 | 18 | 27 | 107 | 115 | 136 | 144
Burglary in a dwelling(outcome only) | Theft offences | Domestic burglary | 28A | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0
Burglary Residential | Theft offences | Domestic burglary | 28E | 679 | 692 | 713 | 571 | 1 | 3 | 3 | 5 | 0 | 1 | 1 | 1
Burglary Business and Community | Theft offences | Non-domestic burglary | 30C | 295 | 290 | 327 | 263 | 58 | 48 | 55 | 81 | 118 | 131 | 142 | 128
Aggravated vehicle taking | Theft offences | Theft of a motor vehicle | 37.2 | 35 | 34 | 32 | 32 | 0 | 0 | 0 | 1 | 1 | 1 | 2 | 0
Arson endangering life | Criminal damage and arson | Arson | 56A | 15 | 13 | 8 | 10 | 0 | 0 | 0 | 0 | 1 | 1 | 0 | 0
Possession of controlled drugs (Cannabis) | Drug offences | Possession of drugs | 92E | 116 | 143 | 132 | 147 | 59 | 42 | 39 | 46 | 213 | 225 | 283 | 305
Possession of article with blade or point | Possession of weapons offences | Possession of weapons offences | 10D | 32 | 36 | 24 | 26 | 4 | 8 | 8 | 7 | 72 | 86 | 69 | 115
Public fear, alarm or distress | Public order offences | Public order offences | 9A | 1153 | 1078 | 966 | 817 | 40 | 36 | 38 | 72 | 1736 | 1893 | 1887 | 1833
Bigamy | Miscellaneous crimes | Miscellaneous crimes | 26 | 1 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0
"""
_WITH_OFFENCES = ("Durham", "London, City of", "British Transport Police")

# The same file: all rows of fraud of its first two quarters.
_FRAUD = """
1 | Action Fraud | Fraud offences recorded by Action Fraud | Fraud: action fraud | AF | 66776
1 | CIFAS | Fraud offences recorded by CIFAS | Fraud: CIFAS | CIFAS | 75476
1 | Financial Fraud Action UK | Fraud offences recorded by Financial Fraud Action UK | Fraud: Financial Fraud Action UK | FFA UK | 24961
2 | Action Fraud | Fraud offences recorded by Action Fraud | Fraud: action fraud | AF | 67696
2 | CIFAS | Fraud offences recorded by CIFAS | Fraud: CIFAS | CIFAS | 71380
2 | UK Finance | Fraud offences recorded by UK Finance | Fraud: UK Finance | UK Finance | 21063
"""

QUARTERS = range(1, 5)


def recorded_crime() -> Rows:
    """Return recorded crime open data: 16 offence codes of two forces, and of other bodies.

    Counts are padded, and zero is written `-00`.
    """
    year = "2017/18"
    rows: list[list[Cell]] = [
        [year, quarter, body, what, "Fraud offences", subgroup, code, f" {number} "]
        for quarter, body, what, subgroup, code, number in _facts(_FRAUD)
    ]
    for what, group, subgroup, code, *numbers in _facts(_OFFENCES):
        for place, number in enumerate(numbers):
            padded = f" {number} " if int(number) > 0 else f"{number} " if number else "-00 "
            body, quarter = _WITH_OFFENCES[place // 4], QUARTERS[place % 4]
            rows.append([year, quarter, body, what, group, subgroup, code, padded])
    return [
        ("Financial Year", "Financial Quarter", "Force Name", "Offence Description",
         "Offence Group", "Offence Subgroup", "Offence Code", "Number of Offences"),
        *sorted(rows, key=lambda row: (row[1], row[2])),
    ]  # fmt: skip


# Crime outcomes open data, 2017/18, residential burglary and personal robbery in Durham: outcome,
# group and type; quarters 1 to 4 of crimes recorded in the quarter, and of outcomes recorded in it.
_SUPPORTS = "Evidential difficulties (suspect identified; victim supports action)"
_DOES_NOT = "Evidential difficulties (victim does not support action)"
_PREVENTED = "Prosecution prevented or not in the public interest"
_POLICE = (
    "Further investigation to support formal action not in the public interest – police decision"
)
_ANOTHER = "Responsibility for further investigation transferred to another body"
_UNSOLVED = "Investigation complete – no suspect identified"
_BURGLARIES = f"""
Cannabis/Khat Warning | Out-of-court (informal) | 7 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0
Caution – adults | Out-of-court (formal) | 3 | 4 | 4 | 1 | 7 | 3 | 5 | 0 | 6
Caution – youths | Out-of-court (formal) | 2 | 1 | 4 | 5 | 2 | 0 | 3 | 7 | 0
Charged/Summonsed | Charged/Summonsed | 1 | 57 | 63 | 71 | 50 | 40 | 55 | 63 | 50
Community Resolution | Out-of-court (informal) | 8 | 13 | 18 | 11 | 9 | 9 | 8 | 17 | 13
Evidential difficulties: suspect identified; victim does not support further action | {_DOES_NOT} | 16 | 23 | 34 | 20 | 21 | 15 | 29 | 23 | 20
Evidential difficulties: suspect identified; victim supports action | {_SUPPORTS} | 15 | 65 | 53 | 63 | 49 | 32 | 52 | 57 | 51
Evidential difficulties: suspect not identified; victim does not support further action | {_DOES_NOT} | 14 | 26 | 15 | 24 | 16 | 19 | 17 | 23 | 16
{_POLICE} | {_POLICE} | 21 | 1 | 8 | 5 | 4 | 1 | 4 | 5 | 6
{_UNSOLVED} | {_UNSOLVED} | 18 | 477 | 477 | 501 | 409 | 361 | 469 | 496 | 428
Not in public interest (CPS) | {_PREVENTED} | 9 | 0 | 1 | 0 | 1 | 0 | 0 | 1 | 0
Not in public interest (Police) | {_PREVENTED} | 10 | 2 | 0 | 2 | 0 | 1 | 0 | 2 | 0
Offender died | {_PREVENTED} | 5 | 1 | 0 | 0 | 0 | 1 | 0 | 0 | 0
Prosecution prevented: suspect too ill | {_PREVENTED} | 12 | 1 | 0 | 1 | 0 | 1 | 0 | 1 | 0
{_ANOTHER} | {_ANOTHER} | 20 | 0 | 1 | 0 | 1 | 0 | 1 | 0 | 1
Taken into consideration | Taken into consideration | 4 | 9 | 13 | 7 | 1 | 3 | 11 | 14 | 2
Not yet assigned an outcome | Not yet assigned an outcome | 0 | -1 | 1 | 2 | 1 | NA | NA | NA | NA
"""
_ROBBERIES = f"""
Charged/Summonsed | Charged/Summonsed | 1 | 9 | 19 | 10 | 14 | 5 | 21 | 10 | 13
Community Resolution | Out-of-court (informal) | 8 | 0 | 2 | 1 | 1 | 0 | 1 | 2 | 1
Evidential difficulties: suspect identified; victim does not support further action | {_DOES_NOT} | 16 | 9 | 10 | 9 | 13 | 8 | 11 | 8 | 9
Evidential difficulties: suspect identified; victim supports action | {_SUPPORTS} | 15 | 3 | 10 | 5 | 8 | 9 | 4 | 7 | 7
Evidential difficulties: suspect not identified; victim does not support further action | {_DOES_NOT} | 14 | 3 | 7 | 5 | 1 | 4 | 4 | 4 | 5
{_POLICE} | {_POLICE} | 21 | 1 | 0 | 1 | 0 | 1 | 0 | 1 | 0
{_UNSOLVED} | {_UNSOLVED} | 18 | 11 | 13 | 23 | 18 | 7 | 11 | 13 | 25
Offender died | {_PREVENTED} | 5 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | 0
Prosecution prevented: suspect too ill | {_PREVENTED} | 12 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 0
{_ANOTHER} | {_ANOTHER} | 20 | 0 | 0 | 1 | 0 | 0 | 0 | 0 | 1
Not yet assigned an outcome | Not yet assigned an outcome | 0 | 0 | -1 | 0 | 0 | NA | NA | NA | NA
"""

# The same of personal robbery in City of London, and two rows of British Transport Police.
_CITYS_ROBBERIES = f"""
Charged/Summonsed | Charged/Summonsed | 1 | 1 | 0 | 0 | 2 | 3 | 0 | 0 | 1
Evidential difficulties: suspect identified; victim does not support further action | {_DOES_NOT} | 16 | 1 | 1 | 0 | 0 | 2 | 1 | 1 | 0
Evidential difficulties: suspect identified; victim supports action | {_SUPPORTS} | 15 | 0 | 2 | 0 | 0 | 0 | 0 | 1 | 0
Evidential difficulties: suspect not identified; victim does not support further action | {_DOES_NOT} | 14 | 2 | 1 | 4 | 9 | 1 | 3 | 3 | 7
{_UNSOLVED} | {_UNSOLVED} | 18 | 5 | 6 | 13 | 15 | 1 | 6 | 8 | 17
Not yet assigned an outcome | Not yet assigned an outcome | 0 | 2 | 1 | 1 | 1 | NA | NA | NA | NA
"""
_POLICES_ROBBERIES = """
Charged/Summonsed | Charged/Summonsed | 1 | 16 | 14 | 28 | 20 | 10 | 3 | 17 | 31
Not yet assigned an outcome | Not yet assigned an outcome | 0 | 1 | 3 | 11 | 17 | NA | NA | NA | NA
"""


def crime_outcomes() -> Rows:
    """Return crime outcomes open data of two offences, with the row of NA that ends the file."""
    robbery = ("Robbery of personal property", "Robbery", "Robbery", "34B", "NA")
    burglary = ("Burglary Residential", "Theft offences", "Domestic burglary", "28E", "NA")
    headings = (
        "financial_year", "financial_quarter", "force_name", "offence_description",
        "offence_group", "offence_subgroup", "offence_code", "offence_code_expired",
        "outcome_description", "outcome_group", "outcome_type", "offences",
        "force_outcomes_recorded_in_quarter",
    )  # fmt: skip
    parts = (
        ("Durham", burglary, _BURGLARIES),
        ("Durham", robbery, _ROBBERIES),
        ("London, City of", robbery, _CITYS_ROBBERIES),
        ("British Transport Police", robbery, _POLICES_ROBBERIES),
    )
    rows = [
        ("2017/18", quarter, body, *offence, *outcome, numbers[place], numbers[place + 4])
        for body, offence, facts in parts
        for *outcome, a, b, c, d, e, f, g, h in _facts(facts)
        for numbers in [(a, b, c, d, e, f, g, h)]
        for place, quarter in enumerate(QUARTERS)
    ]
    return [headings, *rows, ("NA",) * len(headings)]


def lookup() -> Rows:
    """Return the lookup of local authorities to police force areas of 2016, lines 4, 23, 34, 59."""
    return [
        ("LAD16CD", "LAD16NM", "CSP16CD", "CSP16NM", "PFA16CD", "PFA16NM", "FID"),
        ("E07000213", "Spelthorne", "E22000285", "Spelthorne", "E23000031", "Surrey", 3),
        ("E09000001", "City of London", "E22000180", "City of London", "E23000034",
         "London, City of", 22),
        ("E06000001", "Hartlepool", "E22000027", "Hartlepool", "E23000013", "Cleveland", 33),
        ("E06000005", "Darlington", "E22000072", "Darlington", "E23000008", "Durham", 58),
    ]  # fmt: skip


_BOOKS: Mapping[str, Callable[[], Book]] = {
    MARCH_2018: march_2018,
    JUNE_2018: june_2018,
    SEPTEMBER_2019: september_2019,
    DECEMBER_2024: december_2024,
}
WORKBOOKS = tuple(_BOOKS)
_TABLES: Mapping[str, Callable[[Path], None]] = {
    ROLLING: lambda path: write_csv(path, rolling_year(), end="\r\n"),
    RECORDED: lambda path: write_csv(path, recorded_crime()),
    OUTCOMES: lambda path: write_csv(path, crime_outcomes()),
    LOOKUP: lambda path: write_csv(path, lookup(), mark="\N{BYTE ORDER MARK}"),
}


def workbook(name: str) -> Book:
    """Return the sheets of the small workbook in the form of a published one."""
    return _BOOKS[name]()


def write(name: str, folder: Path) -> Path:
    """Write the small file in the form of a published one into a folder; return its path."""
    path = folder / name
    if name in _BOOKS:
        write_workbook(path, workbook(name))
    else:
        _TABLES[name](path)
    return path
