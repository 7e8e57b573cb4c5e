"""What this person was told, and how they want to be told."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from assessments import actions
from assessments.enums import MailWay, NoticeKind
from assessments.forms.notices import NoticeForm
from assessments.models import Notice, NoticeChoice, ReportingPeriod
from assessments.views.bench import now
from assessments.views.page import UserRequest, guarded, page, say

PER_PAGE = 25


@require_GET
@guarded
def notices(request: UserRequest) -> HttpResponse:
    """List the person's own notices, newest first."""
    return _show(request, _form(request))


def _form(request: UserRequest) -> NoticeForm:
    has = ReportingPeriod.objects.filter(mentions_and_digest=True).exists()
    choice = NoticeChoice.objects.filter(person=request.user).first()
    initial = {"mail": choice.mail if choice else MailWay.EACH.value, "muted": choice.muted if choice else []}
    data = request.POST if request.method == "POST" else None
    return NoticeForm(data, has_digest=has, has_mentions=has, initial=initial)


def _show(request: UserRequest, form: NoticeForm, status: int = 200) -> HttpResponse:
    rows = Notice.objects.filter(person=request.user).select_related("assessment").order_by("-at", "-pk")
    context = {
        "shown": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "unread": Notice.objects.unread().filter(person=request.user).count(),
        "form": form,
    }
    return page(request, "assessments/notices.html", context, status=status)


@require_POST
@guarded
def read(request: UserRequest) -> HttpResponse:
    """Mark all as read."""
    actions.read_notices(by=request.user, at=now())
    return redirect("assessments:notices")


def _own(request: UserRequest, notice_id: UUID) -> Notice:
    row = Notice.objects.filter(person=request.user, public_id=notice_id).select_related("assessment").first()
    if row is None:
        raise Http404("There is no such notice.")
    return row


@require_POST
@guarded
def open_notice(request: UserRequest, notice_id: UUID) -> HttpResponse:
    """Mark a notice as read and go to what it is about; the page there decides what may be seen."""
    row = _own(request, notice_id)
    actions.read_notices(notice_id=notice_id, by=request.user, at=now())
    if row.kind == NoticeKind.RELEASED:
        return redirect("assessments:report" if request.user.roles == {"exporter"} else "assessments:home")
    return redirect(reverse("assessments:review", args=[row.assessment.public_id]) + row.place)


@require_POST
@guarded
def unread(request: UserRequest, notice_id: UUID) -> HttpResponse:
    """Mark a notice as unread again."""
    _own(request, notice_id)
    actions.read_notices(notice_id=notice_id, unread=True, by=request.user, at=now())
    return redirect("assessments:notices")


@require_POST
@guarded
def choose(request: UserRequest) -> HttpResponse:
    """Keep how the person wants to be told."""
    form = _form(request)
    if not form.is_valid():
        return _show(request, form, status=422)
    data = form.cleaned_data
    actions.choose_notices(
        mail=MailWay(data["mail"]), muted=[NoticeKind(kind) for kind in data["muted"]], by=request.user, at=now()
    )
    say(request, "Kept.")
    return redirect("assessments:notices")
