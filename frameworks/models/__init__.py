"""What is measured and said, as rows, and the reference data on countries. Rows are for keys and queries; the
content of a version is its document."""

from frameworks.models.measurement import (
    FrameworkDocument,
    FrameworkVersion,
    Indicator,
    Level,
    Provision,
    Recommendation,
    SeedRow,
    Term,
)
from frameworks.models.reference import (
    ChildSoldierListing,
    Country,
    PolicyOrPatternYear,
    StoredReference,
    TierRecord,
    TreatyStatus,
)
from frameworks.models.wording import WordingDocument, WordingVersion

__all__ = [
    "ChildSoldierListing",
    "Country",
    "FrameworkDocument",
    "FrameworkVersion",
    "Indicator",
    "Level",
    "PolicyOrPatternYear",
    "Provision",
    "Recommendation",
    "SeedRow",
    "StoredReference",
    "Term",
    "TierRecord",
    "TreatyStatus",
    "WordingDocument",
    "WordingVersion",
]
