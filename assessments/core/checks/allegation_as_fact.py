"""An allegation or open proceeding told as fact in a sentence a person wrote or edited."""

from collections.abc import Iterator

from assessments.core.checks.reading import Fact, Passage, Reading
from assessments.core.checks.text import has_word
from assessments.core.sheets import Allegation, OfficialCase
from assessments.core.types import Check, Severity
from assessments.core.values import Stage

SLUG = "allegation-as-fact"
ATTRIBUTED = ("alleg", "report", "suspect", "accus", "according to", "claim", "noted", "describ", "stated", "suggest")
IN_COURT = (*ATTRIBUTED, "charg", "prosecut", "investigat", "indict", "on trial", "arrest", "question")
JUDGED = frozenset({Stage.CONVICTION, Stage.SENTENCE})


def check(reading: Reading) -> Iterator[Check]:
    """Look for hedge words where the stage of the facts asks for them, and for words it forbids."""
    for passage in reading.passages:
        if not passage.is_human:
            continue
        for fact in reading.facts_of(passage):
            stage = stage_of(fact)
            if stage is None or stage in JUDGED:
                continue
            if text := _fault(reading, passage, stage):
                yield Check(check=SLUG, severity=Severity.WARNING, text=text, subjects=(fact.id,), sentence=passage.key)


def stage_of(fact: Fact) -> Stage | None:
    """Return the stage that stands: a conviction unless overturned, else the last step; None for other facts."""
    if isinstance(fact, Allegation):
        return Stage.ALLEGATION
    if not isinstance(fact, OfficialCase):
        return None
    stages = [step.stage for step in fact.proceedings]
    if Stage.REVERSAL in stages:
        return Stage.REVERSAL
    judged = [stage for stage in stages if stage in JUDGED]
    return judged[-1] if judged else stages[-1] if stages else Stage.ALLEGATION


def _fault(reading: Reading, passage: Passage, stage: Stage) -> str:
    hedges = ATTRIBUTED if stage is Stage.ALLEGATION else IN_COURT
    forbidden = reading.case.wording.hedge(stage).forbidden
    said = [word for word in forbidden if has_word(passage.text, (word,))]
    if said:
        return f"“{passage.start}” says “{said[0]}”, which the stage on record ({stage.label}) does not allow."
    if stage is not Stage.ADMINISTRATIVE and not has_word(passage.text, (*hedges, *OUTCOMES)):
        return (
            f"“{passage.start}” tells as fact what is on record as {stage.label}: say who reports it, or “allegedly”."
        )
    return ""


OUTCOMES = ("acquit", "dismiss", "clos", "shelv", "overturn", "revers", "appeal", "drop")
"""Words that tell how a proceeding ended without a conviction."""
