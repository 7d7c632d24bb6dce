"""Which file is found: by name and title, in the publishers' shapes, however they change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from publishing import (
    ASSETS,
    CONTENT,
    GOV_UK,
    NOW,
    ONS,
    PAGE,
    PFA,
    RECORDED,
    Desk,
    Said,
    attachment,
    content,
    edition_page,
    landing_page,
)

from crimecmp.errors import FetchError, RequestError
from crimecmp.fetching.catalogue import DATA_SETS, data_set
from crimecmp.fetching.choosing import Found
from crimecmp.fetching.finding import find, last_known
from crimecmp.fetching.reading import Pages
from crimecmp.fetching.remembering import Memory

TODAY = NOW.date()
POPULATION = data_set("population").page
LANDING = data_set("ons-pfa").page


def found(desk: Desk, name: str, edition: str | None = None, today: date = TODAY) -> Found:
    """Return what is found of a data set."""
    return find(desk.pages, data_set(name), edition, today)


def refused(desk: Desk, name: str, edition: str | None = None) -> FetchError:
    """Return the error where a data set is not found: it says what to do by hand."""
    with pytest.raises(FetchError) as caught:
        found(desk, name, edition)
    data = data_set(name)
    assert caught.value.message.startswith(f"cannot fetch {name}: ")
    assert caught.value.hint == f"Open {data.page} in a browser, and save {data.file}."
    return caught.value


def outcomes(year: int, day: str) -> dict[str, Any]:
    """Return the attachment with the outcomes of a year."""
    return attachment(f"prc-outcomes-open-data-mar{year}-tables-{day}.xlsx")


# --- GOV.UK


def test_the_file_is_taken_from_among_its_neighbours(desk: Desk) -> None:
    """The table of recorded crime is taken, and none of those that count something else."""
    desk.publisher.object(CONTENT, content(outcomes(2026, "230726"), attachment(RECORDED)))
    file = found(desk, "recorded-crime")
    assert file.file.name == RECORDED
    assert (file.edition, file.published) == ("2026-07", date(2026, 7, 23))
    assert file.file.size == 123_456
    assert file.remarks == ()
    assert desk.publisher.addresses() == [CONTENT]


def test_what_may_be_missing_may_be_missing(desk: Desk) -> None:
    """An attachment needs an address and a kind: title, file name and size may be missing."""
    bare = {
        "attachment_type": "file",
        "id": "7654",
        "content_type": "x",
        "url": f"https://{ASSETS}/media/9/{RECORDED}",
    }
    desk.publisher.object(CONTENT, content(bare))
    file = found(desk, "recorded-crime")
    assert (file.file.name, file.file.size) == (RECORDED, None)
    assert file.title == "Police recorded crime and outcomes open data tables"


def test_the_title_decides_where_no_name_matches(desk: Desk) -> None:
    """A file that has got another name is known by its title, with or without a comma."""
    title = "Police recorded crime, Police Force Area open data tables from March 2013"
    desk.publisher.object(CONTENT, content(attachment("tables-230726.ods", title)))
    assert found(desk, "recorded-crime").file.name == "tables-230726.ods"


def test_two_that_match_are_not_chosen_between(desk: Desk) -> None:
    """Where two files could be meant, none is taken, and both are named."""
    other = RECORDED.replace("230726", "230426")
    desk.publisher.object(CONTENT, content(attachment(RECORDED), attachment(other)))
    message = refused(desk, "recorded-crime").message
    assert RECORDED in message
    assert other in message
    assert found(desk, "recorded-crime", "2026-04").file.name == other


def test_none_that_matches_is_a_changed_form(desk: Desk) -> None:
    """A page with other files alone is said to have changed its form."""
    desk.publisher.object(CONTENT, content())
    assert (
        "may have changed its form: none of its 8 files" in refused(desk, "recorded-crime").message
    )


@pytest.mark.parametrize(
    "said",
    [
        Said(body=b"<!DOCTYPE html><p>Hello"),
        Said(body=b"[]"),
        Said(body=b"{}"),
        Said(body=b'{"details": {"attachments": "none"}}'),
        Said(body=b'{"details": ["attachments"]}'),
        Said(body=b'{"details": {"attachments": [null, {"url": 5}, {"url": "https://["}]}}'),
        Said(404),
        Said(410, b"{}"),
        Said(403),
    ],
)
def test_a_page_of_another_form_is_an_error(desk: Desk, said: Said) -> None:
    """Whatever the interface gives that is not a page of files says what to do by hand."""
    desk.publisher.says(CONTENT, said)
    refused(desk, "recorded-crime")


@pytest.mark.parametrize("status", [200, 404])
def test_a_page_that_has_moved_is_followed(desk: Desk, status: int) -> None:
    """A page can say that it is elsewhere on the same site now."""
    moved = {
        "schema_name": "redirect",
        "redirects": [{"path": PAGE, "type": "exact", "destination": "/government/new"}],
    }
    desk.publisher.object(CONTENT, moved)
    if status != 200:
        desk.publisher.says(CONTENT, lambda _: Said(status, _json(moved)))
    desk.publisher.object(
        f"https://{GOV_UK}/api/content/government/new", content(attachment(RECORDED))
    )
    assert found(desk, "recorded-crime").file.name == RECORDED


def _json(value: Mapping[str, Any]) -> bytes:
    import json

    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("redirects", "said"),
    [
        ([{"destination": "https://example.org/new"}], "has moved to https://example.org/new"),
        ([{"destination": PAGE}], "has moved more than 2 times"),
        ([], "does not say where"),
        ("elsewhere", "does not say where"),
    ],
)
def test_a_page_that_has_moved_away_is_not_followed(
    desk: Desk, redirects: object, said: str
) -> None:
    """A page that leads to another site, to itself or nowhere is an error."""
    desk.publisher.object(CONTENT, {"schema_name": "redirect", "redirects": redirects})
    assert said in refused(desk, "recorded-crime").message
    assert len(desk.publisher.asked) <= 3


def test_a_page_that_is_gone_says_what_is_in_its_place(desk: Desk) -> None:
    """A page that was removed can name another one, which the error does too."""
    gone = {"schema_name": "gone", "title": None, "details": {"alternative_path": "/other"}}
    desk.publisher.says(CONTENT, Said(410, _json(gone)))
    assert "see https://www.gov.uk/other" in refused(desk, "recorded-crime").message


def test_a_page_that_was_withdrawn_is_not_used(desk: Desk) -> None:
    """Figures that their publisher withdrew are not fetched, and the day is said."""
    notice = {"explanation": "<p>Wrong</p>", "withdrawn_at": "2026-07-24T07:00:00Z"}
    desk.publisher.object(CONTENT, content(attachment(RECORDED), withdrawn_notice=notice))
    assert "withdrew the page on 2026-07-24" in refused(desk, "recorded-crime").message


@pytest.mark.parametrize("notice", [None, {}, {"withdrawn_at": None}, {"explanation": "x"}])
def test_an_empty_notice_withdraws_nothing(desk: Desk, notice: object) -> None:
    """Only a notice with a day withdraws a page."""
    desk.publisher.object(CONTENT, content(attachment(RECORDED), withdrawn_notice=notice))
    assert found(desk, "recorded-crime").file.name == RECORDED


@pytest.mark.parametrize("where", ["documents", "body"])
def test_older_pages_have_their_files_in_html(desk: Desk, where: str) -> None:
    """A page without attachments has links to its files, with titles for their texts."""
    html = (
        '<p><a href="/government/other">Other</a> '
        f'<a href="https://example.org/media/1/{RECORDED}">Copy</a> '
        f'<a href="https://{ASSETS}/media/1/prc-csp-tables-230726.ods">CSP</a> '
        f'<a href="https://{ASSETS}/media/2/{RECORDED}">Police <b>recorded</b>\n crime</a></p>'
    )
    details = {"attachments": [], where: [html] if where == "documents" else html}
    desk.publisher.object(CONTENT, content(details=details))
    file = found(desk, "recorded-crime")
    assert file.file.address == f"https://{ASSETS}/media/2/{RECORDED}"
    assert file.title == "Police recorded crime"


def test_pages_and_chapters_are_no_files(desk: Desk) -> None:
    """Attachments that are pages, or are kept elsewhere, are not files to fetch."""
    html = attachment(RECORDED, attachment_type="html")
    external = attachment(RECORDED, attachment_type="external", url="https://example.org/a.ods")
    elsewhere = attachment(RECORDED, url=f"https://example.org/{RECORDED}")
    desk.publisher.object(CONTENT, content(html, external, elsewhere))
    assert "none of its 8 files" in refused(desk, "recorded-crime").message


@pytest.mark.parametrize(
    ("name", "edition", "published"),
    [
        ("prc-pfa-mar2013-onwards-tables-230426.ods", "2026-04", date(2026, 4, 23)),
        ("prc-pfa-mar2013-onwards-tables.ods", "2026-07", date(2026, 7, 23)),
        ("prc-pfa-mar2013-onwards-tables-260423.ods", "2026-07", date(2026, 7, 23)),
        ("prc-pfa-mar2013-onwards-tables-991399.ods", "2026-07", date(2026, 7, 23)),
    ],
)
def test_the_day_in_a_name_is_read_day_first_and_checked(
    desk: Desk, name: str, edition: str, published: date
) -> None:
    """Six digits are day, month and year; where they cannot be, the page's own day is taken."""
    desk.publisher.object(CONTENT, content(attachment(name)))
    file = found(desk, "recorded-crime")
    assert (file.edition, file.published) == (edition, published)
    assert bool(file.remarks) == (published != date(2026, 4, 23))


