"""Loading a framework or a wording is an event of the version; loading the same again is none."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from assessments import events
from assessments.enums import Subject
from assessments.models import Event
from frameworks.models import FrameworkVersion, WordingVersion

pytestmark = pytest.mark.django_db
FILES = Path(settings.BASE_DIR) / "fixtures" / "frameworks"


def deeds(version: FrameworkVersion | WordingVersion) -> list[str]:
    return [events.deed(event) for event in Event.objects.about(Subject.FRAMEWORK, version.public_id)]


def test_a_version_is_on_record_once(tmp_path: Path) -> None:
    call_command("load_framework", verbosity=0)
    framework, wording = FrameworkVersion.objects.get(), WordingVersion.objects.get()
    assert deeds(framework) == [f"A command loaded {framework} (digest)."]
    assert deeds(wording) == [f"A command loaded {wording} (digest)."]
    call_command("load_framework", verbosity=0)
    assert Event.objects.count() == 2

    copy = tmp_path / "wording"
    shutil.copytree(next((FILES / "us-narrative-wording").glob("*/wording.yaml")).parent, copy)
    header = copy / "wording.yaml"
    title = next(line for line in header.read_text().splitlines() if line.startswith("title:"))
    header.write_text(header.read_text().replace(title, "title: Another title"))
    call_command("load_framework", copy, verbosity=0)
    assert len(deeds(wording)) == 2, "replaced before it was used"
    assert len(deeds(framework)) == 1
    assert list(events.verify_all()) == []
