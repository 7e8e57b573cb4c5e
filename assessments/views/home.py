"""The first screen after signing in: a role's work, not a dashboard."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from accounts.models import Role
from assessments.models import Notice
from assessments.views import reporting, work
from assessments.views.coding import coding_tasks
from assessments.views.page import UserRequest, guarded, page
from assessments.views.progress import progress


@require_GET
@guarded
def home(request: UserRequest) -> HttpResponse:
    """Show the work of each role the person holds; nothing of a role they don't."""
    user = request.user
    context: dict[str, object] = {"unread": Notice.objects.unread().filter(person=user).count()}
    if user.has_role(Role.ANALYST):
        context["mine"], context["handed_over"] = work.analyst_tasks(user)
    if user.has_role(Role.REVIEWER):
        context["waiting"], context["elsewhere"] = work.reviewer_tasks(user)
    if user.has_role(Role.ANALYST, Role.REVIEWER):
        context["coding"] = coding_tasks(user)
    if user.has_role(Role.COORDINATOR):
        context["progress"] = progress(request, gives_people=True)
    if user.has_role(Role.EXPORTER, Role.READER):
        context["report"] = reporting.report(user, reporting.first_years(user))
    return page(request, "assessments/home.html", context)


@require_GET
@guarded
def listing(request: UserRequest) -> HttpResponse:
    """List the assessments of one report year whose working content the person may read, with state and progress."""
    return page(request, "assessments/list.html", {"progress": progress(request)})
