"""Addresses that fail in every way a server can, for the tests of what is answered and logged then."""

import errno
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import handler500  # noqa: F401  # it is what is tried

SECRET = "Zuzana Protected of Canary Street"


def raising(make: Callable[[], Exception]) -> Callable[[HttpRequest], HttpResponse]:
    @login_not_required
    def view(request: HttpRequest) -> HttpResponse:
        raise make()

    return view


@login_not_required
def broken_row(request: HttpRequest) -> HttpResponse:
    """Store a row that a constraint refuses; PostgreSQL then quotes the row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_user (public_id, email, name, is_active, password) VALUES (%s, %s, %s, %s, %s)",
            ["0" * 32, f"{SECRET}@EXAMPLE.ORG", SECRET, True, SECRET],
        )
    return HttpResponse()


urlpatterns = [
    path("mistake/", raising(lambda: ValueError(f"no number: {SECRET}"))),
    path("away/", raising(lambda: OperationalError("server closed the connection unexpectedly"))),
    path("gone/", raising(lambda: InterfaceError("connection already closed"))),
    path("locked/", raising(lambda: OperationalError("database is locked"))),
    path("column/", raising(lambda: OperationalError(f"no such column: {SECRET}"))),
    path("full/", raising(lambda: OSError(errno.ENOSPC, "No space left on device", SECRET))),
    path("forbidden/", raising(lambda: PermissionError(errno.EACCES, SECRET))),
    path("row/", broken_row),
]
