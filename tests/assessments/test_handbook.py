"""The method page: an example that the rules work out, what changed between versions, and how far coders agree."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from assessments import content
from assessments.core.values import RatingState
from assessments.enums import Round
from assessments.models import RatingRecord
from assessments.views.handbook import worked_example
from frameworks import loader
from frameworks.models import FrameworkVersion
from frameworks.spec.changes import Change, changes
from tests.assessments import factories
from tests.assessments.office import Office
from tests.assessments.versions import newer

METHOD = reverse("frameworks:method")


def page_for(*roles: Role) -> str:
    client = Client()
    client.force_login(factories.user(*roles))
    return client.get(METHOD).content.decode()


def test_the_example_is_worked_out_by_the_rules_and_shown_step_by_step(office: Office) -> None:
    revision = office.revision
    example = worked_example(content.framework_of(revision), content.wording_of(revision))
    finding = example.finding
    assert finding.incomplete == ()  # every answer of the example counts
    assert finding.concern.level is not None
    assert finding.accountability.level is not None
    assert finding.coverage >= content.framework_of(revision).value("coverage-minimum")
    shown = page_for(Role.READER)
    for step in (*finding.concern.steps, *finding.accountability.steps):
        assert re.sub(r"\s+", " ", step.text).split("“")[0][:60] in re.sub(r"\s+", " ", shown)
    assert finding.title in shown
    assert "Examplia is invented" in shown


def test_what_changed_between_versions_is_named(office: Office) -> None:
    old = content.framework_of(office.revision).spec
    new = newer(old)
    code = f"{old.indicators[0].code} {old.indicators[0].title}"
    assert changes(old, new) == (
        Change("indicator", code, "reworded", comparable=False),
        Change("descriptor", code, "level 0 worded anew"),
        Change("parameter", old.parameters[0].slug, f"{old.parameters[0].value + 1}, before {old.parameters[0].value} "
               f"{old.parameters[0].unit}".strip()),
    )  # fmt: skip
    assert changes(old, old) == ()
    assert "nothing to set it against" in page_for(Role.READER)
    stored = loader.store(new, by=None, at=factories.AT)
    client = Client()
    client.force_login(office.reader)
    page = client.get(reverse("frameworks:version-method", args=[stored.public_id])).content.decode()
    assert "level 0 worded anew" in page.lower()
    first = FrameworkVersion.objects.get(version=old.version)
    assert f'href="{reverse("frameworks:version-method", args=[first.public_id])}"' in page


def test_agreement_stands_on_the_page_where_questions_were_answered_twice(office: Office) -> None:
    assert "No question was answered twice yet" in page_for(Role.COORDINATOR)
    slug = office.draw()[0]
    revision = office.revision
    indicator = factories.indicator(slug)
    for round_, coder in ((Round.MAIN, None), (Round.SECOND, office.other_analyst)):
        RatingRecord.objects.create(
            revision=revision,
            indicator=indicator,
            part=(content.framework_of(revision).indicator(slug).parts or ("",))[0],
            round=round_.value,
            coder=coder,
            state=(RatingState.INSUFFICIENT if coder else RatingState.NOT_ASSESSED).value,
            rated_at=factories.AT,
        )
    page = page_for(Role.FRAMEWORK_EDITOR)
    assert "Agreement by indicator" in page
    assert "0 of 1" in page
    assert "is shown here to coordinators and framework editors" in page_for(Role.READER)
    assert "Agreement by indicator" not in page_for(Role.READER)


@pytest.mark.parametrize("role", [Role.READER, Role.COORDINATOR])
def test_the_page_leads_to_every_section_it_names(office: Office, role: Role) -> None:
    page = page_for(role)
    for name in re.findall(r'<li><a href="#([\w-]+)">', page):
        assert f'id="{name}"' in page
