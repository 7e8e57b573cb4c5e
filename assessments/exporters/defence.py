"""The defence annex: under every sentence the answers, descriptors and evidence it rests on, and who approved it.

A document of the same blocks as every other, so that each text format writes it. What an audience may not read is not
in it: excerpts are given to it by the caller, who asks the policy; names of people and reasons are for the office.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assessments.core.document import (
    METHOD,
    Audience,
    Block,
    Document,
    Heading,
    Line,
    Note,
    Notice,
    Paragraph,
    Table,
    Title,
)
from assessments.core.grammar import date_words
from assessments.core.values import Confidence, RatingState, Section
from assessments.exporters.citations import Cited, cited, is_open
from assessments.exporters.document import document_of, frozen
from frameworks.spec.compiled import CompiledFramework

SUBTITLE = "what stands behind each sentence"
SUBTITLE_OF_ONE = "what stands behind one sentence"
COLUMNS = ("What", "On record")
_FACTS = (
    ("statistics", "figure"),
    ("cases", "case"),
    ("allegations", "allegation"),
    ("elements", "policy element"),
    ("measures", "measure"),
    ("commitments", "commitment"),
    ("requests", "data request"),
    ("statements", "statement"),
)
_NO_BASIS = "the author's own judgment; no evidence is named"

Excerpts = Mapping[str, str]
"""Excerpts as found, by the evidence's id: only those the policy lets the maker of the file see."""


def defence(
    values: Mapping[str, Any],
    framework: CompiledFramework,
    audience: Audience,
    excerpts: Excerpts | None = None,
    *,
    only: str = "",
) -> Document:
    """Return the annex of a snapshot. `excerpts` enter the internal one only, and only of open sources.

    `only`: the public id of a sentence, for the page of that sentence alone. Raises KeyError where it is not there.
    """
    text = document_of(values, audience)
    if audience is not Audience.INTERNAL:
        values = frozen(values)
    behind = _Behind(values, framework, audience, (excerpts or {}) if audience is Audience.INTERNAL else {})
    title = Title(text=f"{text.title}: {SUBTITLE_OF_ONE if only else SUBTITLE}")
    notices = [block for block in text.blocks if isinstance(block, Notice)]
    made = [block for block in text.blocks if isinstance(block, Note)][-1]
    head: tuple[Block, ...] = (title, *dict.fromkeys(notices), Note(text=METHOD))
    if only and only not in {item["id"] for item in values["sentences"]}:
        raise KeyError(only)
    blocks = (*head, *behind.sections(only), *(() if only else behind.ending()), made)
    return Document(
        blocks=blocks,
        audience=audience,
        country=text.country,
        report_year=text.report_year,
        is_draft=text.is_draft,
        digest=text.digest,
        withheld=text.withheld,
        warnings=text.warnings,
    )