def test_the_newest_year_of_outcomes_is_taken_wherever_it_stands(desk: Desk) -> None:
    """Years are told by names, never by their order or by the day of a new issue."""
    files = [outcomes(2024, "230726"), outcomes(2025, "230426"), outcomes(2023, "120724")]
    desk.publisher.object(CONTENT, content(*files, attachment(RECORDED)))
    assert found(desk, "outcomes").edition == "2025-03"
    assert found(desk, "outcomes", "2024-03").file.name == files[0]["filename"]
    assert found(desk, "outcomes", "2023-03").published == date(2024, 7, 12)


def test_a_year_is_told_by_the_title_where_the_name_does_not(desk: Desk) -> None:
    """Files that have got other names are known, and told apart, by their titles."""
    files = [
        attachment(f"{number}.xlsx", f"Crime outcomes open data tables, year ending March {year}")
        for number, year in enumerate((2024, 2025, 2023))
    ]
    desk.publisher.object(CONTENT, content(*files))
    file = found(desk, "outcomes")
    assert (file.edition, file.file.name) == ("2025-03", "1.xlsx")


def test_two_files_of_one_year_are_not_chosen_between(desk: Desk) -> None:
    """A year that is there twice is not taken."""
    desk.publisher.object(CONTENT, content(outcomes(2025, "230726"), outcomes(2025, "230426")))
    assert "2 files match" in refused(desk, "outcomes").message


