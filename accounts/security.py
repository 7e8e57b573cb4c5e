"""What a person signs in with, and where they are signed in. Only this app knows the library behind it."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

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


def remove_second_factors(person: User) -> int:
    """Take all second factors away, with their recovery codes, and return how many there were."""
    count = count_second_factors(person)
    Authenticator.objects.filter(user=person).delete()
    return count
