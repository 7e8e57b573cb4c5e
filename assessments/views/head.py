"""The head of pages that are not about an assessment: the navigation and what they stand under, on demand."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from assessments.views.page import standing, ways


def head(request: HttpRequest) -> dict[str, Any]:
    """Give every template its head; what a view puts into its context wins, and nothing is asked for unless printed."""
    return {"standing": SimpleLazyObject(lambda: standing(None)), "ways": SimpleLazyObject(lambda: ways(request))}
