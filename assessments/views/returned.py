"""Files that came back from Word: uploaded, looked at, taken over by one act; what fits no sentence stays listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments import policies, storage
from assessments.core.redline import Piece, redline
from assessments.core.returned import Kinds, Returned
from assessments.core.words import capital, counted
from assessments.enums import SnapshotKind
from assessments.exporters import word
from assessments.forms.word import ReturnedFileForm
from assessments.importers import returned as importer
from assessments.importers.package import Unreadable
from assessments.importers.taking_over import Fate, fates
from assessments.models import ReturnedFile, ReturnedItem, Snapshot
from assessments.templatetags.indicia import moment
from assessments.views.bench import Bench, now, open_bench
from assessments.views.page import UserRequest, guarded, say, warn

_HEADINGS = {
    Kinds.WORDING: "Other words for sentences",
    Kinds.REMOVAL: "Sentences taken out",
    Kinds.MOVED: "Sentences moved",
    Kinds.REMARK: "Remarks",
    Kinds.POINT: "Recommendations",
    Kinds.ADDED: "Put in or changed, fits no sentence",
    Kinds.TAKEN_OUT: "Taken out, is no sentence",
    Kinds.UNTRACKED: "Not in the text, put in without tracking",
}


@dataclass(frozen=True)
class Line:
    """One thing a file says, as the page shows it; `row` once it was taken over."""

    item: Returned
    pieces: tuple[Piece, ...]
    is_repeat: bool = False
    row: ReturnedItem | None = None


@dataclass(frozen=True)
class Group:
    """Lines of one kind under their heading."""

    heading: str
    lines: tuple[Line, ...]


def _snapshots(bench: Bench) -> list[Snapshot]:
    rows = policies.visible_snapshots(bench.user).filter(revision__assessment=bench.assessment)
    return list(rows.defer("open_part").select_related("revision"))


def _name(row: Snapshot) -> str:
    kind = "Approved text" if row.kind == SnapshotKind.APPROVED else "Working copy"
    return f"{kind} of {moment(row.at)}"


def _show(bench: Bench, form: ReturnedFileForm | None = None, status: int = 200) -> HttpResponse:
    snapshots = _snapshots(bench)
    files = list(
        bench.assessment.returned_files.select_related("by", "taken_by", "snapshot").defer("snapshot__open_part")
    )
    waiting = ReturnedItem.objects.filter(
        file__in=files, proposal__isnull=True, comment__isnull=True, settled_at__isnull=True
    )
    counts: dict[int, int] = {}
    for file_id in waiting.values_list("file_id", flat=True):
        counts[file_id] = counts.get(file_id, 0) + 1
    texts = tuple((str(row.public_id), _name(row)) for row in snapshots)
    context = {
        "form": form or (ReturnedFileForm(texts=texts) if snapshots else None),
        "why_not": _why_not(bench),
        "files": [(file, _name(file.snapshot), counts.get(file.pk, 0)) for file in files],
    }
    return bench.render("assessments/returned_files.html", context, here="returned-files", status=status)


def _why_not(bench: Bench) -> str:
    try:
        policies.check_can_propose(bench.revision, bench.user)
    except policies.NotAllowed as exc:
        return str(exc)
    return ""


@require_http_methods(["GET", "POST"])
@guarded
def returned_files(request: UserRequest, assessment_id: UUID) -> HttpResponse:
    """List the files that came back for an assessment, and take in another."""
    bench = open_bench(request, assessment_id)
    if request.method != "POST":
        return _show(bench)
    policies.check_can_propose(bench.revision, request.user)
    snapshots = _snapshots(bench)
    texts = tuple((str(row.public_id), _name(row)) for row in snapshots)
    form = ReturnedFileForm(request.POST, request.FILES, texts=texts)
    if not form.is_valid():
        return _show(bench, form, status=422)
    chosen = next((row for row in snapshots if str(row.public_id) == form.cleaned_data["snapshot"]), None)
    file = form.cleaned_data["file"]
    try:
        kept = importer.receive(
            revision=bench.revision, name=file.name, data=file.read(), snapshot=chosen, by=request.user, at=now()
        )
    except Unreadable as exc:
        form.add_error("file", str(exc))
        return _show(bench, form, status=422)
    return redirect("assessments:returned-file", assessment_id, kept.public_id)


def _find(bench: Bench, file_id: UUID) -> ReturnedFile:
    row = (
        bench.assessment.returned_files.filter(public_id=file_id, snapshot__in=policies.visible_snapshots(bench.user))
        .select_related("assessment", "by", "taken_by", "snapshot__revision__assessment", "snapshot__sealed_part")
        .first()
    )
    if row is None:
        raise Http404("There is no such file.")
    return row


@require_GET
@guarded
def returned_file(request: UserRequest, assessment_id: UUID, file_id: UUID) -> HttpResponse:
    """Show what a file says: before it is taken over all of it, afterwards what became of each."""
    bench = open_bench(request, assessment_id)
    file = _find(bench, file_id)
    rows = list(file.items.select_related("proposal", "comment", "settled_by"))
    looks, why = 0, ""
    lines = [Line(_of(row), _pieces(_of(row)), row=row) for row in rows]
    try:
        reading, said = importer.said_by(file, request.user)
        looks = reading.looks
        here = {row.digest for row in rows}
        lines += [Line(one.item, _pieces(one.item), one.is_repeat) for one in said if one.digest not in here]
    except (Unreadable, storage.Missing) as exc:
        why = str(exc)
    fresh = [line for line in lines if line.row is None and not line.is_repeat]
    context = {
        "file": file,
        "text": _name(file.snapshot),
        "groups": _grouped([line for line in lines if line.row is not None or not line.is_repeat]),
        "repeats": sum(line.is_repeat for line in lines),
        "looks": looks,
        "fresh": len(fresh),
        "summary": _summary(fates(bench.revision, [line.item for line in fresh])),
        "why": why,
        "why_not": _why_not(bench),
        "can_settle": policies.can_comment(bench.revision, request.user),
        "now": {str(sentence.public_id) for sentence in bench.sentences},
    }
    return bench.render("assessments/returned_file.html", context, here="returned-files")


def _of(row: ReturnedItem) -> Returned:
    return Returned(
        kind=Kinds(row.kind),
        text=row.text,
        id=str(row.sentence or ""),
        code=row.code,
        quote=row.quote,
        author=row.stated_author,
        at=row.stated_at,
        is_tracked=row.is_tracked,
        where=row.where,
    )


def _pieces(item: Returned) -> tuple[Piece, ...]:
    match item.kind:
        case Kinds.WORDING | Kinds.POINT | Kinds.REMOVAL | Kinds.ADDED:  # what was put in has no words before
            return redline(item.quote, item.text)
        case Kinds.TAKEN_OUT:
            return redline(item.text, "")
        case Kinds.UNTRACKED:
            return redline("", item.text)
    return ()


def _grouped(lines: Sequence[Line]) -> list[Group]:
    groups = []
    for kind, heading in _HEADINGS.items():
        mine = tuple(line for line in lines if line.item.kind is kind)
        if mine:
            groups.append(Group(heading, mine))
    return groups


def _summary(found: Sequence[Fate]) -> str:
    """Say what taking over will do, in counts."""
    counts = (
        (Fate.PROPOSED, "suggestion", "suggestions"),
        (Fate.REMARKED, "remark", "remarks"),
        (Fate.SETTLED, "change that the text has already", "changes that the text has already"),
        (Fate.LISTED, "change that fits nothing in the text", "changes that fit nothing in the text"),
    )
    told = [counted(found.count(fate), one, many) for fate, one, many in counts if fate in found]
    return capital(", ".join(told))


@require_POST
@guarded
def take(request: UserRequest, assessment_id: UUID, file_id: UUID) -> HttpResponse:
    """Take over all that the file says and that was not taken over before."""
    bench = open_bench(request, assessment_id)
    file = _find(bench, file_id)
    policies.check_can_propose(bench.revision, request.user)
    try:
        items = importer.take_over(file=file, by=request.user, at=now())
    except (Unreadable, storage.Missing) as exc:
        warn(request, str(exc))
    else:
        done = counted(len(items), "change")
        say(request, f"{done} taken over." if items else "Nothing in it is new; all was taken over before.")
    return redirect("assessments:returned-file", assessment_id, file_id)


@require_POST
@guarded
def settle(request: UserRequest, assessment_id: UUID, item_id: UUID) -> HttpResponse:
    """Mark a listed change as dealt with."""
    bench = open_bench(request, assessment_id)
    row = (
        ReturnedItem.objects.filter(public_id=item_id, file__assessment=bench.assessment).select_related("file").first()
    )
    if row is None:
        raise Http404("There is no such change.")
    importer.settle(item_id=item_id, by=request.user, at=now())
    say(request, "Marked as dealt with.")
    return redirect("assessments:returned-file", assessment_id, row.file.public_id)


@require_GET
@guarded
def download(request: UserRequest, assessment_id: UUID, file_id: UUID) -> HttpResponse:
    """Give the file out as it came, to be saved and never shown in the browser."""
    bench = open_bench(request, assessment_id)
    file = _find(bench, file_id)
    if file.redacted_at is not None:
        raise Http404(importer.REMOVED)
    try:
        with storage.opened("files", file.digest) as stored:
            answer = HttpResponse(stored.read(), content_type=word.CONTENT_TYPE)
    except storage.Missing as exc:
        raise Http404(str(exc)) from exc
    year, country = bench.assessment.period.report_year, bench.assessment.country_id.lower()
    name = f"{year}-{country}-returned-{file.digest[:12]}.docx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
