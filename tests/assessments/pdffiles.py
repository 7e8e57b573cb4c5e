"""Small PDF files made by hand, for tests: pages of lines, a page without a word, one with a password."""

import io

from pypdf import PdfReader, PdfWriter


def pdf(*pages: list[str], stream: bytes | None = None) -> bytes:
    """Return a PDF whose pages show these lines, one under the other; `stream` stands in for the first page's own."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
        shown = "BT /F1 11 Tf 60 780 Td 14 TL\n" + "\n".join(f"({line}) Tj T*" for line in escaped) + "\nET"
        body = stream if stream is not None and not kids else shown.encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
        objects.append(f"{page} /Resources << /Font << /F1 3 0 R >> >> >>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def blank_pdf() -> bytes:
    """Return a page without a word, as a scan is."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(300, 300)
    writer.write(out)
    return out.getvalue()


def locked_pdf(content: bytes, *, password: str) -> bytes:
    """Return the PDF behind a password; an empty one locks what may be done with it, not its text."""
    writer, out = PdfWriter(clone_from=PdfReader(io.BytesIO(content))), io.BytesIO()
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()
