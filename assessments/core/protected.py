"""Fields that may identify a source or a person; who sees them is decided by policies.py (decisions.md 13).

Declared once, beside the records: rows, files, snapshots and the canary test read this list. Adding a field here is
all it takes to protect it. Fields of a source are protected unless the source is open; all others always.
"""

from collections.abc import Mapping
from types import MappingProxyType

from assessments.core.documents import Document, Excerpt
from assessments.core.sheets import Allegation, Evidence, OfficialCase, Source

PROTECTED: Mapping[type, frozenset[str]] = MappingProxyType(
    {
        Source: frozenset({"title", "publisher", "url", "published", "note"}),
        Evidence: frozenset({"excerpt", "translation", "translator"}),
        OfficialCase: frozenset({"recruiter", "docket"}),
        Allegation: frozenset({"recruiter"}),
    }
)
"""Names of protected fields by record type."""

PROTECTED_TEXTS: Mapping[type, frozenset[str]] = MappingProxyType(
    {
        Document: frozenset({"text", "file_name"}),
        Excerpt: frozenset({"text", "translation", "translator", "set_aside"}),
    }
)
"""The same of what stands beside the record and never travels with it; all of it follows its source."""

WITHHELD = "Withheld"
"""The title that stands for a source whose identity is left out."""