@pytest.mark.parametrize("name", ["recorded-crime", "outcomes"])
def test_an_edition_that_is_not_there_is_told_with_those_that_are(desk: Desk, name: str) -> None:
    """The publisher's pages have the newest files, and seldom the older ones."""
    desk.publisher.object(CONTENT, content(outcomes(2025, "230426"), attachment(RECORDED)))
    with pytest.raises(RequestError, match=f"{name} has no edition 2019-03") as caught:
        found(desk, name, "2019-03")
    assert {"recorded-crime": "2026-07", "outcomes": "2025-03"}[name] in caught.value.hint


@pytest.mark.parametrize("edition", ["2025", "March 2025", "2025-13", "2025-3", "1999-03", ""])
def test_an_edition_is_a_month(desk: Desk, edition: str) -> None:
    """What is no month is refused before anybody is asked."""
    with pytest.raises(RequestError, match="edition= is a month such as 2025-03") as caught:
        found(desk, "outcomes", edition)
    assert caught.value.hint == "For outcomes, 2025-03 means year to March 2025."
    assert desk.publisher.asked == []


# --- ONS


def test_the_latest_edition_is_taken_by_its_month_and_year(desk: Desk) -> None:
    """Editions are told by the months in their addresses, never by their order."""
    edition_page(desk.publisher, "yearendingmarch2026", "policeforceareatablesye231.xlsx")
    landing_page(
        desk.publisher,
        "yearendingdecember2025",
        "yearendingmarch2026",
        "yearendingseptember2025",
        "current",
    )
    file = found(desk, "ons-pfa")
    assert file.edition == "2026-03"
    assert file.file.address == (
        f"https://{ONS}/file?uri={PFA}/yearendingmarch2026/policeforceareatablesye231.xlsx"
    )
    assert file.title == "Police force area data tables, year to March 2026"


