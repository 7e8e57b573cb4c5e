"""The one character that no database keeps: PostgreSQL refuses a text that holds it."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin

NUL = "\0"


class NoNulMiddleware(MiddlewareMixin):
    """Answers 400 to whatever holds a NUL: no keyboard writes one, and every page may take its texts as they come.

    The API reads its own bodies (assessments/api/base.py) and says so in its own words.
    """

    def process_view(self, request: HttpRequest, view: object, *_: object) -> None:
        """Raise SuspiciousOperation for a NUL in the address or in a form."""
        if getattr(view, "csrf_exempt", False):
            return
        in_address = NUL in request.path or "%00" in request.META.get("QUERY_STRING", "")
        in_form = any(NUL in name or any(NUL in value for value in values) for name, values in request.POST.lists())
        if in_address or in_form:
            raise SuspiciousOperation("What was sent holds a character that is none.")
