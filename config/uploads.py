"""How much one request may bring along: what is larger is refused before a byte of it is read or stored."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

LARGEST = 32 * 1024 * 1024
"""Bytes of one request, all its files and fields together; the server passes on no more than a request announces."""


class UploadLimitMiddleware:
    """Refuses a request that announces more than the limit, in words, whoever sends it and wherever it goes.

    A form's limit for one kind of file is lower; this one keeps a huge file from ever reaching the disk.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 with the reason, or let it pass."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdecimal() and int(announced) > LARGEST:
            size = {"size": int(announced) // (1024 * 1024), "largest": LARGEST // (1024 * 1024)}
            return render(request, "413.html", size, status=413)
        return self.get_response(request)