def test_an_older_edition_can_be_chosen(desk: Desk) -> None:
    """An edition is chosen by its month; the day of the newest is not said to be its own."""
    edition_page(desk.publisher, "yearendingdecember2024", "tables.xlsx")
    landing_page(desk.publisher, "yearendingmarch2026", "yearendingdecember2024")
    file = found(desk, "ons-pfa", "2024-12")
    assert (file.edition, file.published) == ("2024-12", None)
    with pytest.raises(RequestError) as caught:
        found(desk, "ons-pfa", "2019-12")
    assert "2026-03 and 2024-12 (the newest: year to March 2026)" in caught.value.hint


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-07-22T23:00:00.000Z", date(2026, 7, 23)),
        ("2026-01-22T00:00:00.000Z", date(2026, 1, 22)),
        ("soon", None),
        (None, None),
    ],
)
def test_a_release_is_on_the_day_that_london_has(
    desk: Desk, moment: str | None, day: date | None
) -> None:
    """In summer a release at midnight in London is given as the day before."""
    edition_page(desk.publisher, "yearendingmarch2026", "tables.xlsx")
    landing_page(desk.publisher, "yearendingmarch2026", description={"releaseDate": moment})
    assert found(desk, "ons-pfa").published == day


@pytest.mark.parametrize("versions", [None, [], "none"])
def test_without_older_versions_nothing_was_corrected(desk: Desk, versions: object) -> None:
    """The list of older versions may be missing, empty or null."""
    edition_page(desk.publisher, "yearendingmarch2026", "tables.xlsx", versions=versions)
    assert found(desk, "ons-pfa").remarks == ()


def test_a_corrected_edition_says_so(desk: Desk) -> None:
    """Older versions of an edition mean that it was corrected."""
    versions = [{"uri": f"{PFA}/x/previous/v1", "updateDate": "2026-08-01T00:00:00.000Z"}]
    edition_page(desk.publisher, "yearendingmarch2026", "tables.xlsx", versions=versions)
    assert found(desk, "ons-pfa").remarks == ("It has been corrected: 1 earlier version.",)


def test_two_workbooks_of_an_edition_are_not_chosen_between(desk: Desk) -> None:
    """An edition with two workbooks does not say which is meant; other files do not count."""
    edition_page(desk.publisher, "yearendingmarch2026", "one.xlsx", "two.xlsx", "notes.pdf")
    assert "2 files match" in refused(desk, "ons-pfa").message
    desk.publisher.object(
        f"https://{ONS}{PFA}/yearendingmarch2026/data",
        {"downloads": [{"file": "/one.xlsx"}, {"file": "notes.pdf"}, {"title": "none"}]},
    )
    desk.clock.time += timedelta(days=2)
    assert found(desk, "ons-pfa").file.address.endswith("/yearendingmarch2026/one.xlsx")


