"""A form is written as Jinja itself would write it, for every form of the wording and any filling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.sandbox import ImmutableSandboxedEnvironment

from frameworks.spec.patterns import CompiledForm
from frameworks.spec.writing import FILTERS
from tests.core.factories import wording

JINJA = ImmutableSandboxedEnvironment(autoescape=False)
JINJA.filters = dict(FILTERS)
FORMS = sorted(
    {
        *(form.text for pattern in wording().patterns for form in pattern.forms.values()),
        *wording().spec.phrases.values(),
        "{{ gov|capital }} {{ 'rose' if new and not continued else 'fell' }}",
        "{% if kind == 'policy' %}a{% elif kind != 'pattern' or not stages %}b{{ kind }}{% else %}c{% endif %}.",
        "{% if kind in 'policy' %}{% if new < kind <= stages %}x{% endif %}{% endif %} ",
        "",
    }
)


@given(st.sampled_from(FORMS), st.data())
def test_every_form_reads_as_jinja_writes_it(text: str, data: st.DataObject) -> None:
    form = CompiledForm(text)
    filling = st.sampled_from(["pattern", "policy", "x, <b>{{ gov }}</b>", "é \n"])
    slots = {name: data.draw(filling) for name in sorted(form.required)}
    slots |= {name: data.draw(st.one_of(st.just(""), filling)) for name in sorted(form.optional)}
    assert form.write(slots) == JINJA.from_string(text).render(slots)


@pytest.mark.parametrize("text", ["{{ gov }}{% if reason %} for {{ reason }}{% endif %}", "{{ reason if reason }}."])
def test_a_slot_left_out_is_empty(text: str) -> None:
    assert CompiledForm(text).write({"gov": "it"}) == JINJA.from_string(text).render(gov="it", reason="")
