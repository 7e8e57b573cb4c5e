"""Asking the API as a person's program would."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import Scope, User
from assessments import actions

ROOT = "/api/v1"


class Program:
    """A program with a token of a person; answers come as (status, what was said)."""

    def __init__(self, person: User, scope: Scope = Scope.WRITE) -> None:
        self.token, self.secret = actions.make_token(name="a test", scope=scope, days=30, by=person, at=timezone.now())
        self.client = Client(raise_request_exception=False)

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        given = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return getattr(self.client, method)(
            ROOT + path, headers={"Authorization": f"Bearer {self.secret}", **named}, **given
        )

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.send("get", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.send("post", path, {} if body is None else body, **headers)

    def patch(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.send("patch", path, body, **headers)

    def put(self, path: str, body: Any, **headers: str) -> HttpResponse:
        return self.send("put", path, body, **headers)
