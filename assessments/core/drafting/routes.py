"""Which section and pattern a conduct belongs to, by what its acts bear on and where the official served."""

from assessments.core.drafting.conduct import act_indicators
from assessments.core.drafting.desk import Desk
from assessments.core.sheets import Conduct
from assessments.core.values import Deployment, Section

ABROAD = frozenset({Deployment.DIPLOMATIC, Deployment.PEACEKEEPING})
"""Service abroad that is told in the section on prevention."""

_CARE = frozenset({"sexual-extortion-in-care", "forced-labor-extortion-in-care"})
_PENALIZED = "revictimization-by-authorities"
_BY_INDICATOR = (
    ("politically-motivated-charges", "NP-35"),
    ("selective-non-enforcement", "NP-34"),
    ("interference-with-prosecution", "NP-33"),
    ("tip-offs-to-traffickers", "NP-32"),
    ("obstruction-of-evidence-and-witnesses", "NP-32"),
)
_ORDER = ("NP-31", "NP-36", "NP-32", "NP-33", "NP-34", "NP-35", "NP-43", "NP-44", "NP-45", "NP-46")


def section_of(desk: Desk, conduct: Conduct) -> Section:
    """Return the section: officials abroad in prevention, people in care in protection, all others in prosecution."""
    if conduct.deployment in ABROAD:
        return Section.PREVENTION
    indicators = act_indicators(desk, conduct)
    if indicators & _CARE or _PENALIZED in indicators:
        return Section.PROTECTION
    return Section.PROSECUTION


def pattern_of(desk: Desk, conduct: Conduct) -> str:
    """Return the pattern an allegation of this conduct is told with; the gravest meaning of its acts decides."""
    if conduct.deployment is Deployment.DIPLOMATIC:
        return "NP-45"
    if conduct.deployment is Deployment.PEACEKEEPING:
        return "NP-46"
    indicators = act_indicators(desk, conduct)
    if indicators & _CARE:
        return "NP-43"
    if _PENALIZED in indicators:
        return "NP-44"
    if "retaliate-against-reporter" in conduct.acts:
        return "NP-36"
    own = [pattern for indicator, pattern in _BY_INDICATOR if indicator in indicators]
    return own[-1] if own else "NP-31"


def place_of(pattern: str) -> int:
    """Return where a pattern's sentences stand among the allegations: plain ones, obstruction, courts, selectivity."""
    return _ORDER.index(pattern)
