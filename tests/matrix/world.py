"""The office that the matrix walks through: everybody, and a country on whose pages there is something everywhere.

Made once for a module. `at(state)` brings the country into a state and takes that back afterwards; `attempt` sends one
request as one person and takes back whatever it did.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Role, User
from assessments import actions, covering
from assessments.content import framework_of
from assessments.core.asking import Question
from assessments.core.sheets import Allegation, DataRequest, OfficialGroup, SearchNote
from assessments.core.types import Determination, Rating
from assessments.core.values import Confidence, PolicyKind, Protection, RatingState, Section
from assessments.enums import Part, ReplyAbout, Round, Stance, TextOrigin
from assessments.exporters.docx_house import starter
from assessments.extraction import kind_of
from assessments.importers.templates import save_template
from assessments.models import Job, Notice
from tests.assessments import factories
from tests.assessments.office import Office, make_office
from tests.assessments.wordedits import returned
from tests.image import remembered
from tests.taken_back import taken_back

PEOPLE: Mapping[str, str] = {
    "anon": "nobody signed in",
    "anal": "analyst assigned to the country",
    "revi": "reviewer assigned to it",
    "coor": "coordinator",
    "seco": "second coder of it, an analyst by role",
    "othA": "analyst of another country",
    "othR": "reviewer of another country",
    "edit": "framework editor",
    "expo": "exporter",
    "read": "reader",
    "acct": "administrator of accounts",
    "none": "signed in, without any role",
}
"""The columns of the table."""

GRAVE, PARTED = "tip-offs-to-traffickers", "pof-forced-labor"

STATES = ("open", "submitted", "approved", "released")


@dataclass
class World:
    """The office, a session for everybody, and what fills the addresses, by the name of their parts."""

    office: Office
    people: dict[str, User | None]
    sessions: dict[str, SimpleCookie] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    elsewhere: "World | None" = None

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "client"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state, client=Client(raise_request_exception=False))

    @contextmanager
    def at(self, state: str) -> Iterator["World"]:
        """Stand in a state of the country, and go back to "open" afterwards."""
        with taken_back():
            office = self.office
            if state != "open":
                _settle(office)
                office.submit()
            if state in ("approved", "released"):
                office.approve()
            if state == "released":
                office.release()
            yield replace(self, values=self.values | _of_state(office, state))

    def attempt(self, who: str, method: str, address: str, **given: Any) -> HttpResponse:
        """Send one request as one person; nothing of what it did stays. A crash answers 500."""
        self.client.cookies = SimpleCookie({name: item.value for name, item in self.sessions[who].items()})
        with taken_back():
            answer = getattr(self.client, method.lower())(address, **given)
            if answer.streaming:
                b"".join(answer.streaming_content)
            return answer


@remembered(factories.UserFactory, factories.CountryFactory)
def make_world() -> World:
    """Make everybody, the country they meet about, and another country with the same things on record."""
    office = make_office()
    coder, without = factories.user(Role.ANALYST, name="Sid Second"), factories.user(name="Nina None")
    office.turn_on(blind_coding=True, right_of_reply=True)
    theirs = replace(
        office, country=factories.CountryFactory(), analyst=office.other_analyst, reviewer=office.other_reviewer
    )
    theirs.assessment = actions.open_assessment(
        iso3=theirs.country.iso3, report_year=2024, by=office.coordinator, at=office.clock()
    )
    theirs.assign(office.other_analyst, Part.ANALYST)
    theirs.assign(office.other_reviewer, Part.REVIEWER)
    actions.draw_sample(report_year=2024, seed="lots", by=office.coordinator, at=office.clock())
    office.assign(coder, Part.SECOND_CODER)
    people: dict[str, User | None] = dict(
        zip(
            PEOPLE,
            (
                None,
                office.analyst,
                office.reviewer,
                office.coordinator,
                coder,
                office.other_analyst,
                office.other_reviewer,
                office.editor,
                office.exporter,
                office.reader,
                office.account_admin,
                without,
            ),
            strict=True,
        )
    )
    world = World(office, people, values=_fill(office, coder))
    world.elsewhere = World(theirs, people, values=_fill(theirs, None))
    for who, person in people.items():
        client = Client()
        if person is not None:
            client.force_login(person)
        world.sessions[who] = client.cookies
    cache.clear()
    return world


def _fill(office: Office, coder: User | None) -> dict[str, object]:
    """Put one of everything on record, and return what the parts of an address may be filled with."""
    found = _record(office)
    found |= _text(office)
    template = save_template(
        name="Report", file_name="house.docx", data=starter(), by=office.coordinator, at=office.clock()
    )
    found |= _second_answer(office, coder)
    found |= _sources(office)
    found |= _grave(office)
    return {
        "assessment_id": office.assessment.public_id,
        "iso3": office.country.iso3.lower(),
        "country": office.country.iso3,
        "report_year": 2024,
        "sheet": "statistics",
        "ref": "s1",
        "code": "I02",
        "group": "g1",
        "institution": "g6",
        "slug": "officials-prosecuted",
        "indicator": "officials-prosecuted",
        "template_id": template.public_id,
        "job_id": _job(office).public_id,
        "user_id": office.reader.public_id,
        "other_reviewer": office.other_reviewer.public_id,
        "notice_id": Notice.objects.filter(person=office.analyst, assessment=office.assessment).first().public_id,
        **NOWHERE,
        **found,
        **_of_state(office, "open"),
    }


NOWHERE: Mapping[str, object] = {
    "step": "answer",
    "ending": "txt",
    "form": "txt",
    "pk": 2_000_000_000,
    "provider_id": "unknown",
    "uidb36": "1",
    "reset_key": "unknown",
    "report_id": UUID(int=1),
    "token_id": UUID(int=1),
    "rest": "no/such/address",
}
"""Parts of addresses that are words, or lead to nothing."""


def _record(office: Office) -> dict[str, object]:
    """Enter facts, answers and a proposed determination."""
    revision_id, at = office.revision_id, office.clock
    items = tuple(office.evidence(attribution=name) for name in ("court staff", "an NGO"))
    group = OfficialGroup(role="police officer")
    office.fact("allegations", Allegation(id="new", officials=(group,), text="taking bribes", evidence=items))
    office.statistic(3, evidence=items)
    request = DataRequest(id="new", addressee="the ministry", presumption_proposed=True)
    asked = office.fact("requests", request)
    office.answer_all()
    office.rate("officials-prosecuted", 0, evidence=items, reason="Seen now.", version=1)
    office.rate(GRAVE, 4, evidence=items, reason="Seen now.", version=1)
    determination = Determination(id="new", factor="pof-trafficking", kind=PolicyKind.POLICY)
    proposed = actions.propose_determination(
        revision_id=revision_id, determination=determination, by=office.analyst, at=at()
    )
    return {"evidence": items[0], "request": asked.ref, "determination_id": proposed.public_id}


def _text(office: Office) -> dict[str, object]:
    """Write, remark, propose, reply, ask for words to be taken out, freeze, and bring a file back."""
    revision_id, at = office.revision_id, office.clock
    own = actions.add_sentence(
        revision_id=revision_id,
        section=Section.PROSECUTION,
        text="Observers saw little change.",
        judgement=True,
        by=office.analyst,
        at=at(),
    )
    sentence = office.revision.sentences.filter(family__isnull=False).first()
    remark = actions.comment(
        revision_id=revision_id, sentence_id=sentence.public_id, text="Why?", by=office.reviewer, at=at()
    )
    proposal = actions.propose_wording(
        revision_id=revision_id,
        sentence_id=sentence.public_id,
        text="Other words.",
        by=office.reviewer,
        at=at(),
    )
    actions.record_reply(
        revision_id=revision_id,
        about=ReplyAbout.SENTENCE,
        target=str(sentence.public_id),
        stance=Stance.DISAGREES,
        text="No.",
        received_on=at().date(),
        by=office.analyst,
        at=at(),
    )
    redaction = actions.propose_redaction(
        revision_id=revision_id, words="little change", reason="It is a name.", by=office.analyst, at=at()
    )
    working = actions.make_working_snapshot(revision_id=revision_id, by=office.analyst, at=at())
    came_back = returned(working, office.reviewer, at())
    return {
        "sentence_id": sentence.public_id,
        "handwritten_id": own.public_id,
        "comment_id": remark.public_id,
        "remark_id": remark.public_id,
        "proposal_id": proposal.public_id,
        "reply": "g1",
        "redaction_id": redaction.public_id,
        "snapshot_id": working.public_id,
        "text_id": working.public_id,
        "file_id": came_back.file.public_id,
        "item_id": came_back.public_id,
    }


def _second_answer(office: Office, coder: User | None) -> dict[str, object]:
    """Answer a question that was drawn as second coder, where there is one."""
    revision_id, at = office.revision_id, office.clock
    drawn = next(
        row.indicator
        for row in office.assessment.sampled_questions.order_by("indicator")
        if not framework_of(office.revision).indicator(row.indicator).parts
    )
    if coder is not None:
        second = Rating(
            indicator=drawn,
            state=RatingState.RATED,
            level=2,
            confidence=Confidence.MODERATE,
            rationale="Seen from the facts.",
        )
        actions.save_rating(revision_id=revision_id, rating=second, round=Round.SECOND, by=coder, at=at())
    row = office.revision.ratings.filter(round=Round.SECOND.value).first()
    return {
        "drawn": framework_of(office.revision).indicator(drawn).code,
        "coder": coder.public_id if coder else UUID(int=1),
        "rating_id": row.public_id if row else UUID(int=1),
        "rating_prefix": row.public_id.hex[:8] if row else "",
    }


def _sources(office: Office) -> dict[str, object]:
    """Read a source, mark an excerpt, search, write letters, and enter a source that few may know."""
    revision_id, at = office.revision_id, office.clock
    read_id = office.revision.sources.order_by("pk").first().source.public_id
    upload = actions.Upload("page.txt", kind_of("page.txt", b"One. Two."), b"One. Two.")
    page = actions.add_document(
        source_id=read_id, text="One. Two.", origin=TextOrigin.EXTRACTED, upload=upload, by=office.analyst, at=at()
    )
    (excerpt,) = actions.mark_excerpts(source_id=read_id, number=page, sentences=[0], by=office.analyst, at=at())
    looked = office.fact("search_notes", SearchNote(id="new", searched="Court registers.", indicators=()))
    letter = actions.save_letter(
        revision_id=revision_id,
        letter_id=None,
        text=actions.LetterText(addressee="the ministry", questions=(Question(text="How many?"),)),
        by=office.analyst,
        at=at(),
    )
    went_out = actions.save_letter(
        revision_id=revision_id,
        letter_id=None,
        text=actions.LetterText(addressee="the ministry", questions=(Question(text="How many?"),)),
        by=office.analyst,
        at=at(),
    )
    actions.move_letter(
        revision_id=revision_id,
        letter_id=went_out.public_id,
        step="send",
        on=at().date(),
        version=1,
        by=office.analyst,
        at=at(),
    )
    hidden = office.source(title="Testimony", protection=Protection.CONFIDENTIAL, attributions=("court staff",))
    return {
        "confidential": office.revision.sources.get(ref=hidden).source.public_id,
        "source": office.revision.sources.order_by("pk").first().ref,
        "source_id": read_id,
        "number": page,
        "excerpt_id": excerpt,
        "search_ref": looked.ref,
        "letter_id": letter.public_id,
        "sent_letter_id": went_out.public_id,
    }


def _grave(office: Office) -> dict[str, object]:
    """Answer a part of a question gravely, and name what the revision holds after all of this."""
    revision = office.revision
    framework = framework_of(revision)
    parted = framework.indicator(PARTED)
    items = tuple(item.ref for item in revision.evidence.order_by("pk")[:2])
    office.rate(PARTED, 4, part=parted.parts[0], evidence=items, reason="Seen now.", version=1)
    first = revision.recommendations.order_by("rank").first()
    return {
        "drawn_parted": "I12",
        "drawn_part": parted.parts[0],
        "grave": framework.indicator(GRAVE).code,
        "parted": parted.code,
        "part": parted.parts[0],
        "version": revision.ratings.get(indicator__code="I02", round=Round.MAIN.value).version,
        "version_id": revision.framework.public_id,
        "wording_id": revision.wording.public_id,
        "key": next((item["key"] for item in revision.result.checks if item["severity"] != "block"), "x"),
        "recommendation_id": first.public_id,
        "point_code": first.code,
    }


def _job(office: Office) -> Job:
    """Return a file that the exporter asked for, and that failed."""
    spec = {"report_years": [2024], "format": "txt", "audience": "public", "shape": "one", "entries": [], "missing": []}
    at = office.clock()
    return Job.objects.create(
        kind="report", state="failed", failure="No.", spec=spec, key="", by=office.exporter, asked_at=at,
        heartbeat_at=at, total=0,
    )  # fmt: skip


def _settle(office: Office) -> None:
    """Take back what stands in the way of a submission."""
    revision = office.revision
    for slug, part in (
        ("officials-prosecuted", ""),
        (GRAVE, ""),
        (PARTED, framework_of(revision).indicator(PARTED).parts[0]),
    ):
        row = revision.ratings.get(indicator__slug=slug, part=part, round=Round.MAIN.value)
        office.rate(slug, part=part, version=row.version)
    actions.withdraw_fact(
        revision_id=revision.public_id,
        sheet="requests",
        ref="r1",
        reason="Never sent.",
        by=office.analyst,
        at=office.clock(),
    )


def _of_state(office: Office, state: str) -> dict[str, object]:
    found: dict[str, object] = {}
    step = office.revision.steps.first()
    found["step_id"] = step.public_id if step else UUID(int=1)
    found["content_hash"] = office.revision.content_hash
    found["waiting"] = "x=x"
    if state == "submitted":
        items = actions.items_now(office.revision)
        waiting = covering.pending(step, items, office.revision.content_hash)
        found["waiting"] = f"{waiting.to_read[0].ref}={waiting.to_read[0].digest}"
    if state in ("approved", "released"):
        found["snapshot_id"] = office.revision.snapshots.order_by("-pk").first().public_id
    return found


# --- Addresses ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its full name and, outermost first, the parts it is made of."""

    name: str
    route: str
    parts: tuple[str, ...]


