"""Another secret key: with the old one at hand second factors hold, and without it nobody meets an error."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import LazySettings
from django.core.cache import cache
from django.core.management import call_command

from accounts.models import User

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
OLD, NEW = "old-" + "abcdefghijklm0123456789" * 3, "new-" + "nopqrstuvwxyz0123456789" * 3


def code() -> str:
    cache.clear()  # a code is taken once
    return format_hotp_value(hotp_value(SECRET, next(iter(yield_hotp_counters_from_time()))))


def app_of(person: User) -> TOTP:
    return TOTP(Authenticator.objects.get(user=person, type=Authenticator.Type.TOTP))


def codes_of(person: User) -> list[str]:
    return RecoveryCodes(Authenticator.objects.get(user=person, type="recovery_codes")).generate_codes()


@pytest.fixture
def ada(settings: LazySettings) -> User:
    """Somebody who set up an authenticator app and recovery codes under the old key, which was changed since."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []
    person = User.objects.create_user("ada@example.org", name="Ada Admin", password="four plain words here")
    TOTP.activate(person, SECRET)
    RecoveryCodes.activate(person)
    settings.SECRET_KEY = NEW
    return person


def test_with_the_old_key_at_hand_the_second_factor_holds(ada: User, settings: LazySettings) -> None:
    settings.SECRET_KEY_FALLBACKS = [OLD]
    assert app_of(ada).validate_code(code())


def test_renewed_it_holds_without_the_old_key(
    ada: User, settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SECRET_KEY_FALLBACKS = [OLD]
    before = codes_of(ada)
    call_command("renew_secrets")
    assert capsys.readouterr().out == "2 encrypted with the key of today.\n"
    settings.SECRET_KEY_FALLBACKS = []
    assert app_of(ada).validate_code(code())
    assert codes_of(ada) == before


def test_without_the_old_key_no_code_is_right_and_the_command_says_so(
    ada: User, capsys: pytest.CaptureFixture[str]
) -> None:
    stored = list(Authenticator.objects.order_by("pk").values_list("data", flat=True))
    assert not app_of(ada).validate_code(code())
    assert not app_of(ada).validate_code(code())
    call_command("renew_secrets")
    assert "2 cannot be read with any key given" in capsys.readouterr().out
    assert list(Authenticator.objects.order_by("pk").values_list("data", flat=True)) == stored
