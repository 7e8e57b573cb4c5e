"""Whatever legal record is drafted: clean sentences, each with a basis, the same each time, nothing protected."""

import re
from dataclasses import fields, replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.core.drafting import draft
from assessments.core.findings import derive
from assessments.core.types import AssessmentRecord, Case, Draft
from tests.core.factories import COUNTRY, framework, wording
from tests.core.records import records

SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


SECRETS = ("secret title", "hidden house", "secret recruiter", "docket")


def case_of(record: AssessmentRecord) -> Case:
    return Case(record=record, country=COUNTRY, framework=framework(), wording=wording())


def drafted(record: AssessmentRecord) -> Draft:
    case = case_of(record)
    return draft(case, derive(case))


def flaws(text: str) -> list[str]:
    """Name everything no sentence may have."""
    found = []
    first = next((char for char in text if char.isalpha()), "")
    if (
        not text.lstrip("‘’“”()[]-$!?:;., ").startswith(tuple("0123456789"))
        and first.islower()
        and first.upper() != first
    ):
        found.append("no capital")
    if not text.endswith(".") or text.endswith("..") or ".." in text:
        found.append("not one final stop")
    if text[:-1].endswith((",", ";", ":", "!", "?", " ")):
        found.append("a mark before the stop")
    for pattern, name in (
        (r"  |\n|\t", "spaces"),
        (r" [,.;:!?)\]]", "space before a mark"),
        (r"[(\[] ", "space after a bracket"),
        (r"[{}]", "braces"),
        (r"\bNone\b", "None"),
        (r"\(\)|\[\]", "empty brackets"),
        (r"['\"]", "straight quotes"),
        (r"[,;:] ?[,;:]", "marks in a row"),
    ):
        if re.search(pattern, text):
            found.append(name)
    for opening, closing in ("()", "[]"):
        if text.count(opening) != text.count(closing):
            found.append("uneven brackets")
    return found


@SLOW
@given(records())
def test_any_legal_record_is_told_well(record: AssessmentRecord) -> None:
    sentences = drafted(record).sentences
    keys = [sentence.key for sentence in sentences]
    text = " ".join(sentence.text for sentence in sentences).casefold()
    policy = {ref for item in sentences if item.pattern in {"NP-06", "NP-07"} for ref in item.key.subjects}
    assert [(item.text, found) for item in sentences if (found := flaws(item.text))] == []
    assert [item.text for item in sentences if item.basis.is_empty] == []
    assert [item.text for item in sentences if not all(item.slots.values())] == []
    assert len(set(keys)) == len(keys)
    assert len({(item.key.section, item.text) for item in sentences}) == len(sentences)
    assert all(key.subjects == tuple(sorted(key.subjects)) for key in keys)
    assert [secret for secret in SECRETS if secret in text] == []
    assert policy == {item.id for item in record.determinations if item.is_approved}
    assert "NP-40" not in {item.pattern for item in sentences}


@SLOW
@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(record: AssessmentRecord, random: object) -> None:
    changed = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, tuple) and len(value) > 1:
            shuffled = list(value)
            random.shuffle(shuffled)  # type: ignore[attr-defined]
            changed[field.name] = tuple(shuffled)
    assert drafted(replace(record, **changed)) == drafted(record)
