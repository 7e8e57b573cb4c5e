"""The forms people sign in with."""

from typing import Any
from uuid import UUID

from allauth.account.forms import LoginForm
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django.core.exceptions import ValidationError
from fido2.utils import websafe_decode, websafe_encode

from accounts.models import User

UNKNOWN_PASSKEY = "This passkey belongs to no account here. Sign in with your password, and add it anew."


class SignInForm(LoginForm):
    """E-mail address and password, labelled in words and without placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Label the fields."""
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class NewPasskeyForm(AddWebAuthnForm):
    """A passkey to be added; unless somebody chooses otherwise it is good for signing in by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say in words what is asked."""
        super().__init__(*args, **kwargs)
        self.initial["name"] = "Passkey"
        self.fields["name"].help_text = "By which you know it again, as in: office laptop."
        field = self.fields["passwordless"]
        field.label, field.initial = "Sign in with it alone, without a password", True
        field.help_text = "The device then asks for a finger, a face or a PIN. Without this it is a second factor only."


class PasskeyForm(LoginWebAuthnForm):
    """What a passkey answered. It names its owner by the public id, as `SecondFactorAdapter` told it to."""

    def clean_credential(self) -> Any:
        """Find the owner by the public id, and let the library prove the rest by the key in its own way."""
        given: object = self.cleaned_data["credential"]
        answer = given.get("response") if isinstance(given, dict) else None
        owner = self._owner(answer.get("userHandle")) if isinstance(answer, dict) else None
        if owner is None or not isinstance(given, dict) or not isinstance(answer, dict):
            raise ValidationError(UNKNOWN_PASSKEY)
        handle = user_pk_to_url_str(owner).encode()
        self.cleaned_data["credential"] = given | {"response": answer | {"userHandle": websafe_encode(handle)}}
        return super().clean_credential()

    @staticmethod
    def _owner(handle: object) -> User | None:
        try:
            return User.objects.filter(public_id=UUID(websafe_decode(str(handle)).decode())).first()
        except ValueError:
            return None
