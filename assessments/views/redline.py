"""The comparison as a Word file with tracked changes."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from assessments.core.comparison import compare
from assessments.core.document import Audience
from assessments.core.tracked import tracked
from assessments.core.typography import typeset
from assessments.core.version import PROGRAM
from assessments.exporters import word
from assessments.views.bench import now
from assessments.views.compare import SECTIONS, open_desk
from assessments.views.page import UserRequest, guarded
from assessments.views.sides import RECOMMENDATIONS


@require_GET
@guarded
def redline(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """Give out two texts as one file: all changes accepted it is the newer text, all refused the older."""
    desk, form = open_desk(request, assessment_id)
    old, new = form.pair
    if old == new:
        raise Http404("A text has no changes against itself; choose two.")
    left, right = desk.sides(old, new)
    found = compare(left.text, right.text, same_period=desk.is_of_this(old) == desk.is_of_this(new))
    is_released = desk.is_released(old) and desk.is_released(new)
    data = word.changes(
        tracked(left.text, right.text, found, finish=typeset),
        SECTIONS,
        title=f"{desk.assessment.country}: from “{left.name}” to “{right.name}”",
        author=PROGRAM,
        at=now(),
        lists=frozenset({RECOMMENDATIONS}),
        audience=Audience.PUBLIC if is_released else Audience.INTERNAL,
        is_draft=not is_released,
        notices=[f"In “{side.name}”: {text}" for side in (left, right) for text in side.notices],
    )
    answer = HttpResponse(data, content_type=word.CONTENT_TYPE)
    name = f"{desk.assessment.period.report_year}-{desk.assessment.country_id.lower()}-changes.docx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
