"""What a browser would send back from a page."""

from html.parser import HTMLParser


class Fields(HTMLParser):
    """The names and values that a browser would send back from the form that has this field."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._list = ""
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, kind = given.get("name") or "", given.get("type")
        if tag == "select":
            self._list = name
        elif tag == "option" and "selected" in given:
            self._put(self._list, given.get("value"))
        elif tag == "textarea":
            self._text = name
            self._put(name, "")
        elif tag == "input" and (kind not in ("radio", "checkbox") or "checked" in given):
            self._put(name, given.get("value"))

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""

    def _put(self, name: str, value: str | None) -> None:
        if name:
            self.values.setdefault(name, []).append(value or "")
