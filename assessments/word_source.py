"""The text of a source that came as a Word file. Run by the process apart: the file is read nowhere else."""

import io
import re
import zipfile
from typing import Any

import docx
from docx.opc.exceptions import OpcError

from assessments import zipped
from assessments.apart.line import Refused

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LIMITS = zipped.Limits("Word document", entries=2000, unpacked=60 * zipped.MEGABYTE, part=40 * zipped.MEGABYTE)
_DAMAGE = (*zipped.BROKEN, AttributeError, SyntaxError, TypeError, OpcError)
"""What reading a damaged package may raise."""
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def text_of(content: bytes) -> str:
    """Return the paragraphs in order, tables row by row; deleted text is left out, inserted is in. Raises Refused."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            zipped.entries(package, _LIMITS)
        body = docx.Document(io.BytesIO(content)).element.body
    except zipped.Suspicious as exc:
        raise Refused(str(exc)) from exc
    except _DAMAGE as exc:
        raise Refused("The Word file is damaged and can't be read.") from exc
    return "\n\n".join(filter(None, (_paragraph(element) for element in body.iter(f"{_W}p"))))


def _paragraph(element: Any) -> str:
    text = "".join(
        (part.text or "") if part.tag == f"{_W}t" else _SIGNS.get(part.tag, "")
        for part in element.iter(f"{_W}t", *_SIGNS)
    )
    return re.sub(r"\n\s*\n", "\n", text).strip()
