"""The questions of an assessment, each with the answer it has."""

from dataclasses import dataclass
from uuid import UUID

from assessments.core.values import RatingState
from assessments.views.addresses import address
from frameworks.spec.measurement import IndicatorSpec


@dataclass(frozen=True)
class Answer:
    """One question, or one part of it, with the answer it has."""

    indicator: IndicatorSpec
    part: str
    assessment: UUID
    state: str | None  # None: no answer yet
    level: int | None
    needs: tuple[str, ...] = ()
    title: str = ""

    @property
    def key(self) -> str:
        """The rating's key."""
        return f"{self.indicator.slug}/{self.part}" if self.part else self.indicator.slug

    @property
    def url(self) -> str:
        """Where it is answered."""
        where = (self.assessment, self.indicator.code, *([self.part] if self.part else []))
        return address("assessments:question-part" if self.part else "assessments:question", *where)

    @property
    def is_answered(self) -> bool:
        """Say whether somebody answered, with a level or with a state."""
        return self.state is not None

    @property
    def label(self) -> str:
        """Return the answer in words: "level 3" or the state."""
        if self.state is None:
            return "no answer yet"
        return f"level {self.level}" if self.level is not None else RatingState(self.state).label.split(":")[0]
