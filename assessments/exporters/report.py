"""A file of many countries: one document, one set of tables, or an archive with a file for each.

Countries come one by one and go into the file as they come, so that memory is bounded by one country (docs/exports.md
has the figures).
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO

from assessments.core.document import Audience
from assessments.enums import Shape
from assessments.exporters.archive import Archive
from assessments.exporters.cells import cell
from assessments.exporters.front import Front
from assessments.exporters.registry import FORMATS, Content, Format, file_name

CONTENTS = "contents.csv"
_COLUMNS = ("file", "country", "country_name", "report_year", "snapshot")


class Unfit(ValueError):
    """A file of many countries can't be made this way; its text says why."""


def check(form: str, audience: Audience, shape: Shape, *, in_template: bool = False) -> Format:
    """Return the format. Raises Unfit for one there is not, or that can't be made so.

    `in_template`: in a template of the office.
    """
    found = FORMATS.get(form)
    if found is None or audience not in found.audiences:
        raise Unfit(f"There is no format {form!r} for this audience; there are {', '.join(FORMATS)}.")
    if shape is Shape.ONE and found.join is None and found.release is None:
        raise Unfit(f"{found.title} has no form for many countries in one file; take the zip.")
    if in_template and found.house is None:
        raise Unfit(f"{found.title} takes no template; one is for Word only.")
    return found


def name_of(spec: Mapping[str, Any], key: str) -> str:
    """Return the file's name: years, audience unless it is the public, and the beginning of its key."""
    found = check(spec["format"], Audience(spec["audience"]), Shape(spec["shape"]))
    audience = "" if spec["audience"] == Audience.PUBLIC else spec["audience"]
    parts = ["official-complicity", _span(spec), audience, key[:12]]
    suffix = f"{found.slug}.zip" if spec["shape"] == Shape.ZIP else found.suffix
    return f"{'-'.join(part for part in parts if part)}.{suffix}"


def write(
    spec: Mapping[str, Any], contents: Iterable[Content], out: BinaryIO, *, template: bytes | None = None
) -> None:
    """Write the file that a spec describes (assessments.reports); `contents` come in the order of its entries.

    `template`: the file of the template that the spec names; each content has it too. Raises Unfit, and
    Unavailable where the process apart fails.
    """
    audience, shape = Audience(spec["audience"]), Shape(spec["shape"])
    found = check(spec["format"], audience, shape, in_template=template is not None)
    if shape is Shape.ZIP:
        _zip(found, spec, contents, out)
    elif found.release is not None:
        found.release(((content.values, content.framework) for content in contents), audience, out)
    elif template is not None and found.house is not None:
        found.house(_front(spec, audience), (content.document for content in contents), template, out)
    elif found.join is not None:
        found.join(_front(spec, audience), (content.document for content in contents), out)


def _front(spec: Mapping[str, Any], audience: Audience) -> Front:
    years = spec["report_years"]
    several = len(years) > 1
    entries = [
        (_key(entry), f"{entry['name']}, {entry['report_year']}" if several else entry["name"])
        for entry in spec["entries"]
    ]
    missing = [f"{item['name']} {item['report_year']} ({item['state']})" for item in spec["missing"]]
    span = _span(spec).replace("-", " to ")
    title = f"Official complicity in human trafficking: report year{'s' if several else ''} {span}"
    return Front(title, audience, entries, missing)


def _span(spec: Mapping[str, Any]) -> str:
    years = spec["report_years"]
    return "-".join(str(year) for year in dict.fromkeys((years[0], years[-1])))


def _key(entry: Mapping[str, Any]) -> str:
    return f"{entry['iso3'].lower()}-{entry['report_year']}"


def _zip(found: Format, spec: Mapping[str, Any], contents: Iterable[Content], out: BinaryIO) -> None:
    archive = Archive(out)
    listed = []
    audience = "" if spec["audience"] == Audience.PUBLIC else spec["audience"]
    for entry, content in zip(spec["entries"], contents, strict=True):
        name = file_name(content.values, entry["digest"], found.suffix, is_draft=False, what=audience)
        archive.add(name, found.write(content))
        listed.append((name, entry["iso3"], cell(entry["name"]), entry["report_year"], entry["digest"]))
    told = io.StringIO(newline="")
    csv.writer(told).writerows([_COLUMNS, *listed])
    archive.add(CONTENTS, told.getvalue().encode())
    archive.close()
