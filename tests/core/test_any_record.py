"""Whatever a legal record holds, the rules answer: no crash, no item without basis, the same answer twice."""

from hypothesis import HealthCheck, given, settings

from assessments.core import checks, findings, recommendations
from assessments.core.levels import effective_level
from assessments.core.names import names
from assessments.core.types import AssessmentRecord, Case
from tests.assessments.strategies import whole_records
from tests.core.factories import COUNTRY, framework, wording

SLUGS = tuple(item.slug for item in framework().indicators)
PARTS = ("", "agriculture", "mining")


def case_of(record: AssessmentRecord) -> Case:
    return Case(record=record, country=COUNTRY, framework=framework(), wording=wording())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(whole_records(indicators=SLUGS, parts=PARTS))
def test_every_legal_record_gets_an_answer(record: AssessmentRecord) -> None:
    case = case_of(record)
    finding = findings.derive(case)
    ranked = recommendations.rank(case, finding)
    found = checks.run(case, finding, ())
    assert finding.explanation.endswith(".")
    assert all(step.text.endswith(".") for step in (*finding.concern.steps, *finding.accountability.steps))
    assert finding.concern.level is None or 0 <= finding.concern.level <= 5
    assert names(case, finding).keys() == framework().names.keys()
    for item in ranked:
        assert item.text.endswith((".", "?", "!", "”"))
        assert item.trigger
        assert not item.basis.is_empty
    for check in found:
        assert check.text
    for slug in SLUGS:
        level = effective_level(case, slug)
        assert level is None or level in framework().indicator(slug).scale
    again = case_of(record)
    assert findings.derive(again) == finding
    assert recommendations.rank(again, finding) == ranked
    assert checks.run(again, finding, ()) == found
