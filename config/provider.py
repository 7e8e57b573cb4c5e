"""What the sign-in library is told of an organization's own identity provider."""

from typing import Any
from urllib.parse import urlsplit

PROVIDER_ID = "office"
"""Stands in the address the provider sends people back to; one installation has one provider."""


def apps(*, url: str, client: str, secret: str, name: str) -> dict[str, Any]:
    """Return SOCIALACCOUNT_PROVIDERS for a provider, by OpenID Connect with PKCE."""
    app = {
        "provider_id": PROVIDER_ID,
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": url},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def origin(url: str) -> str:
    """Return the origin a form may jump to, for the content security policy."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
