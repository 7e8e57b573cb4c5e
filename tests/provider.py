"""A small OpenID Connect provider on this machine, for the tests: code flow with PKCE, a signed token, one key.

It is strict where a real one is: client and secret, the address to return to, the verifier that fits the challenge,
and a code that works once. Whom it signs in is what the test says; a browser is shown a page with one button.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from cryptography.hazmat.primitives.asymmetric import rsa

registry.register(OpenIDConnectProvider)  # as the app does that a program with a provider has (config/settings.py)
CLIENT, SECRET = "indicia", "shared by the office and its provider"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """A running provider; change `person` before somebody signs in."""

    origin: str
    person: dict[str, Any]
    return_to: str = ""  # the only address it sends people back to; empty takes the first it is asked for
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _tokens: set[str] = field(default_factory=set)

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.origin,
            "authorization_endpoint": f"{self.origin}/authorize",
            "token_endpoint": f"{self.origin}/token",
            "userinfo_endpoint": f"{self.origin}/userinfo",
            "jwks_uri": f"{self.origin}/jwks",
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def keys(self) -> dict[str, Any]:
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(_KEY.public_key()))
        return {"keys": [key | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def authorize(self, given: dict[str, str]) -> str:
        """Return where to send the person, with a code. Raises ValueError where a real provider would refuse."""
        self._must(given.get("client_id") == CLIENT, "unknown client")
        self._must(given.get("response_type") == "code", "only the code flow")
        self._must(given.get("code_challenge_method") == "S256" and bool(given.get("code_challenge")), "no PKCE")
        self._must("openid" in given.get("scope", "").split(), "no openid scope")
        self._must(bool(given.get("state")), "no state")
        self._must(self.return_to in ("", given["redirect_uri"]), "unknown address to return to")
        code = secrets.token_urlsafe(16)
        self._codes[code] = given
        return f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"

    def token(self, given: dict[str, str], authorization: str) -> dict[str, Any]:
        """Change a code for a token. Raises ValueError where a real provider would refuse."""
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        self._must(authorization == f"Basic {expected}", "wrong client or secret")
        asked = self._codes.pop(given.get("code", ""), None)
        if asked is None:
            raise self._refusal("unknown code, or used before")
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        self._must(challenge == asked["code_challenge"], "the verifier does not belong to the challenge")
        self._must(given.get("redirect_uri") == asked["redirect_uri"], "another address to return to")
        access = secrets.token_urlsafe(16)
        self._tokens.add(access)
        now = int(time.time())
        claims = self.person | {"iss": self.origin, "aud": CLIENT, "iat": now, "exp": now + 60}
        signed = jwt.encode(claims, _KEY, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": signed}

    def userinfo(self, authorization: str) -> dict[str, Any]:
        """Say who the token is of. Raises ValueError for a token that was not given."""
        self._must(authorization.removeprefix("Bearer ") in self._tokens, "unknown token")
        return self.person

    def _must(self, holds: bool, why: str) -> None:
        if not holds:
            raise self._refusal(why)

    def _refusal(self, why: str) -> ValueError:
        self.refused.append(why)
        return ValueError(why)


class _Server(ThreadingHTTPServer):
    provider: Provider


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:  # http.server's name
        parts = urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self._answer("GET", parts.path, given)

    def do_POST(self) -> None:  # http.server's name
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self._answer("POST", urlsplit(self.path).path, {name: values[0] for name, values in parse_qs(body).items()})

    def _answer(self, method: str, path: str, given: dict[str, str]) -> None:
        provider = self.server.provider
        provider.asked.append(f"{method} {path}")
        authorization = self.headers.get("Authorization", "")
        try:
            if path == "/authorize":
                address = provider.authorize(given)
                self._say(200, "text/html", f'<!doctype html><title>Provider</title><a href="{address}">Continue</a>')
            elif path == "/token":
                self._json(provider.token(given, authorization))
            elif path == "/userinfo":
                self._json(provider.userinfo(authorization))
            elif path == "/jwks":
                self._json(provider.keys())
            elif path == "/.well-known/openid-configuration":
                self._json(provider.configuration())
            elif path == "/favicon.ico":
                self._say(200, "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"/>')
            else:
                self._say(404, "text/plain", "nothing here")
        except ValueError as exc:
            self._say(400, "text/plain", str(exc))

    def _json(self, value: dict[str, Any]) -> None:
        self._say(200, "application/json", json.dumps(value))

    def _say(self, status: int, kind: str, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        body = (text.replace("&", "&amp;") if kind == "text/html" else text).encode()
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing: the test asks what happened."""


@contextmanager
def running(person: dict[str, Any]) -> Iterator[Provider]:
    """Run a provider that signs this person in, until the block ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}", person)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
