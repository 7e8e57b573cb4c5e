"""The interchange file: one assessment as JSON, read with every error named in words, written in one canonical form.

Canonical is: UTF-8, NFC, two spaces of indentation, keys in order, numbers in one form, defaults left out, a line feed
at the end; ratings, endorsements, earlier periods and sentences of people in a fixed order, all other lists as given.
A canonical file comes back byte for byte; any other legal file comes back in canonical form (decisions.md 19).
"""

from assessments.core.interchange.checking import check_against, check_entry, check_inside, check_names
from assessments.core.interchange.problems import InvalidFile, Problem
from assessments.core.interchange.reading import read
from assessments.core.interchange.schema import schema
from assessments.core.interchange.writing import canonical, withheld, withhold, write

__all__ = [
    "InvalidFile",
    "Problem",
    "canonical",
    "check_against",
    "check_entry",
    "check_inside",
    "check_names",
    "read",
    "schema",
    "withheld",
    "withhold",
    "write",
]
