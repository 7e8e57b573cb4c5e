"""The description of the API holds: it is served and complete, and no made-up request finds a crash."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django import conf
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from pytest_django import DjangoDbBlocker
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import Scope
from assessments.api import base
from assessments.api.urls import api
from config.wsgi import application
from tests.assessments.api import ROOT, Program
from tests.assessments.office import Office, make_office
from tests.assessments.reports import another, approved
from tests.matrix.world import taken_back

pytestmark = pytest.mark.django_db

SCHEMA: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"{ROOT}/")))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def whole_server(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer as the server does, but leave the connection open: the test holds it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        answer = application(environ, start_response)
        try:
            return [b"".join(answer)]
        finally:
            answer.close()
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


described = schemathesis.openapi.from_dict(SCHEMA)
described.app = whole_server


@dataclass(frozen=True)
class World:
    """Programs of a coordinator and an analyst in an office with one approved text and one in progress, and its ids."""

    programs: tuple[Program, Program]
    known: dict[str, Any]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[World]:
    """The office, made once, without limits; everything is taken back at the end."""
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock(), taken_back():
        for name in ("READS_A_MINUTE", "WRITES_A_MINUTE", "FAILURES_A_MINUTE"):
            patch.setattr(base, name, 100_000)
        patch.setattr(conf.settings, "VAR", tmp_path_factory.mktemp("var"))
        office = approved(make_office())
        open_ = another(office, "Freedonia")
        open_.statistic(3)
        coordinator = Program(office.coordinator, Scope.WRITE)
        yield World((coordinator, Program(office.analyst, Scope.WRITE)), _known(office, open_))
    patch.undo()


def _known(office: Office, open_: Office) -> dict[str, Any]:
    """Return ids that exist, so that not every made-up request ends at 404."""
    return {
        "assessment_id": str(open_.assessment.public_id),
        "text_id": str(office.revision.snapshots.get().public_id),
        "sentence_id": str(open_.revision.sentences.get().public_id),
        "sheet": "statistics",
        "ref": "s1",
        "indicator": "officials-prosecuted",
        "step_id": str(open_.revision.steps.get().public_id),
        "form": "txt",
    }


@described.parametrize()
@settings(
    max_examples=2,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_crashes_it_or_breaks_its_description(case: schemathesis.Case, world: World) -> None:
    for program in world.programs:
        case.call_and_validate(headers={"Authorization": f"Bearer {program.secret}"}, checks=CHECKS)
        case.path_parameters.update({name: world.known[name] for name in case.path_parameters if name in world.known})


def test_the_description_is_served_to_anybody_and_is_the_same() -> None:
    answer = Client().get(f"{ROOT}/openapi.json")
    assert answer.status_code == 200
    assert answer.json() == SCHEMA


def test_every_operation_names_its_refusals_and_has_its_words() -> None:
    for path, methods in SCHEMA["paths"].items():
        for method, told in methods.items():
            wanted = {"400", "401", "403", "404", "422", "429"} | ({"409"} if method != "get" else set())
            assert wanted <= set(told["responses"]), f"{method} {path}"
            assert {"200", "201"} & set(told["responses"]), f"{method} {path}"
            assert told["description"].endswith("."), f"{method} {path} has no sentence"
            assert told["security"] == [{"Token": []}], f"{method} {path} is open"


def test_no_number_of_the_database_is_in_the_description() -> None:
    for name, told in SCHEMA["components"]["schemas"].items():
        for field, kind in told.get("properties", {}).items():
            if field == "id" or field.endswith("_id"):
                kinds = kind.get("anyOf", [kind])
                assert {one.get("format") for one in kinds if one.get("type") == "string"} == {"uuid"}, (name, field)
