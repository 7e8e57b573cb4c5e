"""Any legal record, for properties: hypothesis strategies over the fact sheets, unlike any real country."""

from typing import Any

from hypothesis import strategies as st

from assessments.core import sheets, values
from assessments.core.types import AssessmentRecord, Decision, Determination, PastPeriod, VersionRef
from tests.core.factories import framework

WORDS = st.sampled_from(
    [
        "police officer",
        "accepting bribes",
        "forced migrants, among them children, to work",
        "the Ministry of Interior",
        "lack of evidence",
        "in one province",
        "foreign workers",
        "labor trafficking",
        "a district court",
        "adopted a law",
        "NGOs (in the capital)",
        "the officers' wives",
        'so-called "donations"',
        "to stop further inquiry",
    ]
)
NASTY = st.text(alphabet="abcXYZ é’'\"().,;:!?-{}[]\n\t1290", max_size=24)
PHRASE = st.one_of(st.just(""), WORDS, WORDS, NASTY)
DATE = st.one_of(st.none(), st.sampled_from(["2022", "2023-05", "2023-05-14"]))
EVIDENCE_IDS = ("e1", "e2", "e3", "e4", "e5")
REFS = st.lists(st.sampled_from(EVIDENCE_IDS), max_size=3, unique=True).map(tuple)


