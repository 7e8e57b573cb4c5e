"""Whether two sources may be one: offered where it is likely, and not for two reports of a series."""

import pytest

from assessments.core.likeness import Known, address, alike, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.org/report/", "http://example.org/report"),
        ("example.org/a?b=1&a=2&utm_source=x#part", "https://example.org/a?a=2&b=1"),
        ("https://EXAMPLE.org:443/index.html", "https://example.org/"),
    ],
)
def test_one_address_is_known_in_two_ways_of_writing(one: str, other: str) -> None:
    assert address(one) == address(other) != ""


@pytest.mark.parametrize(
    "text", ["", "the archive", "ftp://example.org/a", "mailto:a@example.org", "http://[broken", "http://local/a"]
)
def test_what_is_no_address_is_like_nothing(text: str) -> None:
    assert address(text) == ""
    assert alike(Known(title="One", url=text), [("k", Known(title="Quite another", url=text))]) == []


def test_two_pages_of_one_site_differ() -> None:
    assert address("https://example.org/a?id=1") != address("https://example.org/a?id=2")


def test_titles_that_differ_in_case_accents_and_small_words_are_alike() -> None:
    assert likeness("Rapport annuel sur la traite, 2023", "RAPPORT ANNUEL SUR LA TRAITÉ 2023") == 1.0
    assert likeness("Annual report on trafficking 2023", "Annual report on trafficking 2024") == 0.0
    assert likeness("Report on courts", "A history of forests") < 0.2
    assert likeness("", "") == 0.0


def test_equal_addresses_come_first() -> None:
    known = [
        ("title", Known(title="Report on courts and officials", url="https://example.org/1")),
        ("other", Known(title="Something else", url="https://example.org/3")),
        ("address", Known(title="Un autre titre", url="http://www.example.org/2/")),
    ]
    new = Known(title="Report on courts and official", url="https://example.org/2")
    assert alike(new, known) == ["address", "title"]