def addresses() -> list[Address]:
    """Return every pattern that answers requests. One without a name is named by its route."""
    found: list[Address] = []
    waiting: list[tuple[str, str, tuple[str, ...], URLPattern | URLResolver]] = [
        ("", "", (), item) for item in get_resolver().url_patterns
    ]
    while waiting:
        space, route, parts, item = waiting.pop()
        here, named = route + str(item.pattern), (*parts, *item.pattern.regex.groupindex)
        if isinstance(item, URLPattern):
            name = f"{space}:{item.name}" if space and item.name else item.name or ""
            found.append(Address(name or f"/{here}", here, named))
        else:
            inner = ":".join(filter(None, (space, item.namespace)))
            waiting += [(inner, here, named, member) for member in item.url_patterns]
    return sorted(found, key=lambda address: address.name)


def fill(address: Address, values: Mapping[str, object], renamed: Mapping[str, str]) -> str:
    """Return the address with its parts filled; `renamed` says which value stands for a part of this address.

    Raises KeyError with the name of the part that nothing is known to fill.
    """
    return reverse(address.name, kwargs={name: values[renamed.get(name, name)] for name in address.parts})


def sent(data: Mapping[str, object], values: Mapping[str, object]) -> dict[str, str]:
    """Return what a POST sends, with the world's values put in."""
    known = {name: str(value) for name, value in values.items()} | {"iso3": str(values["iso3"]).upper()}
    return {name.format_map(known): str(value).format_map(known) for name, value in data.items()}