def link(path: str) -> str:
    """Return a link of a page for people to a file."""
    return f'<a href="/file?uri={path}">xlsx</a> <a href="/{path}">page</a>'


@pytest.mark.parametrize("data", [Said(404), Said(body=b"<html>"), Said(body=b'{"new": 1}')])
def test_without_the_interface_the_page_is_read(desk: Desk, data: Said) -> None:
    """Where `/data` is no more, the links of the page lead to the files, and that is said."""
    desk.publisher.says(f"{LANDING}/data", data)
    links = [
        link(f"{PFA}/yearendingdecember2025/a.xlsx"),
        link(f"{PFA}/yearendingmarch2026/b.xlsx"),
        link(f"{PFA}/yearendingmarch2026/previous/v1/march2026.xlsx"),
        '<a href="https://example.org/file?uri=/x/yearendingjune2026/d.xlsx">d</a>',
    ]
    desk.publisher.says(LANDING, Said(body="".join(links).encode()))
    file = found(desk, "ons-pfa")
    assert (file.edition, file.file.name) == ("2026-03", "b.xlsx")
    assert "link is from the page itself" in file.remarks[0]
    assert found(desk, "ons-pfa", "2025-12").file.name == "a.xlsx"


def test_without_the_interface_of_an_edition_its_page_is_read(desk: Desk) -> None:
    """The edition that was chosen is looked for on its own page."""
    landing_page(desk.publisher, "yearendingmarch2026")
    page = f"https://{ONS}{PFA}/yearendingmarch2026"
    path = f"{PFA}/yearendingmarch2026/tables.xlsx"
    desk.publisher.says(page, Said(body=(link(path) * 2).encode()))
    file = found(desk, "ons-pfa")
    assert (file.edition, file.file.name) == ("2026-03", "tables.xlsx")


@pytest.mark.parametrize("name", ["ons-pfa", "population"])
@pytest.mark.parametrize("page", [Said(404), Said(body=b"<p>We have moved.")])
def test_a_page_without_links_has_changed_its_form(desk: Desk, name: str, page: Said) -> None:
    """Where neither the interface nor the page leads to a file, the error says so."""
    desk.publisher.says(data_set(name).page, page)
    assert "no link to a file" in refused(desk, name).message


def population(desk: Desk, *files: str) -> None:
    """Give the page of the population by police force area."""
    desk.publisher.object(
        f"{POPULATION}/data",
        {
            "type": "static_adhoc",
            "description": {"title": "Population", "releaseDate": "2025-11-28T00:00:00.000Z"},
            "downloads": [{"title": "Tables", "file": file} for file in files],
        },
    )


def test_an_answer_to_a_request_has_its_files_on_its_page(desk: Desk) -> None:
    """The workbook of population is found on its fixed page, by its years."""
    population(desk, "policeforceareas1991to2024.xlsx", "notes.xlsx")
    file = found(desk, "population", today=date(2025, 12, 31))
    assert file.file.address.endswith("mid2024/policeforceareas1991to2024.xlsx")
    assert (file.edition, file.published) == ("2024-06", date(2025, 11, 28))
    assert file.remarks == ()


def test_an_old_estimate_is_said_to_be_old(desk: Desk) -> None:
    """A fixed page does not move on: after two years a newer one is likely to be elsewhere."""
    population(desk, "policeforceareas1991to2024.xlsx")
    assert "may be a newer one" in found(desk, "population", today=date(2026, 1, 1)).remarks[-1]


# --- What is remembered


def test_a_page_is_asked_once(desk: Desk) -> None:
    """Two data sets of one page cost one request, and so does the same again on the same day."""
    desk.publisher.object(CONTENT, content(outcomes(2025, "230426"), attachment(RECORDED)))
    for _ in range(2):
        found(desk, "recorded-crime")
        found(desk, "outcomes")
    assert desk.publisher.addresses() == [CONTENT]


