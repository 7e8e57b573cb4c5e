"""Mail that is sent while the person goes on."""

import logging
import threading
from contextvars import copy_context

from django.core.mail import EmailMessage

log = logging.getLogger(__name__)


def in_background(message: EmailMessage) -> None:
    """Send a message without keeping anybody waiting, so that no answer tells by its time whom the office knows.

    A server that refuses it is noted in the log, without the text; what the person did holds nonetheless.
    """
    threading.Thread(target=copy_context().run, args=(_send, message), name="mail").start()


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:  # whatever the server says, it concerns nobody's request
        log.exception("A message about an account could not be sent.")
