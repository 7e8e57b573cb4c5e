"""The ways in and out, and what a person may do with their own account. What is not listed here is not reachable.

The paths are allauth's views under our addresses, named as it asks for them. Sign-up and changing one's e-mail address
are left out on purpose: people are invited, and an address changes through the administrator of accounts.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from accounts import invitations


@login_not_required
def _provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    from allauth.socialaccount.providers.openid_connect import views  # with it comes what asks a provider

    answer: HttpResponse = views.login(request, provider_id)
    return answer


@login_not_required
def _provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    from allauth.socialaccount.providers.openid_connect import views

    answer: HttpResponse = views.callback(request, provider_id)
    return answer


urlpatterns: list[URLPattern] = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-in/second-factor/", second_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "sign-in/forgotten/",
        account.PasswordResetView.as_view(extra_context={"sends_mail": invitations.can_send}),
        name="account_reset_password",
    ),
    path("sign-in/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("sign-in/password/set/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^sign-in/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    # An organization's own identity provider
    path("sign-in/provider/<str:provider_id>/", _provider_login, name="openid_connect_login"),
    path("sign-in/provider/<str:provider_id>/callback/", _provider_callback, name="openid_connect_callback"),
    path("sign-in/provider-cancelled/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-in/provider-error/", social.login_error, name="socialaccount_login_error"),
    # One's own account
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/first/", account.password_set, name="account_set_password"),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("account/second-factor/", second_factor.index, name="mfa_index"),
    path("account/second-factor/confirm/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/second-factor/codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/second-factor/codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("account/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("account/passkeys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("account/passkeys/confirm/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/passkeys/<int:pk>/name/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]