def _slugs(vocabulary: str, size: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    slugs = [term.slug for term in framework().terms(vocabulary)]
    return st.lists(st.sampled_from([*slugs, "no-such-term"]), max_size=size, unique=True).map(tuple)


def _slug(vocabulary: str) -> st.SearchStrategy[str]:
    return st.sampled_from([*(term.slug for term in framework().terms(vocabulary)), "no-such-term"])


def _maybe_slug(vocabulary: str) -> st.SearchStrategy[str | None]:
    return st.one_of(st.none(), _slug(vocabulary))


def _statement(**fields: Any) -> sheets.Statement:
    """Return a statement; a share stays within 100 percent."""
    scale = fields.get("scale")
    if scale is not None and (scale.value or 0) > 100:
        fields.pop("is_share", None)
    return sheets.Statement(**fields)


def _figure(**fields: Any) -> sheets.Statistic:
    """Return a statistic; a rate stays within 100 percent, and years in their order."""
    if fields["unit"] is values.Unit.PERCENT and (fields["count"].value or 0) > 100:
        fields["unit"] = values.Unit.CASES
    if fields.get("cohort_from", 0) > fields.get("cohort_to", 9999):
        fields.pop("cohort_to")
    return sheets.Statistic(**fields)


def counts(kinds: tuple[values.CountKind, ...]) -> st.SearchStrategy[values.Count]:
    """Return counts of some kinds, with a number exactly where one belongs."""

    def build(kind: values.CountKind) -> st.SearchStrategy[values.Count]:
        number = st.sampled_from([1, 2, 9, 10, 28, 1500]) if kind in values.NUMBERED else st.none()
        return st.builds(values.Count, kind=st.just(kind), value=number)

    return st.sampled_from(kinds).flatmap(build)


GROUP = counts(values.GROUP_KINDS)
FIGURE = counts(values.STATISTIC_KINDS)
MAYBE = st.one_of(st.none(), FIGURE)

officials = st.lists(
    st.builds(
        sheets.OfficialGroup,
        role=PHRASE,
        plural=PHRASE,
        count=GROUP,
        rank=st.sampled_from(["junior", "mid", "senior", "highest", "unknown"]),
        former=st.booleans(),
        standing=_maybe_slug("standing"),
        agency=PHRASE,
        abbreviation=st.sampled_from(["", "NP", "BI"]),
        accomplices=PHRASE,
    ),
    max_size=3,
).map(tuple)

TERM = st.sampled_from([None, 0, 1, 5, 18])


@st.composite
def _sanction(draw: st.DrawFn) -> sheets.Sanction:
    low, high = draw(TERM), draw(TERM)
    if low is not None and high is not None and high < low:
        low, high = high, low
    return sheets.Sanction(
        kind=draw(st.sampled_from(list(values.SanctionKind))),
        minimum=low,
        maximum=high,
        unit=draw(st.sampled_from(["years", "months", "days"])),
        amount=draw(st.sampled_from([None, 0.0, 5.0, 1234.5, 2_500_000.0])),
        currency=draw(PHRASE),
        usd=draw(st.sampled_from([None, 10.0, 2200.0])),
        served=draw(st.sampled_from([None, True, False])),
        persons=draw(st.one_of(st.none(), GROUP)),
        severity=draw(_maybe_slug("severity")),
    )


proceedings = st.lists(
    st.builds(
        sheets.Proceeding,
        stage=st.sampled_from(list(values.Stage)),
        date=DATE,
        count=st.one_of(st.none(), GROUP),
        statute=st.sampled_from(list(values.StatuteType)),
        charge=PHRASE,
        lesser_offense=st.booleans(),
        body=PHRASE,
        reason=PHRASE,
        status=st.sampled_from(list(values.CaseStatus)),
        alleged_motive=PHRASE,
        motives=_slugs("motive"),
        jurisdiction=PHRASE,
        sanctions=st.lists(_sanction(), max_size=2).map(tuple),
        evidence=REFS,
    ),
    max_size=4,
).map(tuple)


def _conduct() -> dict[str, st.SearchStrategy[Any]]:
    return {
        "acts": _slugs("act"),
        "text": PHRASE,
        "mode": st.one_of(st.none(), _slugs("mode", 1).map(lambda slugs: slugs[0] if slugs else None)),
        "capacity": st.sampled_from(list(values.Capacity)),
        "deployment": st.sampled_from(list(values.Deployment)),
        "sectors": _slugs("sector"),
        "sector_text": PHRASE,
        "setting": PHRASE,
        "leverage": _slugs("leverage"),
        "place": PHRASE,
        "victims": st.one_of(st.none(), GROUP),
        "victim_group": PHRASE,
        "link": st.sampled_from(list(values.TraffickingLink)),
    }


def _rare_conduct() -> dict[str, st.SearchStrategy[Any]]:
    return {
        "crime": _slug("crime"),
        "frequency": st.sampled_from(list(values.Frequency)),
        "manners": _slugs("manner", 3),
        "motives": _slugs("motive"),
    }


def _some(fields: dict[str, st.SearchStrategy[Any]], most: int = 4) -> st.SearchStrategy[dict[str, Any]]:
    """Return a few of many rare fields, so that a record stays of a size that can be drawn."""
    chosen = st.lists(st.sampled_from(sorted(fields)), max_size=most, unique=True)
    return chosen.flatmap(lambda names: st.fixed_dictionaries({name: fields[name] for name in names}))


def _numbered(
    letter: str, build: Any, most: int = 4, *, rare: dict[str, Any] | None = None, **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[Any]:
    """Return a tuple of records with ids of one letter, as many as drawn, each with some of the rare fields."""
    row = st.tuples(st.fixed_dictionaries(fields), _some(rare) if rare else st.just({}))
    return st.lists(row, max_size=most).map(
        lambda rows: tuple(build(id=f"{letter}{number}", **(one | few)) for number, (one, few) in enumerate(rows, 1))
    )


SOURCES = st.lists(
    st.builds(
        dict,
        source_class=st.sampled_from(list(values.SourceClass)),
        protection=st.sampled_from(list(values.Protection)),
        attributions=st.lists(st.sampled_from(["an NGO", "observers", "a labor union"]), max_size=2).map(tuple),
    ),
    min_size=2,
    max_size=2,
).map(
    lambda rows: tuple(
        sheets.Source(id=f"s{number}", title="Secret Title Of Source", publisher="Hidden House", **row)
        for number, row in enumerate(rows, start=1)
    )
)
EVIDENCE = st.lists(
    st.builds(
        dict,
        source=st.sampled_from(["s1", "s2", "missing"]),
        source_class=st.one_of(st.none(), st.sampled_from(list(values.SourceClass))),
        attribution=st.sampled_from(["", "a labor union", "Secret Title Of Source", "staff of Hidden House"]),
        credibility=st.sampled_from(list(values.Credibility)),
        official_record=st.booleans(),
        set_aside=st.sampled_from(["", "doubtful"]),
    ),
    min_size=4,
    max_size=4,
).map(lambda rows: tuple(sheets.Evidence(id=f"e{number}", **row) for number, row in enumerate(rows, start=1)))

FACTORS = ("pof-trafficking", "pof-forced-labor", "pof-child-soldiers")

decisions = st.builds(
    Decision,
    tier=st.one_of(st.none(), st.sampled_from(list(values.Tier))),
    previous_tier=st.one_of(st.none(), st.sampled_from(list(values.Tier))),
    watch_list_ground=PHRASE,
    watch_list_years=st.one_of(st.none(), st.integers(1, 5)),
    waiver=st.booleans(),
    waiver_years=st.one_of(st.none(), st.integers(1, 3)),
    secretary_decided_on=DATE,
    recognized=st.booleans(),
    authority=PHRASE,
    trends=st.lists(
        st.builds(
            sheets.Trend,
            section=st.one_of(st.none(), st.sampled_from(list(values.Section))),
            direction=st.sampled_from(list(values.TrendDirection)),
            reason=PHRASE,
            evidence=REFS,
        ),
        max_size=3,
    ).map(tuple),
)

history = st.lists(
    st.builds(
        sheets.Share,
        stage=st.sampled_from(values.STATISTIC_STAGES),
        count=FIGURE,
    ),
    max_size=4,
).map(lambda shares: (PastPeriod(report_year=2023, statistics=tuple(shares)), PastPeriod(report_year=2022)))


@st.composite
def records(draw: st.DrawFn) -> AssessmentRecord:
    """Return a legal record with some of everything."""
    elements = draw(
        _numbered(
            "p",
            sheets.PolicyElement,
            2,
            factor=st.sampled_from(FACTORS),
            kind=st.sampled_from(list(values.PolicyKind)),
            sector=st.sampled_from([None, "agriculture", "mining"]),
            rare={
                "conducts": _slugs("state-conduct", 3),
                "continues": st.booleans(),
                "banned_nationally": st.booleans(),
                "objects": st.lists(PHRASE, max_size=2).map(tuple),
                "term": st.sampled_from([0, 1, 18]),
                "term_unit": st.sampled_from(["years", "months", "days"]),
                "trend": st.sampled_from(list(values.Change)),
                "remedies": _slugs("remedy", 3),
            },
            conduct=st.one_of(st.just(""), PHRASE),
            organ=PHRASE,
            organ_abbreviation=st.sampled_from(["", "NP"]),
            means=st.lists(PHRASE, max_size=2).map(tuple),
            legal_basis=PHRASE,
            purpose=PHRASE,
            places=PHRASE,
            period=PHRASE,
            scale=st.one_of(st.none(), GROUP),
            scale_noun=PHRASE,
            scale_basis=PHRASE,
            groups=PHRASE,
            force=PHRASE,
            force_allied=st.booleans(),
            roles=PHRASE,
            verified_by=PHRASE,
            benefit=PHRASE,
            remedial=PHRASE,
            evidence=REFS,
        )
    )
    determinations = tuple(
        Determination(
            id=f"d{number}",
            factor=element.factor,
            sector=element.sector,
            kind=element.kind,
            elements=(element.id,),
            proposed_by="one",
            approved_by=draw(st.sampled_from([(), ("two",), ("two", "three")])),
        )
        for number, element in enumerate(elements, start=1)
    )
    return AssessmentRecord(
        country="XAA",
        report_year=2024,
        framework=VersionRef(code=framework().code, version=framework().version),
        decision=draw(decisions),
        sources=draw(SOURCES),
        evidence=draw(EVIDENCE),
        elements=elements,
        determinations=determinations,
        history=draw(st.one_of(st.just(()), history)),
        statistics=draw(
            _numbered(
                "f",
                _figure,
                rare={
                    "about": st.just(values.Defendants.EVERYONE),
                    "crime": _slug("crime"),
                    "change": st.sampled_from(list(values.Change)),
                    "finished": st.just(True),
                    "cohort_from": st.sampled_from([2014, 2020]),
                    "cohort_to": st.sampled_from([2016, 2022]),
                    "sanction": st.sampled_from(list(values.SanctionKind)),
                    "notability": _slug("notability"),
                    "reported_by": FIGURE,
                    "reported_by_unit": st.sampled_from(list(values.Jurisdiction)),
                    "previous_stage": st.sampled_from(list(values.Stage)),
                    "previous_detail": st.sampled_from(list(values.Earlier)),
                },
                stage=st.sampled_from(values.STATISTIC_STAGES),
                unit=st.sampled_from(list(values.Unit)),
                count=FIGURE,
                scope=PHRASE,
                agency=PHRASE,
                jurisdiction=PHRASE,
                statute=st.sampled_from(list(values.StatuteType)),
                period_basis=st.sampled_from(list(values.PeriodBasis)),
                period=DATE,
                new=MAYBE,
                continued=MAYBE,
                of_total=MAYBE,
                of_total_noun=PHRASE,
                previous=MAYBE,
                previous_basis=st.one_of(st.none(), st.sampled_from(list(values.PeriodBasis))),
                previous_note=PHRASE,
                gap_reason=PHRASE,
                streak=st.one_of(st.none(), st.sampled_from(list(values.StreakKind))),
                streak_years=st.one_of(st.none(), st.integers(2, 40)),
                streak_since=DATE,
                streak_event=PHRASE,
                stated_by_government=st.booleans(),
                evidence=REFS,
            )
        ),
        cases=draw(
            _numbered(
                "c",
                sheets.OfficialCase,
                officials=officials,
                proceedings=proceedings,
                relation=st.sampled_from(list(values.PeriodRelation)),
                opened=DATE,
                counted_in=st.sampled_from([None, "f1", "missing"]),
                rare={
                    "institution": PHRASE,
                    "immunity": st.sampled_from(list(values.Immunity)),
                    "left_host_state": st.just(True),
                    **_rare_conduct(),
                },
                recruiter=st.just("Secret Recruiter"),
                docket=st.just("Docket-77"),
                evidence=REFS,
                **_conduct(),
            )
        ),
        allegations=draw(
            _numbered(
                "a",
                sheets.Allegation,
                officials=officials,
                modality=st.sampled_from(list(values.Modality)),
                repeated=st.booleans(),
                date=DATE,
                in_period=st.booleans(),
                response=st.sampled_from(list(values.Response)),
                response_text=PHRASE,
                effect=PHRASE,
                rare={"effects": _slugs("effect"), "results": _slugs("effect", 3), **_rare_conduct()},
                effect_strength=st.one_of(st.none(), st.sampled_from(list(values.EffectStrength))),
                case=st.sampled_from([None, "c1", "missing"]),
                motive=PHRASE,
                recruiter=st.just("Secret Recruiter"),
                evidence=REFS,
                **_conduct(),
            )
        ),
        measures=draw(
            _numbered(
                "m",
                sheets.Measure,
                3,
                kind=st.sampled_from(list(values.MeasureKind)),
                text=PHRASE,
                stage=st.sampled_from(list(values.MeasureStage)),
                indicator=st.sampled_from([None, "procurement-transparency"]),
                body=PHRASE,
                body_abbreviation=st.sampled_from(["", "NP"]),
                date=DATE,
                legal_basis=PHRASE,
                coverage=PHRASE,
                amount=st.sampled_from([None, 0.0, 12.25, 3e9]),
                currency=PHRASE,
                usd=st.sampled_from([None, 5.0]),
                cases=MAYBE,
                output=PHRASE,
                is_effort=st.sampled_from([None, True, False]),
                evidence=REFS,
            )
        ),
        commitments=draw(
            _numbered(
                "t",
                sheets.Commitment,
                2,
                instrument=st.sampled_from(["uncac", "untoc", "some-treaty"]),
                status=st.sampled_from(list(values.CommitmentStatus)),
                date=DATE,
                reservation=PHRASE,
                domestic_law=PHRASE,
                used_in_case=st.sampled_from([None, True, False]),
                review_cycle=PHRASE,
                recommendation=PHRASE,
                recommendation_status=PHRASE,
                evidence=REFS,
            )
        ),
        requests=draw(
            _numbered(
                "r",
                sheets.DataRequest,
                2,
                asked_on=DATE,
                stages=st.lists(st.sampled_from(values.STATISTIC_STAGES), max_size=3, unique=True).map(tuple),
                presumption_proposed=st.booleans(),
                evidence=REFS,
            )
        ),
        statements=draw(
            _numbered(
                "q",
                _statement,
                5,
                rare={
                    "observations": _slugs("observation", 3),
                    "crime": _slug("crime"),
                    "other_crime": _slug("crime"),
                    "frequency": st.sampled_from(list(values.Frequency)),
                    "qualities": _slugs("quality"),
                    "extents": _slugs("extent"),
                    "manners": _slugs("manner", 3),
                    "manner_frequency": st.sampled_from(list(values.Frequency)),
                    "levels": _slugs("level"),
                    "groups": PHRASE,
                    "sectors": _slugs("sector"),
                    "scale": FIGURE,
                    "magnitude": st.sampled_from(list(values.Magnitude)),
                    "is_share": st.just(True),
                    "results": _slugs("effect", 3),
                    "topics": _slugs("topic", 3),
                    "effects": _slugs("effect"),
                },
                kind=st.sampled_from(list(values.StatementKind)),
                section=st.sampled_from(list(values.Section)),
                text=PHRASE,
                subject=PHRASE,
                topic=PHRASE,
                grade=st.one_of(st.none(), st.sampled_from(list(values.ConcernGrade))),
                persists=st.booleans(),
                scope=PHRASE,
                objects=st.lists(PHRASE, max_size=2).map(tuple),
                strength=st.one_of(st.none(), st.sampled_from(list(values.EffectStrength))),
                modality=st.sampled_from(list(values.Modality)),
                explains=st.sampled_from([None, "f1", "missing"]),
                about_officials=st.booleans(),
                unattributed=st.booleans(),
                date=DATE,
                evidence=REFS,
            )
        ),
    )
