"""How a person wants to be told."""

from typing import Any

from django import forms

from assessments.enums import MailWay, NoticeKind
from assessments.forms.base import PageForm
from assessments.forms.fields import ManyField


class NoticeForm(PageForm):
    """E-mail at once, by digest or not at all, and what is muted."""

    mail = forms.ChoiceField(label="By e-mail")
    muted = ManyField(label="Mute", required=False, help_text="What is chosen is neither listed here nor sent.")

    def __init__(self, data: Any = None, *, has_digest: bool, has_mentions: bool, **kwargs: Any) -> None:
        """Offer the digest and mentions only where a period has them."""
        super().__init__(data=data, **kwargs)
        mail, muted = self.fields["mail"], self.fields["muted"]
        assert isinstance(mail, forms.ChoiceField)  # noqa: S101  tells the type checker what was declared above
        assert isinstance(muted, ManyField)  # noqa: S101  the same
        mail.choices = [(way.value, way.label) for way in MailWay if has_digest or way is not MailWay.DIGEST]
        muted.choices = [
            (kind.value, kind.label) for kind in NoticeKind if has_mentions or kind is not NoticeKind.MENTIONED
        ]
