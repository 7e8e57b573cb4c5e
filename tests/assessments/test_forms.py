"""Forms from records: whatever a record holds comes back from its form unchanged, and every field is asked for."""

import dataclasses
from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from assessments.core import sheets, types
from assessments.core.values import Count, CountKind
from assessments.forms.fact_sheets import SHEETS
from assessments.forms.fields import CountField, CountriesField, LinesField, ManyField, YesNoField
from assessments.forms.grouping import GROUPS
from assessments.forms.labels import WORDS
from assessments.forms.records import Offer, RecordForm, kinds
from tests.core.factories import framework

IDS = [(f"e{number}", f"e{number}") for number in range(1, 6)]
NOT_ASKED = {"id", "demonstration", "presumption_approved_by", "proposed_by", "approved_by"}


def offer() -> Offer:
    refs = dict.fromkeys(("evidence", "sources", "statistics", "cases", "elements"), IDS)
    return Offer(framework=framework(), refs=refs, countries={"XAA": "Examplia", "XAB": "Samplia"})


def typed(form: RecordForm) -> dict[str, Any]:
    """Return what a browser would send for a form as it is shown."""
    sent: dict[str, Any] = {}
    for bound in form:
        field, value = bound.field, bound.value()
        if isinstance(field, CountField):
            kind, number = field.widget.decompress(value) if not isinstance(value, list) else value
            sent |= {
                f"{bound.html_name}_kind": kind or "",
                f"{bound.html_name}_value": "" if number is None else number,
            }
        elif value is True:
            sent[bound.html_name] = "on"
        elif value not in (None, False):
            sent[bound.html_name] = value
    for forms in form.repeats.values():
        for nested in forms:
            sent |= typed(nested)
    return sent


def query(sent: dict[str, Any]) -> QueryDict:
    made = QueryDict(mutable=True)
    for name, value in sent.items():
        made.setlist(name, [str(item) for item in value] if isinstance(value, (list, tuple)) else [str(value)])
    return made


def round_trip(record: Any) -> Any:
    shown = RecordForm(type(record), offer=offer(), value=record)
    form = RecordForm(type(record), offer=offer(), value=record, data=query(typed(shown)))
    assert form.is_valid(), form.all_errors()
    return form.cleaned_record


@pytest.mark.parametrize("record", list(WORDS))
def test_every_field_of_a_record_is_asked_for_once(record: type) -> None:
    asked = [name for group in GROUPS[record] for name in group.names]
    assert sorted(asked) == sorted({kind.name for kind in kinds(record)} - NOT_ASKED)


@pytest.mark.parametrize("sheet", list(SHEETS.values()), ids=list(SHEETS))
def test_every_sheet_of_the_file_has_its_form(sheet: Any) -> None:
    assert sheet.name in {field.name for field in dataclasses.fields(types.AssessmentRecord)}
    assert RecordForm(sheet.record, offer=offer()).fields


