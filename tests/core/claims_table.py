"""The table of docs/claims.md: for each trial case and each claim, what carries it. Made, never edited."""

from collections import Counter
from collections.abc import Iterable, Iterator

from ruamel.yaml import YAML

from assessments.core import engine
from assessments.core.types import AssessmentRecord
from tests.core.claims import (
    FREE,
    NAMES,
    ROOT,
    Carried,
    Claim,
    carried,
    case_of,
    claims,
    drafted,
    record_of,
    rests_on,
)

COLUMNS = (Carried.FIELDS, Carried.CLOSER, Carried.PHRASE, Carried.CLAUSE, Carried.NOT_HELD)
INTRODUCTION = """# What the trial drafts state, and what carries it

Made by `python3 manage.py claims_table > docs/claims.md`; `tests/core/test_claims_table.py` says when it is stale.

Each of the {total} claims, entries and figures of the 18 trial cases (`tests/data/claims.yaml`) is mapped to the
records that carry it. A claim counts as stated only where sentences rest on those records and hold its number, role,
verb of the stage, hedge and whatever else it says. What carries it is measured: the case is drafted again without free
words, and what still stands then is carried by structured fields.

- **Structured fields**: counts and their states, stages, periods, streaks, sanctions, outcomes, responses, terms of the
  vocabularies (acts, observations, conduct of a state, topics, effects, motives, ...), grades, strengths, and the
  names of things (role, agency, charge, place, sector, group, institution, means, legal basis, object of an
  observation).
- **Closer words**: the same, and a phrase says more nearly what the act or kind of the vocabulary says already.
- **Free phrase**: the claim itself is in a noun, gerund or infinitive phrase of at most 20 words without a finite verb
  (conduct, topic and scope of a concern, what a case before was, a response or motive in words).
- **Free clause**: the claim itself is in a clause with a verb of its own (a statement, conduct of a state, a remedy).
- **Not held**: deliberately in no sentence, with the rule.

## The share of free words

{free} of {total} claims ({share:.0f} percent) rest on free words: {phrase} on a phrase, {clause} on a clause. The bar
is 10 percent; `tests/core/test_claims.py` holds it, with at least 95 percent stated and at most 5 percent not held.
{unheld} is deliberately not held; {stated} are stated. In {closer} more a phrase only says more nearly what a field
says.
"""


def table() -> str:
    """Return docs/claims.md."""
    found = Counter(carried(claim) for claim in claims())
    free, total = sum(found[kind] for kind in FREE), len(claims())
    parts = [
        INTRODUCTION.format(
            total=total,
            free=free,
            share=100 * free / total,
            phrase=found[Carried.PHRASE],
            clause=found[Carried.CLAUSE],
            closer=found[Carried.CLOSER],
            unheld=found[Carried.NOT_HELD],
            stated=total - found[Carried.NOT_HELD] - found[Carried.NOTHING],
        ),
        "## By case\n",
        *_counts("case", ((name, [claim for claim in claims() if claim.case == name]) for name in NAMES)),
        "## By kind of record\n",
        "A claim that rests on records of several kinds is counted once for each.\n",
        *_counts("record", _by_record()),
        "## Where the complicity item stands\n",
        *_positions(),
        "## Every claim\n",
    ]
    for name in NAMES:
        parts.append(f"### {name}\n")
        parts.extend(_rows(name))
    return "\n".join(parts).rstrip("\n") + "\n"


def _counts(what: str, groups: Iterable[tuple[str, list[Claim]]]) -> Iterator[str]:
    yield f"| {what} | claims | stated | {' | '.join(COLUMNS)} |"
    yield "|---|---:|---:|" + "---:|" * len(COLUMNS)
    for name, members in [*groups, ("**all claims**", list(claims()))]:
        kinds = Counter(carried(claim) for claim in members)
        stated = len(members) - kinds[Carried.NOT_HELD] - kinds[Carried.NOTHING]
        yield f"| {name} | {len(members)} | {stated} | {' | '.join(str(kinds[kind]) for kind in COLUMNS)} |"
    yield ""


def _by_record() -> Iterator[tuple[str, list[Claim]]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims():
        for kind in kinds_of(claim):
            groups.setdefault(kind, []).append(claim)
    yield from sorted(groups.items())


def kinds_of(claim: Claim) -> tuple[str, ...]:
    """Return the kinds of record behind a claim, in words."""
    record = record_of(claim.case)
    found = {_kind(record, ref) for ids in claim.basis for ref in ids}
    return tuple(sorted(found)) or ("none",)


def _kind(record: AssessmentRecord, ref: str) -> str:
    for statement in record.statements:
        if statement.id == ref:
            return f"statement: {statement.kind.label}"
    for statistic in record.statistics:
        if statistic.id == ref:
            return f"statistic: {statistic.count.kind.label}"
    sheets = {
        "case": {item.id for item in record.cases},
        "allegation": {item.id for item in record.allegations},
        "element of a policy or pattern": {item.id for item in record.elements},
        "measure": {item.id for item in record.measures},
        "determination": {item.id for item in record.determinations},
    }
    return next((name for name, ids in sheets.items() if ref in ids), "tier decision")


POSITIONS = YAML(typ="safe").load(ROOT / "tests" / "data" / "positions.yaml")


def rank_of(name: str, codes: Iterable[str]) -> int:
    """Return the best place of some items on the list ranked for a demo file; 0 where none is on it."""
    listed = engine.run(case_of(name)).draft.recommendations
    return min((item.rank for item in listed if {item.id, *item.merged} & set(codes)), default=0)


def _positions() -> Iterator[str]:
    """Yield the cases whose published position is known, beside the place ours has (claim-types.md 4)."""
    yield "Cases whose published list was seen; ours ranks complicity and corruption items only (claim-types.md 4).\n"
    yield "| case | published | ours | why, where they differ |"
    yield "|---|---|---|---|"
    for name, row in POSITIONS.items():
        published = ", ".join(map(str, row["published"])) or "not seen"
        ours = f"{rank_of(name, row['ours'])} ({', '.join(row['ours'])})"
        yield f"| {name} | {published} | {ours} | {row.get('why', '')} |"
    yield ""


def _rows(name: str) -> Iterator[str]:
    yield "| claim | carried by | sentence, or the rule by which it is not held |"
    yield "|---|---|---|"
    for claim in claims():
        if claim.case != name:
            continue
        stating = [
            item.text for item in drafted(name) if any(ids <= rests_on(item) for ids in (*claim.basis, *claim.also))
        ]
        said = " ".join(dict.fromkeys(stating)) or claim.not_held
        yield f"| {claim.text} | {carried(claim)} | {said.replace('|', '/')} |"
    yield ""
