"""The made-up people of the demo, all with one published password; never loaded where INDICIA_DEMO is off."""

from accounts.models import Role
from accounts.published import DEMO_PASSWORD as PASSWORD

ANALYSTS = (
    ("analyst1@example.org", "Ana Lund"),
    ("analyst2@example.org", "Ben Okoro"),
    ("analyst3@example.org", "Chloe Marsh"),
)
REVIEWERS = (
    ("reviewer1@example.org", "Rosa Keller"),
    ("reviewer2@example.org", "Samir Haddad"),
    ("reviewer3@example.org", "Tess Novak"),
)
OFFICE = (
    ("coordinator@example.org", "Cora Wells", Role.COORDINATOR),
    ("editor@example.org", "Edwin Frost", Role.FRAMEWORK_EDITOR),
    ("exporter@example.org", "Esra Demir", Role.EXPORTER),
    ("reader@example.org", "Rhea Stone", Role.READER),
    ("accounts@example.org", "Aldo Price", Role.ACCOUNT_ADMIN),
)

PEOPLE: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    *((email, name, (Role.ANALYST.value,), PASSWORD) for email, name in ANALYSTS),
    *((email, name, (Role.REVIEWER.value,), PASSWORD) for email, name in REVIEWERS),
    *((email, name, (role.value,), PASSWORD) for email, name, role in OFFICE),
)
"""E-mail address, name, roles and password of everyone in the demo."""
