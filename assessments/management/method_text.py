"""The tables and the worked example of docs/method.md, made by the rules themselves so that they stay true."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.conf import settings

from assessments.core import engine
from assessments.core.sheets import Evidence, Source, Statistic
from assessments.core.types import AssessmentRecord, Case, Derived, VersionRef
from assessments.core.values import Count, CountKind, Credibility, Reliability, SourceClass, Stage
from assessments.views.handbook import COUNTRY, worked_example
from frameworks import loader, wording_loader
from frameworks.spec.compiled import CompiledFramework
from frameworks.spec.measurement import FrameworkSpec
from frameworks.spec.wording import CompiledWording

PAGE = Path(settings.BASE_DIR) / "docs" / "method.md"
FRAMEWORKS = Path(settings.BASE_DIR) / "fixtures" / "frameworks"
BEGIN, END = "<!-- made by manage.py method_page -->", "<!-- end -->"
MARKS = {"verified": "[v]", "unverified": "[m]", "proposal": "[p]"}
COUNTS = (
    ("exact, 3", Count(kind=CountKind.EXACT, value=3)),
    ("at least 3", Count(kind=CountKind.AT_LEAST, value=3)),
    ("reported zero", Count(kind=CountKind.REPORTED_ZERO)),
    ("took place, number not given", Count(kind=CountKind.TOOK_PLACE)),
    ("not reported", Count(kind=CountKind.NOT_REPORTED)),
    ("unknown", Count(kind=CountKind.UNKNOWN)),
)


def page() -> str:
    """Return docs/method.md with its made part as the framework and the rules have it today."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{made()}\n{END}{after}"


def made() -> str:
    """Return the made part: what is asked, the numbers of the rules, and one country worked out."""
    spec = loader.read(_newest("official-complicity"))
    framework = CompiledFramework(spec)
    wording = CompiledWording(wording_loader.read(_newest("us-narrative-wording")))
    return "\n".join(
        [
            f"### The groups of version {framework.version}",
            "",
            *_groups(framework),
            "",
            "### The numbers of the rules",
            "",
            *_parameters(spec),
            "",
            "### One country worked out",
            "",
            *_example(framework, wording),
            "",
            "### One figure, six sentences",
            "",
            *_sentences(framework, wording),
            "",
        ]
    )


def _newest(code: str) -> Path:
    return max(path for path in (FRAMEWORKS / code).iterdir() if path.is_dir())


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"


def _groups(framework: CompiledFramework) -> Iterator[str]:
    rows = []
    for group in framework.groups:
        every = framework.indicators_of(group.slug)
        core = sum(item.core for item in every)
        rows.append((group.code, group.title, len(every), core, every[0].direction.in_words))
    yield f"{len(framework.indicators)} questions, {len(framework.core)} of them core."
    yield ""
    yield from _table(("", "group", "questions", "core", "scale"), rows)


def _parameters(spec: FrameworkSpec) -> Iterator[str]:
    yield "[v] is checked in a source text, [m] from memory, [p] our proposal."
    yield ""
    rows = (
        (f"{item.meaning} {MARKS[item.mark.value]}", _valued(item.value, item.unit), item.source)
        for item in spec.parameters
    )
    yield from _table(("what it decides", "value", "source"), rows)


def _valued(value: int, unit: str) -> str:
    """Return a number with its unit as one says it: "level 5", "1 person", "60 hundredths"."""
    if unit in {"level", "grade"}:
        return f"{unit} {value}"
    one = {"people": "person", "levels": "level", "groups": "group", "indicators": "indicator"}
    return f"{value} {one.get(unit, unit) if value == 1 else unit}"


def _example(framework: CompiledFramework, wording: CompiledWording) -> Iterator[str]:
    example = worked_example(framework, wording)
    finding = example.finding
    yield "Examplia is invented. Each answer has evidence enough for its level; core questions not listed have level 0."
    yield ""
    rows = (
        (
            f"{item.indicator.code} {item.indicator.title}",
            item.level,
            item.confidence,
            item.indicator.direction.in_words,
        )
        for item in example.answers
    )
    yield from _table(("question", "level", "confidence", "scale"), rows)
    yield ""
    yield f"**Concern level {finding.concern.level}.**"
    yield ""
    yield from _steps(finding.concern)
    yield ""
    yield f"**Accountability level {finding.accountability.level}.**"
    yield ""
    yield from _steps(finding.accountability)
    yield ""
    covered = f"{finding.coverage} percent of the core questions are covered."
    yield f"**Finding: {finding.title}.** {finding.explanation} {covered}"


def _steps(derived: Derived) -> Iterator[str]:
    for step in derived.steps:
        yield f"- {step.text}{'' if step.applied else ' (Not applied.)'}"


def _sentences(framework: CompiledFramework, wording: CompiledWording) -> Iterator[str]:
    yield "No question is answered here. Only the kind of the number differs, and with it what is stated."
    yield ""
    rows = []
    for words, count in COUNTS:
        drafted = engine.run(_with_figure(framework, wording, count)).draft.sentences
        said = [item for item in drafted if "F1" in item.basis.facts]
        shown = " ".join(item.text for item in said) or "(nothing is said)"
        rows.append((words, shown, ", ".join(item.pattern for item in said)))
    yield from _table(("officials convicted", "sentence", "pattern"), rows)


def _with_figure(framework: CompiledFramework, wording: CompiledWording, count: Count) -> Case:
    source = Source(id="S1", title="Register of judgments", source_class=SourceClass.C, reliability=Reliability.B)
    record = AssessmentRecord(
        country=COUNTRY.iso3,
        report_year=framework.in_force_from.year,
        framework=VersionRef(code=framework.code, version=framework.version),
        sources=(source,),
        evidence=(Evidence(id="V1", source="S1", credibility=Credibility.CONFIRMED, official_record=True),),
        statistics=(Statistic(id="F1", stage=Stage.CONVICTION, count=count, evidence=("V1",)),),
    )
    return Case(record=record, country=COUNTRY, framework=framework, wording=wording)
