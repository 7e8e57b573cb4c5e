"""The fact sheets as pages: number, name and purpose of each list of records."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.core import sheets


@dataclass(frozen=True)
class Sheet:
    """One list of records as a page: its number in the margin, its name, what one entry is, and what it is for."""

    name: str  # of the list in the interchange file
    number: str
    title: str
    one: str
    purpose: str
    record: type


SHEETS: Mapping[str, Sheet] = {
    sheet.name: sheet
    for sheet in (
        Sheet(
            "statistics",
            "F1a",
            "Statistics on officials",
            "figure",
            "How many were investigated, tried, convicted, or the word that there is no figure.",
            sheets.Statistic,
        ),
        Sheet(
            "cases", "F1b", "Cases against officials", "case", "One case, carried over the years.", sheets.OfficialCase
        ),
        Sheet(
            "allegations",
            "F2",
            "Allegations",
            "allegation",
            "Conduct somebody reports, without a proceeding on record.",
            sheets.Allegation,
        ),
        Sheet(
            "elements",
            "F3",
            "Elements of a policy or pattern",
            "element",
            "What the government itself does or directs.",
            sheets.PolicyElement,
        ),
        Sheet(
            "measures", "F4", "Institutional measures", "measure", "Laws, bodies, training, seizures.", sheets.Measure
        ),
        Sheet(
            "commitments",
            "F5",
            "Commitments",
            "commitment",
            "Treaties and how far they are carried out.",
            sheets.Commitment,
        ),
        Sheet(
            "requests",
            "F6",
            "Data requests",
            "request",
            "What the government was asked for, and what came back.",
            sheets.DataRequest,
        ),
        Sheet(
            "statements", "S", "Statements", "statement", "Dated statements that fit no other sheet.", sheets.Statement
        ),
        Sheet(
            "search_notes",
            "N",
            "Search notes",
            "search note",
            "Where somebody looked and found nothing.",
            sheets.SearchNote,
        ),
        Sheet(
            "information_gaps",
            "G",
            "Information gaps",
            "gap",
            "What the office does not know and would have to.",
            sheets.InformationGap,
        ),
    )
}
"""The fact sheets in the order of the page."""
