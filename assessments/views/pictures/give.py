"""How a picture is given: as a page with its data beside it, as CSV, or as an SVG file."""

import csv
import hashlib
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from assessments import policies
from assessments.core.drawing.look import standalone
from assessments.exporters.cells import cell
from assessments.views.page import UserRequest, page, ways

NOT_A_TIER = "Indicia never states whether a government meets the minimum standards, and it never computes a tier."
GENERATED = "Includes demonstration data, which is no assessment by any government."


def safe(text: str) -> SafeString:
    """Mark text that a drawing or a table made, whose every word was escaped where it was put in."""
    return mark_safe(text)  # noqa: S308  made of escaped words only


def shown(request: UserRequest, template: str, here: str, context: Mapping[str, Any]) -> HttpResponse:
    """Answer with a page of pictures; equal content keeps its tag, so that a browser need not take it again."""
    user = request.user
    pictures = reverse("assessments:picture-heat")
    head = {
        "ways": [replace(way, is_here=way.is_here or way.url == pictures) for way in ways(request)],
        "here": here,
        "address": request.get_full_path().partition("?")[2],
        "may_map": policies.can_see_map(user),
        "may_work": policies.can_see_working_pictures(user),
        "may_review": policies.can_see_consistency(user),
        "may_judge": policies.can_see_validity(user),
        "only_validity": not policies.can_see_pictures(user),
    }
    return page(request, f"assessments/pictures/{template}.html", {**head, **context})


def options(pairs: Iterable[tuple[str, str]], chosen: Collection[str]) -> SafeString:
    """Return the options of a choice by value and words; a template takes ten times as long for hundreds."""
    return safe(
        "".join(
            f'<option value="{escape(value)}"{" selected" if value in chosen else ""}>{escape(words)}</option>'
            for value, words in pairs
        )
    )


def csv_file(name: str, heads: Sequence[str], lines: Iterable[Sequence[object]]) -> HttpResponse:
    """Answer with a table as CSV; None is an empty cell, and no text becomes a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([_told(value) for value in line] for line in lines)
    return _file(f"{name}.csv", "text/csv; charset=utf-8", out.getvalue().encode())


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return cell(value) if isinstance(value, str) else str(value)


def svg_file(name: str, drawn: str, title: str, notes: Iterable[str]) -> HttpResponse:
    """Answer with a picture as a file of its own."""
    return _file(f"{name}.svg", "image/svg+xml", standalone(drawn, title, [*notes, NOT_A_TIER]))


def _file(name: str, kind: str, data: bytes) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-SHA256"] = hashlib.sha256(data).hexdigest()
    return answer
