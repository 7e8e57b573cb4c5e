"""Headers that neither Django nor its CSP app sends: what a page may ask of the device, and that nobody keeps it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# A passkey is the only thing of the device that a page may ask for, and only a page of this origin.
POLICY = ", ".join(
    [
        *(f"{feature}=()" for feature in ("camera", "geolocation", "microphone", "payment", "usb")),
        *(f"publickey-credentials-{act}=(self)" for act in ("create", "get")),
    ]
)


class PermissionsPolicyMiddleware:
    """Sends the Permissions-Policy header with every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the header."""
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = POLICY
        return response


class NotStoredMiddleware:
    """Lets no browser and no proxy keep an answer that does not say for itself how long it may be kept.

    Nearly every page shows protected content, and "Back" after signing out would show it from the browser's store.
    Static files say for themselves; what was typed and not saved is kept by static/js/kept.js.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the header."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response
