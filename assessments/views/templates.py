"""House templates: what is kept, by version; a new one is judged paragraph by paragraph before it is taken."""

from itertools import groupby
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import actions, policies, storage
from assessments.exporters import word
from assessments.exporters.house_template import BLOCKS, LINES
from assessments.forms.small import ReasonForm
from assessments.forms.word import TemplateForm
from assessments.importers import templates as importer
from assessments.importers.package import Unreadable
from assessments.models import HouseTemplate
from assessments.views.bench import now
from assessments.views.page import UserRequest, guarded, page, say, warn


def _show(request: UserRequest, form: TemplateForm, status: int = 200) -> HttpResponse:
    rows = HouseTemplate.objects.select_related("by", "withdrawn_by")
    context = {
        "form": form,
        "series": [(name, list(versions)) for name, versions in groupby(rows, key=lambda row: row.name)],
        "lines": LINES.items(),
        "blocks": BLOCKS.items(),
    }
    return page(request, "assessments/templates.html", context, status=status)


@require_http_methods(["GET", "POST"])
@guarded
def templates(request: UserRequest) -> HttpResponse:
    """List the templates with what was found in them, and take in a new version."""
    policies.check_can_keep_templates(request.user)
    if request.method != "POST":
        return _show(request, TemplateForm())
    form = TemplateForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        row = importer.save_template(
            name=form.cleaned_data["name"], file_name=file.name, data=file.read(), by=request.user, at=now()
        )
    except Unreadable as exc:
        form.add_error("file", str(exc))
    except actions.Invalid as exc:
        for name, messages in exc.errors.items():
            for message in messages:
                form.add_error(name, message)
    else:
        say(request, f"{row} is kept.")
        return redirect("assessments:templates")
    return _show(request, form, status=422)


def _find(template_id: UUID) -> HouseTemplate:
    row = HouseTemplate.objects.filter(public_id=template_id).first()
    if row is None:
        raise Http404("There is no such template.")
    return row


@require_POST
@guarded
def withdraw(request: UserRequest, template_id: UUID) -> HttpResponse:
    """Offer a version no more."""
    policies.check_can_keep_templates(request.user)
    row = _find(template_id)
    form = ReasonForm(request.POST)
    if form.is_valid():
        importer.withdraw_template(
            template_id=row.public_id, reason=form.cleaned_data["reason"], by=request.user, at=now()
        )
        say(request, f"{row} is withdrawn.")
    else:
        warn(request, "Give a reason; it stays on record.")
    return redirect("assessments:templates")


@require_GET
@guarded
def download(request: UserRequest, template_id: UUID) -> HttpResponse:
    """Give a template out as it came, to be saved and never shown in the browser."""
    policies.check_can_keep_templates(request.user)
    row = _find(template_id)
    try:
        data = importer.content_of(row)
    except storage.Missing as exc:
        raise Http404(str(exc)) from exc
    return _file(data, f"template-{row.digest[:12]}.docx")


@require_GET
@guarded
def first(request: UserRequest) -> HttpResponse:
    """Give out a template to begin with."""
    policies.check_can_keep_templates(request.user)
    return _file(word.starter(), "template-to-begin-with.docx")


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=word.CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