CASE = sheets.OfficialCase(
    id="c1",
    officials=(
        sheets.OfficialGroup(role="mayor", former=True),
        sheets.OfficialGroup(role="police officer", count=Count(kind=CountKind.SEVERAL), agency="National Police"),
    ),
    proceedings=(
        sheets.Proceeding(
            stage="sentence",
            date="2024-02",
            count=Count(kind=CountKind.EXACT, value=1),
            sanctions=(
                sheets.Sanction(kind="prison", minimum=3, maximum=5, served=False),
                sheets.Sanction(kind="fine", amount=200.0, currency="Moldovan lei"),
            ),
            evidence=("e1", "e3"),
        ),
        sheets.Proceeding(stage="appeal", status="pending"),
    ),
    acts=("accept-bribe",),
    countries=("XAB",),
    victims=Count(kind=CountKind.AT_LEAST, value=20),
    evidence=("e2",),
    recruiter="kept",
    docket="kept as well",
)
RECORDS = [
    CASE,
    sheets.Statistic(
        id="s1",
        stage="conviction",
        count=Count(kind=CountKind.REPORTED_ZERO),
        previous=Count(kind=CountKind.EXACT, value=2),
        streak="consecutive",
        streak_years=3,
        stated_by_government=False,
    ),
    sheets.Statement(id="x1", kind="effect", objects=("inspections", "victim identification"), explains="e1"),
    sheets.Measure(id="m1", kind="training", is_effort=False, amount=10.5, cases=Count(kind=CountKind.ABOUT, value=4)),
    sheets.PolicyElement(id="p1", factor="pof-forced-labor", sector="agriculture", means=("quotas", "threats")),
    sheets.DataRequest(id="r1", stages=("conviction", "sentence"), presumption_approved_by=("Kept as it was",)),
    sheets.Source(id="d1", title="T", source_class="SC-D", attributions=("an NGO",), demonstration=True),
    types.Decision(tier="2WL", waiver=True, waiver_years=2, trends=(sheets.Trend(section=None, direction="rose"),)),
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_comes_back_from_its_form_unchanged(record: Any) -> None:
    plain = TypeAdapter(type(record)).validate_python(dataclasses.asdict(record))
    assert round_trip(plain) == plain


KINDS = st.sampled_from([kind for kind in CountKind if kind.value not in ("up-to", "some", "several")])


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(kind=KINDS, number=st.one_of(st.none(), st.integers(-3, 3_000_000_000)))
def test_a_count_is_kept_or_refused_and_never_changed(kind: CountKind, number: int | None) -> None:
    sent = {"stage": "trial", "unit": "persons", "statute": "unknown", "period_basis": "reporting-period"}
    sent |= {"count_kind": kind.value, "count_value": "" if number is None else str(number)}
    form = RecordForm(sheets.Statistic, offer=offer(), data=sent)
    if form.is_valid():
        assert (form.cleaned_record.count.kind, form.cleaned_record.count.value) == (kind, number)
    else:
        assert "count" in form.errors


def test_a_bare_number_is_exact_and_a_bare_zero_is_refused() -> None:
    field = CountField(kinds=tuple(CountKind), optional=True)
    assert field.clean(["", "3"]) == Count(kind=CountKind.EXACT, value=3)
    assert field.clean(["", ""]) is None
    with pytest.raises(Exception, match="a count of 0 is recorded as"):
        field.clean(["exact", "0"])


def test_the_fields_read_what_people_type() -> None:
    assert LinesField().clean(" quotas \n\n threats\r\n") == ("quotas", "threats")
    assert CountriesField(names={"XAA": "Examplia"}).clean("examplia\nxaa") == ("XAA", "XAA")
    assert ManyField(choices=[("b", "B"), ("a", "A")], required=False).clean(["a", "b"]) == ("b", "a")
    answers = YesNoField(answers=("an effort", "a shortfall", "neither"))
    assert [answers.clean(value) for value in ("yes", "no", "")] == [True, False, None]
    with pytest.raises(Exception, match="no country “Atlantis” on the list"):
        CountriesField(names={"XAA": "Examplia"}).clean("Atlantis")


def test_an_empty_group_at_the_end_is_no_entry_and_a_half_typed_one_says_what_is_missing() -> None:
    sent = typed(RecordForm(sheets.OfficialCase, offer=offer()))
    empty = RecordForm(sheets.OfficialCase, offer=offer(), data=query(sent))
    assert empty.is_valid(), empty.all_errors()
    assert (empty.cleaned_record.officials, empty.cleaned_record.proceedings) == ((), ())
    half = RecordForm(sheets.OfficialCase, offer=offer(), data=query(sent | {"officials-0-agency": "National Police"}))
    assert not half.is_valid()
    assert half.all_errors()[1:] == ["Officials 1, Role: This field is required."]


def test_there_is_no_field_for_a_name_and_the_form_says_why() -> None:
    from crispy_forms.utils import render_crispy_form

    html = render_crispy_form(RecordForm(sheets.OfficialCase, offer=offer()))
    assert "There is no field for names." in html
    assert not [name for name in RecordForm(sheets.OfficialGroup, offer=offer()).fields if "name" in name]
