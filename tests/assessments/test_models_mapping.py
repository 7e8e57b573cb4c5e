"""A record goes into columns and comes back the same; every column is there and long enough."""

import json
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from django.db import models
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from assessments.core import sheets, types
from assessments.core.protected import PROTECTED
from assessments.mapping import APART, column_names, from_columns, to_columns, to_record
from assessments.models import (
    SHEETS,
    DecisionRecord,
    DeterminationRecord,
    EndorsementRecord,
    Evidence,
    FactRow,
    PastPeriodRecord,
    RatingRecord,
    Source,
    SourceUse,
)
from tests.assessments.strategies import records

SHEET_ROWS: list[type[FactRow]] = [*SHEETS.values(), Evidence]
ROWS: list[Any] = [
    *SHEET_ROWS,
    Source,
    DecisionRecord,
    PastPeriodRecord,
    RatingRecord,
    DeterminationRecord,
    EndorsementRecord,
]
named = {"ids": lambda value: value.__name__}


@pytest.mark.parametrize("model", ROWS, **named)
def test_a_row_has_the_columns_of_its_record(model: Any) -> None:
    columns = {field.name for field in model._meta.fields}
    assert set(column_names(model.record)) - columns == set()


@pytest.mark.parametrize("model", ROWS, **named)
def test_a_column_is_as_long_as_its_record_allows(model: Any) -> None:
    """A text that a record accepts is never cut or refused by a column."""
    for name in column_names(model.record):
        column = model._meta.get_field(name)
        if isinstance(column, models.CharField) and not column.choices:
            assert column.max_length >= _longest(model.record, name), name


def _longest(record: type, name: str) -> int:
    schema = types_schema(record)["properties"].get(name, {})
    variants = schema.get("anyOf", [schema])
    return max(variant.get("maxLength", 0) for variant in variants)


def types_schema(record: type) -> dict[str, Any]:
    return TypeAdapter(record).json_schema()


@pytest.mark.parametrize("model", ROWS, **named)
@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_record_to_columns_and_back_is_identity(model: Any, data: st.DataObject) -> None:
    record = data.draw(records(model.record))
    apart = {name: getattr(record, name) for name in _apart(model.record)}
    columns = json.loads(json.dumps(to_columns(record)))  # as a database would give them back
    assert from_columns(model.record, columns, **apart) == record


def _apart(record: Any) -> set[str]:
    names = {field.name for field in fields(record)}
    return names & ({"id", "evidence"} | set(APART.get(record, ())))


@pytest.mark.parametrize("model", SHEET_ROWS, **named)
@settings(
    max_examples=10,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_record_to_row_and_back_is_identity(model: Any, data: st.DataObject) -> None:
    record = data.draw(records(model.record))
    row = model(ref=record.id, **to_columns(record))
    apart: dict[str, Any] = {}
    if model is Evidence:
        row.use = SourceUse(ref=record.source)
    if model.record is sheets.DataRequest:
        apart = {"presumption_approved_by": record.presumption_approved_by}
    assert to_record(row, getattr(record, "evidence", ()), **apart) == record


def test_every_sheet_of_the_record_has_its_rows() -> None:
    lists = [field.name for field in fields(types.AssessmentRecord)]
    assert [name for name in lists if name in SHEETS] == list(SHEETS)


@pytest.mark.parametrize("record", list(PROTECTED), **named)
def test_protected_fields_exist_and_have_a_row(record: Any) -> None:
    assert is_dataclass(record)
    assert PROTECTED[record] <= {field.name for field in fields(record)}
    (model,) = [model for model in ROWS if model.record is record]
    assert PROTECTED[record] == model.PROTECTED