class _Behind:
    """Looks up what stands behind each sentence of one snapshot."""

    def __init__(
        self, values: Mapping[str, Any], framework: CompiledFramework, audience: Audience, excerpts: Excerpts
    ) -> None:
        self.values = values
        self.framework = framework
        self.audience = audience
        self.excerpts = excerpts
        record = values["record"]
        self.ratings = {_key(item): item for item in record.get("ratings", ())}
        self.sources = {item["id"]: item for item in record.get("sources", ())}
        self.evidence = {item["id"]: item for item in record.get("evidence", ())}
        self.asked = {item["key"]: item for item in values["indicators"]}
        self.facts = {
            fact["id"]: f"{fact['id']}, {kind}{_of(fact)}" for name, kind in _FACTS for fact in record.get(name, ())
        }
        self.cited: Cited = cited(values, audience)

    @property
    def is_public(self) -> bool:
        return self.audience is Audience.PUBLIC

    def sections(self, only: str = "") -> Iterator[Block]:
        """Yield the sentences, or one of them, under their sections, each followed by what it rests on."""
        before = ""
        ordered = sorted(self.values["sentences"], key=lambda item: int(item["position"]))
        for number, sentence in enumerate(ordered, start=1):
            if only and sentence["id"] != only:
                continue
            if sentence["section"] != before:
                before = sentence["section"]
                yield Heading(text=Section(before).label)
            line = Line(public_id=sentence["id"], text=sentence["text"], state=sentence["state"])
            rows = tuple(self._basis(sentence))
            yield Heading(text=f"Sentence {number}", level=2)
            yield Paragraph(lines=(line,))
            yield Table(caption=f"What sentence {number} rests on", columns=COLUMNS, rows=rows)

    def _basis(self, sentence: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        basis = sentence["basis"]
        for key in basis.get("ratings", ()):
            if key in self.ratings:
                yield from self._answer(key)
        if not self.is_public:
            for ref in basis.get("facts", ()):
                if ref in self.facts:
                    yield "Fact", self.facts[ref]
            for name in basis.get("decisions", ()):
                yield "Decision", name
        citations = self.cited.of(sentence["id"])
        for citation in citations:
            yield "Evidence", citation.text
            if excerpt := self._excerpt(citation.evidence):
                yield "Excerpt", f"“{excerpt}”"
        if self.audience is Audience.INTERNAL:
            for item in self._rejected(sentence):
                yield "Looked at, not used", f"{item['id']} (source {item['source']}): {item['set_aside']}"
        if not citations and not any(basis.get(name) for name in ("ratings", "facts", "decisions", "evidence")):
            yield "Basis", _NO_BASIS
        if sentence["author"] and not self.is_public:
            yield "Words of", sentence["author"]
        yield from self._approved()

    def _answer(self, key: str) -> Iterator[tuple[str, str]]:
        rating = self.ratings[key]
        asked = self.asked[key]
        part = f" ({rating['part']})" if rating.get("part") else ""
        level = rating.get("level")
        scale = self.framework.indicator(rating["indicator"])
        if level is None:
            said = RatingState(rating["state"]).label
        else:
            sure = f", confidence {Confidence(rating['confidence']).value}" if rating.get("confidence") else ""
            said = f"level {level} of {scale.scale_top} ({scale.direction.in_words}){sure}: {asked['descriptor']}"
        yield "Answer", f"{asked['code']} {asked['title']}{part}: {said}"
        if self.audience is Audience.INTERNAL:
            for near in scale.levels if level is not None else ():
                if abs(near.value - int(level)) == 1:
                    yield "Weighed, not given", f"level {near.value}: {near.descriptor}"
            for name, title in (("rationale", "Rationale"), ("reason", "Reason")):
                if rating.get(name):
                    yield title, rating[name]
            if rating.get("rated_by"):
                yield "Rated by", rating["rated_by"]

    def _rejected(self, sentence: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        """Yield the items that were set aside and are of the same sources as those the sentence rests on."""
        sources = {citation.source for citation in self.cited.of(sentence["id"])}
        for item in self.evidence.values():
            if item.get("set_aside") and item["source"] in sources:
                yield item

    def _excerpt(self, ref: str) -> str:
        item = self.evidence.get(ref, {})
        source = self.sources.get(item.get("source", ""), {})
        return self.excerpts.get(ref, "") if source and is_open(source) else ""

    def _approved(self) -> Iterator[tuple[str, str]]:
        found = False
        for approval in self.values["approvals"]:
            if approval["content_hash"] == self.values["content_hash"]:
                found = True
                by = "" if self.is_public else f" by {approval['by']}"
                yield "Approved", f"{approval['step']}{by}, {date_words(approval['at'][:10])}"
        if not found:
            yield "Approved", "by nobody yet"

    def ending(self) -> Iterator[Block]:
        """Yield what was decided beside single sentences, and what was looked at and not used; for the office."""
        if self.is_public:
            return
        yield from _listed("Determinations", ("Factor", "Proposed by", "Approved by"), self._determinations())
        yield from _listed("Endorsements", ("Question", "Level", "Endorsed by"), self._endorsements())
        if self.audience is Audience.INTERNAL:
            yield from _listed("Looked at and not used", ("Item", "Source", "Why"), self._set_aside())

    def _determinations(self) -> list[tuple[str, ...]]:
        return [
            (item["factor"], item.get("proposed_by", ""), ", ".join(item.get("approved_by", ())))
            for item in self.values["record"].get("determinations", ())
        ]

    def _endorsements(self) -> list[tuple[str, ...]]:
        return [
            (item["indicator"], str(item["level"]), item["endorsed_by"])
            for item in self.values["record"].get("endorsements", ())
        ]

    def _set_aside(self) -> list[tuple[str, ...]]:
        return [
            (item["id"], item["source"], item["set_aside"]) for item in self.evidence.values() if item.get("set_aside")
        ]


def _listed(heading: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[Block]:
    if rows:
        yield Heading(text=heading)
        yield Table(caption=heading, columns=columns, rows=tuple(rows))


def _key(rating: Mapping[str, Any]) -> str:
    return f"{rating['indicator']}/{rating['part']}" if rating.get("part") else str(rating["indicator"])


def _of(fact: Mapping[str, Any]) -> str:
    told = fact.get("text") or fact.get("stage") or ""
    return f": {told}" if told else ""
