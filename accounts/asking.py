"""What asks an organization's identity provider; loaded by the first sign-in through one."""

from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest

from accounts.adapters import refused

PROVIDER_SECONDS = 10
"""How long an identity provider may take to answer."""


class AskingSession(requests.Session):
    """Asks the provider, and never waits for it for long."""

    def __init__(self, request: HttpRequest | None) -> None:
        """Ask on behalf of who made this request."""
        super().__init__()
        self.person_asking = request

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Ask. A provider that does not answer, or answers that it failed, is told to the person."""
        try:
            answer = super().request(*args, **({"timeout": PROVIDER_SECONDS} | kwargs))
        except requests.RequestException as exc:
            raise ImmediateHttpResponse(refused(self.person_asking, "away", 503)) from exc
        if answer.status_code >= 500:
            raise ImmediateHttpResponse(refused(self.person_asking, "away", 503))
        return answer
