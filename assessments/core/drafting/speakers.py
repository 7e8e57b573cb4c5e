"""Who says so: attribution by class of source, permitted attribution and protection (narrative-style.md 7)."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.core.grammar import clean, join
from assessments.core.sheets import Evidence, Refs, Source
from assessments.core.types import Case
from assessments.core.values import Modality, Protection, SourceClass
from frameworks.spec.wording import CompiledWording


@dataclass(frozen=True, slots=True)
class Speaker:
    """The sources of one claim as a text may name them."""

    name: str  # "NGOs and media"; empty where no evidence is named
    verbs: Mapping[str, str]
    is_spoken: bool  # False: facts stand without attribution
    is_credible: bool  # every item is rated credible
    is_government: bool  # the assessed government alone

    def verb(self, modality: Modality) -> str:
        """Return the verb for the way the claim was made."""
        return self.verbs.get(modality.value, "reported")

    @property
    def attributes_facts(self) -> bool:
        """Say whether a fact from these sources alone is told as theirs."""
        return bool(self.name) and self.is_spoken and not self.is_government


_NOBODY = Speaker(name="", verbs={}, is_spoken=False, is_credible=False, is_government=False)
_GOVERNMENT = SourceClass.C
_ORDER = tuple(SourceClass)


def speaker_for(case: Case, evidence: Refs, *, on_officials: bool = False) -> Speaker:
    """Return the speaker of some evidence. Unknown ids and items set aside are passed over.

    `on_officials`: what is said is held against officials, so that the government's own word, if others speak too, is
    behind the claim but not the voice that makes it.
    """
    items = [item for ref in evidence if (item := case.evidence.get(ref)) and not item.set_aside]
    if on_officials:
        items = [item for item in items if _class_of(item, case.sources.get(item.source)) is not _GOVERNMENT] or items
    if not items:
        return _NOBODY
    wording = case.wording
    observers = wording.style.observers
    origins: dict[str, set[str]] = {}
    classes: dict[str, SourceClass] = {}
    for item in items:
        source = case.sources.get(item.source)
        source_class = _class_of(item, source)
        name = _name(wording, item, source, source_class)
        origins.setdefault(name, set()).add(item.origin or item.source)
        classes.setdefault(name, source_class)
    spoken = [name for name in origins if name != observers or wording.attribution(classes[name]).spoken]
    chosen = spoken or list(origins)
    found = _in_order({classes[name] for name in chosen})
    return Speaker(
        name=_join(wording, chosen, origins, classes),
        verbs=_verbs(wording, found),
        is_spoken=bool(spoken),
        is_credible=all(item.credibility.is_credible for item in items),
        is_government=found == [_GOVERNMENT],
    )


def _in_order(classes: set[SourceClass]) -> list[SourceClass]:
    return sorted(classes, key=_ORDER.index) if len(classes) > 1 else list(classes)


def _class_of(item: Evidence, source: Source | None) -> SourceClass:
    if item.source_class:
        return item.source_class
    return source.source_class if source else SourceClass.H


def _name(wording: CompiledWording, item: Evidence, source: Source | None, source_class: SourceClass) -> str:
    """Return the name one item gives: its permitted attribution, "observers" where protected, else its class."""
    wanted = clean(item.attribution)
    is_open = source is not None and source.protection is Protection.OPEN
    permitted = [clean(name) for name in source.attributions] if source else []
    if wanted and (wanted in permitted or (is_open and not _identifies(wanted, source))):
        return wanted
    if permitted:
        return permitted[0]
    if not is_open:
        return wording.style.observers
    return wording.attribution(source_class).singular


def _identifies(name: str, source: Source | None) -> bool:
    """Say whether a wished attribution would give the source's title or publisher away."""
    if source is None:
        return True
    low = name.casefold()
    identity = [clean(part).casefold() for part in (source.title, source.publisher)]
    return any(part and (part in low or low in part) for part in identity)


def _join(
    wording: CompiledWording, names: list[str], origins: Mapping[str, set[str]], classes: Mapping[str, SourceClass]
) -> str:
    observers = wording.style.observers
    said = []
    in_order = sorted(names, key=lambda each: (_ORDER.index(classes[each]), each)) if len(names) > 1 else names
    for name in in_order:
        spec = wording.attribution(classes[name])
        is_several = len(origins[name]) > 1
        said.append(spec.plural if is_several and name in (spec.singular, spec.plural) else name)
    several = list(dict.fromkeys(said))
    if observers in several and len(several) > 1:
        return observers  # mixed with a protected or general attribution
    return join(several, serial_comma=wording.style.serial_comma)


def _verbs(wording: CompiledWording, classes: list[SourceClass]) -> Mapping[str, str]:
    """Return the verbs of one class; sources of several classes share those of the plain report."""
    if len(classes) == 1:
        return wording.attribution(classes[0]).verbs
    return {"stated": "reported", "reported": "reported", "alleged": "alleged", "presumed": "suggested"}
