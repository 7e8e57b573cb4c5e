"""What changed from one version of a framework to the next, in what a reader of the method asks. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from frameworks.spec.measurement import FrameworkSpec, IndicatorSpec


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: of what, which one, and what it was and is. `comparable` None: levels are not concerned."""

    kind: str  # "indicator", "descriptor", "parameter", "recommendation"
    name: str
    told: str
    comparable: bool | None = None


def changes(old: FrameworkSpec, new: FrameworkSpec) -> tuple[Change, ...]:
    """Return what differs between two versions: indicators, descriptors, parameters, recommendations, in this order."""
    return (*_indicators(old, new), *_parameters(old, new), *_recommendations(old, new))


def _indicators(old: FrameworkSpec, new: FrameworkSpec) -> Iterator[Change]:
    before, now = {item.slug: item for item in old.indicators}, {item.slug: item for item in new.indicators}
    told = {entry.indicator or entry.previous[0]: entry for entry in new.lineage if entry.indicator or entry.previous}
    for slug, item in now.items():
        entry = told.get(slug)
        if entry is not None and entry.change != "same":
            came = f" from {', '.join(entry.previous)}" if entry.change in {"split", "merged"} else ""
            yield Change("indicator", f"{item.code} {item.title}", f"{entry.change}{came}", entry.comparable)
        elif slug not in before:
            yield Change("indicator", f"{item.code} {item.title}", "new", comparable=False)
        if slug in before:
            yield from _within(before[slug], item)
    for slug, item in before.items():
        if slug not in now:
            yield Change("indicator", f"{item.code} {item.title}", "dropped", comparable=False)


def _within(old: IndicatorSpec, new: IndicatorSpec) -> Iterator[Change]:
    name = f"{new.code} {new.title}"
    if old.question != new.question:
        yield Change("indicator", name, "the question is worded anew")
    if old.core != new.core:
        yield Change("indicator", name, "core now" if new.core else "no longer core")
    if old.scale_top != new.scale_top:
        yield Change(
            "indicator", name, f"the scale ends at {new.scale_top}, before at {old.scale_top}", comparable=False
        )
    before = {level.value: level.descriptor for level in old.levels}
    changed = [
        str(level.value) for level in new.levels if before.get(level.value, level.descriptor) != level.descriptor
    ]
    if changed:
        yield Change("descriptor", name, f"level {', '.join(changed)} worded anew")


def _parameters(old: FrameworkSpec, new: FrameworkSpec) -> Iterator[Change]:
    before = {item.slug: item for item in old.parameters}
    now = {item.slug: item for item in new.parameters}
    for slug, item in now.items():
        if slug not in before:
            yield Change("parameter", slug, f"new, {item.value} {item.unit}".strip())
        elif before[slug].value != item.value:
            yield Change("parameter", slug, f"{item.value}, before {before[slug].value} {item.unit}".strip())
    yield from (Change("parameter", slug, "dropped") for slug in before if slug not in now)


def _recommendations(old: FrameworkSpec, new: FrameworkSpec) -> Iterator[Change]:
    before = {item.code: item for item in old.recommendations}
    now = {item.code: item for item in new.recommendations}
    for code, item in now.items():
        if code not in before:
            yield Change("recommendation", code, "new")
        else:
            yield from _reworded(code, (("wording", before[code].text, item.text),
                                        ("trigger", before[code].trigger_text, item.trigger_text)))  # fmt: skip
    yield from (Change("recommendation", code, "dropped") for code in before if code not in now)


def _reworded(code: str, pairs: Iterable[tuple[str, str, str]]) -> Iterator[Change]:
    for what, was, is_ in pairs:
        if was != is_:
            yield Change("recommendation", code, f"its {what} changed")