def test_after_a_release_it_is_asked_whether_it_changed(desk: Desk) -> None:
    """From half past nine in London on, the page is asked for again, but only if it is another."""
    dated = {"ETag": 'W/"one"', "Last_Modified": "Thu, 23 Jul 2026 08:30:00 GMT"}
    desk.publisher.object(CONTENT, content(attachment(RECORDED)), **dated)
    found(desk, "recorded-crime")
    desk.publisher.says(CONTENT, Said(304))
    asked = desk.publisher.asked
    for hours, times in (
        (23, 1),
        (0.6, 2),
        (23, 2),
        (24, 3),
    ):  # it is 10 o'clock in London at first
        desk.clock.time += timedelta(hours=hours)
        assert found(desk, "recorded-crime").file.name == RECORDED
        assert len(asked) == times
    assert asked[1].headers["if-none-match"] == 'W/"one"'
    assert asked[1].headers["if-modified-since"] == "Thu, 23 Jul 2026 08:30:00 GMT"


def test_an_answer_of_the_future_is_not_believed(desk: Desk) -> None:
    """Where the clock was put back, a page is asked for again."""
    desk.publisher.object(CONTENT, content(attachment(RECORDED)))
    found(desk, "recorded-crime")
    desk.clock.time -= timedelta(minutes=1)
    found(desk, "recorded-crime")
    assert len(desk.publisher.asked) == 2


def test_an_error_is_not_remembered(desk: Desk) -> None:
    """A page that was not there is asked for again."""
    refused(desk, "recorded-crime")
    desk.publisher.object(CONTENT, content(attachment(RECORDED)))
    assert found(desk, "recorded-crime").file.name == RECORDED


def test_a_page_of_another_form_is_not_remembered(desk: Desk) -> None:
    """A page that a network shows until somebody signs in is not taken for the publisher's."""
    desk.publisher.says(CONTENT, Said(body=b"<!DOCTYPE html><p>Sign in"))
    refused(desk, "recorded-crime")
    desk.publisher.object(CONTENT, content(attachment(RECORDED)))
    assert found(desk, "recorded-crime").file.name == RECORDED


def test_what_was_found_is_known_without_asking(desk: Desk, memory: Memory) -> None:
    """The list shows the last look, however long ago, and asks nobody."""
    data = data_set("recorded-crime")
    assert last_known(data, memory) is None
    desk.publisher.object(CONTENT, content(attachment(RECORDED)))
    made = found(desk, "recorded-crime")
    assert last_known(data, memory) == made
    assert last_known(data._replace(known="2026-10"), memory) is None
    assert len(desk.publisher.asked) == 1


def test_a_page_without_end_is_cut_off(desk: Desk) -> None:
    """A page is read up to the most that it can have."""
    desk.publisher.says(CONTENT, Said(body=b"x" * 100_000, endless=True))
    assert "over 8,000,000 bytes" in refused(desk, "recorded-crime").message


def test_a_memory_can_be_missing(desk: Desk) -> None:
    """Without a folder to remember in, pages are asked each time."""
    pages = Pages(desk.asking, Memory(None))
    desk.publisher.object(CONTENT, content(attachment(RECORDED)))
    for _ in range(2):
        find(pages, data_set("recorded-crime"), None, TODAY)
    assert len(desk.publisher.asked) == 2


@pytest.mark.parametrize("data", DATA_SETS, ids=[data.id for data in DATA_SETS])
def test_the_catalogue_says_editions_in_words(data: Any) -> None:
    """Each edition known has words that say what its month is."""
    assert data.in_words(data.known) in {
        "published April 2026", "year to March 2025", "year to December 2024", "mid-2024",
    }  # fmt: skip
    assert data.in_words("") == ""
