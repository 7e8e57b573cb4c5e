"""People of the office: who has an account, inviting, roles, closing, a lost second factor."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from accounts import invitations, security
from accounts.models import Role, User
from assessments import actions, policies
from assessments.forms.accounts import InvitationForm, ReasonForm, RolesForm
from assessments.views.bench import now
from assessments.views.evidence import add_errors
from assessments.views.page import UserRequest, guarded, page, say


@require_http_methods(["GET", "POST"])
@guarded
def people(request: UserRequest) -> HttpResponse:
    """List the people of the office, and invite one."""
    policies.check_can_see_accounts(request.user)
    givable = policies.givable_roles(request.user)
    form = InvitationForm(request.POST if request.method == "POST" else None, givable=givable)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                person = actions.invite(
                    email=data["email"], name=data["name"], roles=form.chosen(), by=request.user, at=now()
                )
            except actions.Invalid as exc:
                add_errors(form, exc)
            else:
                return _handed_over(request, person)
    found = User.objects.prefetch_related("role_grants").order_by("-is_active", "name", "email")
    return page(request, "assessments/accounts.html", {"people": found, "form": form}, status=status)


def _handed_over(request: UserRequest, person: User) -> HttpResponse:
    """Answer with the link, which is shown this once, or say that it was sent."""
    sent = invitations.send(request, person)
    context = {"person": person, "link": "" if sent else invitations.link(request, person)}
    return page(request, "assessments/account_link.html", context)


@require_http_methods(["GET"])
@guarded
def account(request: UserRequest, user_id: UUID) -> HttpResponse:
    """Show one account: its roles, sessions and second factor, and what may be done about them."""
    policies.check_can_see_accounts(request.user)
    return _account_page(request, _person(user_id))


def _person(user_id: UUID) -> User:
    person = User.objects.prefetch_related("role_grants").filter(public_id=user_id).first()
    if person is None:
        raise Http404("There is no such account.")
    return person


def _account_page(request: UserRequest, person: User, exc: actions.Invalid | None = None) -> HttpResponse:
    try:
        policies.check_can_change_account(request.user, person)
        refusal = ""
    except policies.NotAllowed as reason:
        refusal = str(reason)
    givable = policies.givable_roles(request.user)
    context: dict[str, Any] = {
        "person": person,
        "refusal": refusal,
        "form": RolesForm(givable=givable, initial={"roles": [role for role in person.roles if Role(role) in givable]}),
        "reason_form": ReasonForm(),
        "may_change_address": policies.can_change_address(request.user),
        "sessions": security.count_sessions(person),
        "second_factors": security.count_second_factors(person),
        "errors": [message for messages in exc.errors.values() for message in messages] if exc else [],
    }
    return page(request, "assessments/account.html", context, status=422 if exc else 200)


def _changed(request: UserRequest, user_id: UUID, change: Callable[..., object], done: str) -> HttpResponse:
    """Carry out a change, say what was done with the person's name in it, and answer with the account's page."""
    try:
        change(user_id=user_id, by=request.user, at=now())
    except actions.NotFound as missing:
        raise Http404(str(missing)) from missing
    except actions.Invalid as exc:
        return _account_page(request, _person(user_id), exc)
    say(request, done.format(_person(user_id).name))
    return redirect("assessments:account", user_id)


def _reason(request: UserRequest) -> str:
    return str(request.POST.get("reason", ""))


@require_POST
@guarded
def roles(request: UserRequest, user_id: UUID) -> HttpResponse:
    """Give and take roles."""
    form = RolesForm(request.POST, givable=policies.givable_roles(request.user))
    if not form.is_valid():
        raise policies.NotAllowed("A role among those is not yours to give.")
    change = partial(actions.change_roles, roles=form.chosen())
    return _changed(request, user_id, change, "The roles of {} are changed.")


@require_POST
@guarded
def address(request: UserRequest, user_id: UUID) -> HttpResponse:
    """Let a person sign in by another address; both are told."""

    def change(**given: Any) -> None:
        old = actions.change_address(email=str(request.POST.get("email", "")), reason=_reason(request), **given)
        invitations.tell_moved(_person(user_id), old)

    return _changed(request, user_id, change, "{} signs in by the new address from now on.")


@require_POST
@guarded
def close(request: UserRequest, user_id: UUID) -> HttpResponse:
    """Close an account."""
    change = partial(actions.close_account, reason=_reason(request))
    return _changed(request, user_id, change, "The account of {} is closed.")


@require_POST
@guarded
def reopen(request: UserRequest, user_id: UUID) -> HttpResponse:
    """Open a closed account again."""
    return _changed(request, user_id, actions.open_account, "The account of {} is open again.")


@require_POST
@guarded
def sign_out(request: UserRequest, user_id: UUID) -> HttpResponse:
    """End all sessions of a person."""
    return _changed(request, user_id, actions.end_sessions, "{} is signed out everywhere.")


@require_POST
@guarded
def second_factor(request: UserRequest, user_id: UUID) -> HttpResponse:
    """Take away the second factor of somebody who lost it."""
    change = partial(actions.remove_second_factor, reason=_reason(request))
    return _changed(request, user_id, change, "{} sets up a second factor anew.")


@require_POST
@guarded
def new_link(request: UserRequest, user_id: UUID) -> HttpResponse:
    """Give a person a new link to set a password; whoever asked for it stands in the log."""
    try:
        person = actions.make_link(user_id=user_id, by=request.user, at=now())
    except actions.NotFound as missing:
        raise Http404(str(missing)) from missing
    return _handed_over(request, person)
