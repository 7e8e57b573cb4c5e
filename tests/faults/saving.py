"""People who save without pause through a server that is being hurt, and what must be true of their work afterwards."""

import http.client
import re
import threading
from dataclasses import dataclass, field

from benchmarks.pages import Fields
from benchmarks.served import Visitor


@dataclass
class Saver:
    """One person who saves reason after reason to one question, and remembers what the server acknowledged."""

    visitor: Visitor
    address: str
    name: str
    acknowledged: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # sent, but no answer came
    refused: list[int] = field(default_factory=list)

    def save(self) -> None:
        """Open the form, change the reason, send it. Raises OSError or HTTPException where the connection broke."""
        page = self.visitor.get(self.address)
        if page.status != 200:
            self.refused.append(page.status)
            return
        fields = Fields()
        fields.feed(page.text)
        text = f"Reason {len(self.acknowledged) + len(self.unknown) + len(self.refused) + 1} of {self.name}."
        values = fields.values | {"rationale": [text], "confidence": ["moderate"]}
        try:
            answer = self.visitor.post(self.address, values, {"HX-Request": "true"})
        except (OSError, http.client.HTTPException):
            self.unknown.append(text)
            raise
        if answer.status == 200 and re.search(r'name="version"[^>]*value="\d+"', answer.text):
            self.acknowledged.append(text)
        else:
            self.refused.append(answer.status)

    def save_until(self, enough: threading.Event) -> None:
        """Save again and again, whatever happens to the server."""
        while not enough.is_set():
            try:
                self.save()
            except (OSError, http.client.HTTPException):
                enough.wait(0.02)
        self.visitor.close()
