"""What a person signs in with, and where they are signed in. Only this app knows the library behind it."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from accounts.adapters import SecondFactorAdapter
from accounts.models import User


def count_sessions(person: User) -> int:
    """Return in how many browsers the person is signed in."""
    return len(UserSession.objects.purge_and_list(person))


def end_sessions(person: User) -> int:
    """Sign the person out everywhere and return how many sessions that ended."""
    sessions = UserSession.objects.purge_and_list(person)
    for session in sessions:
        session.end()
    return len(sessions)


def count_second_factors(person: User) -> int:
    """Return how many authenticator apps and passkeys the person set up; recovery codes do not count."""
    return int(Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).count())


def renew_secrets() -> tuple[int, int]:
    """Encrypt stored second factors with today's key; return how many were, and how many no key opens any more."""
    adapter = SecondFactorAdapter()
    done = lost = 0
    for row in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).select_for_update():
        name = "secret" if row.type == Authenticator.Type.TOTP else "seed"
        if name not in row.data:  # codes brought from elsewhere: each is a digest
            continue
        renewed = adapter.renewed(row.data[name])
        if renewed is None:
            lost += 1
            continue
        Authenticator.objects.filter(pk=row.pk).update(data=row.data | {name: renewed})
        done += 1
    return done, lost


def remove_second_factors(person: User) -> int:
    """Take all second factors away, with their recovery codes, and return how many there were."""
    count = count_second_factors(person)
    Authenticator.objects.filter(user=person).delete()
    return count


def forget_addresses(person: User) -> None:
    """Let the library know the person by the address of their account alone: it keeps those they signed in by."""
    EmailAddress.objects.filter(user=person).delete()
