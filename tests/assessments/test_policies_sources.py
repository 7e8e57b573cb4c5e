"""What a person may see of a source, its evidence, and protected fields (decisions.md 13)."""

import pytest

from accounts.models import Role, User
from assessments import policies
from assessments.core.protected import PROTECTED, WITHHELD
from assessments.core.values import Protection
from assessments.enums import Part, Subject
from assessments.models import Revision, Source, StoredValue
from tests.assessments.factories import (
    AssignmentFactory,
    EvidenceFactory,
    RevisionFactory,
    SourceFactory,
    SourceReaderFactory,
    SourceUseFactory,
    StoredValueFactory,
    user,
)

CANARY = "CANARY-7f3a"


@pytest.fixture
def revision(db: None) -> Revision:
    return RevisionFactory()


@pytest.fixture
def people(revision: Revision) -> dict[str, User]:
    made = {
        "enterer": user(Role.ANALYST),
        "named": user(Role.READER),
        "analyst": user(Role.ANALYST),
        "reviewer": user(Role.REVIEWER),
        "second coder": user(Role.ANALYST),
        "outsider": user(Role.ANALYST),
        "coordinator": user(Role.COORDINATOR),
        "reader": user(Role.READER),
        "exporter": user(Role.EXPORTER),
        "account admin": user(Role.ACCOUNT_ADMIN),
    }
    for name, part in (
        ("analyst", Part.ANALYST),
        ("reviewer", Part.REVIEWER),
        ("second coder", Part.SECOND_CODER),
    ):
        AssignmentFactory(assessment=revision.assessment, user=made[name], part=part)
    return made


def make_source(revision: Revision, people: dict[str, User], protection: Protection) -> Source:
    source = SourceFactory(
        title=f"{CANARY} report",
        publisher=CANARY,
        url=f"https://example.org/{CANARY}",
        note=CANARY,
        attributions=["an NGO"],
        protection=protection,
        entered_by=people["enterer"],
    )
    SourceReaderFactory(source=source, user=people["named"])
    SourceUseFactory(revision=revision, source=source)
    return source


KNOWS = {
    Protection.OPEN: {"enterer", "named", "analyst", "reviewer", "second coder", "outsider", "coordinator"},
    Protection.RESTRICTED: {"enterer", "named", "analyst", "reviewer", "second coder"},
    Protection.CONFIDENTIAL: {"enterer", "named"},
}


@pytest.mark.parametrize("protection", list(Protection))
def test_who_finds_a_source_in_the_library(revision: Revision, people: dict[str, User], protection: Protection) -> None:
    source = make_source(revision, people, protection)
    found = {name for name, person in people.items() if policies.visible_sources(person).filter(pk=source.pk).exists()}
    assert found == KNOWS[protection]


@pytest.mark.parametrize("protection", [Protection.RESTRICTED, Protection.CONFIDENTIAL])
def test_the_others_see_class_grades_and_attributions(
    revision: Revision, people: dict[str, User], protection: Protection
) -> None:
    source = make_source(revision, people, protection)
    for name, person in people.items():
        view = policies.source_view(source, person)
        assert view.is_known == (name in KNOWS[protection])
        if view.is_known:
            assert view.title == f"{CANARY} report"
            continue
        assert CANARY not in str(dict(view.fields))
        assert view.title == WITHHELD
        assert view.withheld >= PROTECTED[Source.record]
        assert (view.fields["source_class"], view.fields["attributions"]) == ("SC-D", ["an NGO"])
    outsider = policies.source_view(source, people["outsider"])
    if protection is Protection.CONFIDENTIAL:
        seen = {name for name, value in outsider.fields.items() if name not in outsider.withheld}
        assert seen == {"source_class", "reliability", "protection", "attributions", "demonstration"}


def test_an_excerpt_follows_its_source(revision: Revision, people: dict[str, User]) -> None:
    source = make_source(revision, people, Protection.CONFIDENTIAL)
    item = EvidenceFactory(
        revision=revision,
        use=source.uses.get(),
        excerpt=CANARY,
        translation=CANARY,
        translator=CANARY,
        pinpoint="page 3",
    )
    mine = policies.evidence_views([item], people["enterer"])[item.pk]
    theirs = policies.evidence_views([item], people["analyst"])[item.pk]
    assert (mine["excerpt"], theirs["excerpt"]) == (CANARY, None)
    assert theirs["pinpoint"] == "page 3"
    assert CANARY not in str(dict(theirs))


def test_many_sources_are_judged_in_one_query(
    revision: Revision, people: dict[str, User], django_assert_num_queries: object
) -> None:
    sources = [make_source(revision, people, protection) for protection in Protection for _ in range(3)]
    person = User.objects.get(pk=people["analyst"].pk)
    with django_assert_num_queries(2):  # roles, and the sources that may be known
        views = policies.source_views(sources, person)
    assert [views[source.pk].is_known for source in sources] == [True] * 6 + [False] * 3


def test_docket_numbers_are_for_the_people_assigned(revision: Revision, people: dict[str, User]) -> None:
    found = {name for name, person in people.items() if policies.can_see_protected_facts(revision.assessment, person)}
    assert found == {"analyst", "reviewer", "second coder"}


def test_old_values_of_a_source_follow_its_protection_of_today(revision: Revision, people: dict[str, User]) -> None:
    source = make_source(revision, people, Protection.OPEN)
    StoredValueFactory(subject_kind=Subject.SOURCE, subject_id=source.public_id, field="source.title")
    values = StoredValue.objects.all()
    assert policies.visible_values(people["outsider"], values).exists()
    Source.objects.filter(pk=source.pk).update(protection=Protection.CONFIDENTIAL.value)
    assert not policies.visible_values(people["outsider"], values).exists()
    assert policies.visible_values(people["enterer"], values).exists()
