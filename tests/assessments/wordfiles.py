"""What the tests of Word files look at: the parts of the package, their text, and whether they hang together."""

import posixpath
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# In the order of the schema (ECMA-376, part 1, annex A).
_PARAGRAPH = """
pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid
spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl
divId cnfStyle rPr sectPr pPrChange
"""
_RUN = """
rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish
webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
eastAsianLayout specVanish oMath ins del
"""
_TABLE = """
tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders
shd tblLayout tblCellMar tblLook
"""
ORDER = {"pPr": _PARAGRAPH.split(), "rPr": _RUN.split(), "tblPr": _TABLE.split()}


def parts(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def body(data: bytes) -> etree._Element:
    return etree.fromstring(parts(data)["word/document.xml"])[0]


def paragraphs(data: bytes, style: str | None = None) -> list[str]:
    """Return the text of each paragraph of the body, deleted words left out."""
    found = []
    for item in body(data).iter(f"{W}p"):
        named = item.find(f"{W}pPr/{W}pStyle")
        if style is None or (named is not None and named.get(f"{W}val") == style):
            found.append("".join(node.text or "" for node in item.iter(f"{W}t")))
    return found


def resolved(data: bytes, *, accept: bool) -> list[tuple[str, str]]:
    """Return style and text of each paragraph once all tracked changes are accepted, or all refused.

    Written from the standard alone (ECMA-376, 17.13.5): a paragraph whose mark goes flows into the next one.
    """
    goes, text_tag = ("del", "t") if accept else ("ins", "delText")
    found: list[tuple[str, str]] = []
    pending = ""
    for item in body(data).iter(f"{W}p"):
        text = pending
        for node in item.iter(f"{W}t", f"{W}delText"):
            kinds = {etree.QName(above).localname for above in node.iterancestors()}
            if goes not in kinds and (node.tag == f"{W}t" or text_tag == "delText"):
                text += node.text or ""
        named = item.find(f"{W}pPr/{W}pStyle")
        if item.find(f"{W}pPr/{W}rPr/{W}{goes}") is not None:
            pending = text
            continue
        pending = ""
        found.append(("" if named is None else named.get(f"{W}val"), text))
    return found


def faults(data: bytes) -> list[str]:
    """Return what a strict reader would stumble over: parts, types, relationships, references, order of properties."""
    found: list[str] = []
    files = parts(data)
    types = etree.fromstring(files["[Content_Types].xml"])
    defaults = {node.get("Extension").lower() for node in types if node.get("Extension")}
    overrides = {node.get("PartName").lstrip("/") for node in types if node.get("PartName")}
    found += [f"no such part: {name}" for name in overrides - set(files)]
    for name, content in files.items():
        if name == "[Content_Types].xml":
            continue
        if name not in overrides and name.rsplit(".", 1)[-1].lower() not in defaults:
            found.append(f"{name} has no type")
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for node in etree.fromstring(content).iter(RELATION):
                if node.get("TargetMode") == "External":
                    found.append(f"{name} leads outside: {node.get('Target')}")
                    continue
                target = posixpath.normpath(posixpath.join(folder, node.get("Target"))).lstrip("/")
                if target not in files:
                    found.append(f"{name} leads to nothing: {target}")
    root = etree.fromstring(files["word/document.xml"])
    rels = {node.get("Id") for node in etree.fromstring(files["word/_rels/document.xml.rels"])}
    found += [
        f"no relationship {node.get(f'{R}id')}" for node in root.iter() if node.get(f"{R}id", "") not in {"", *rels}
    ]
    styles = etree.fromstring(files["word/styles.xml"])
    ids = {node.get(f"{W}styleId") for node in styles.iter(f"{W}style")}
    for tag in ("pStyle", "rStyle", "tblStyle"):
        found += [
            f"no style {node.get(f'{W}val')}" for node in root.iter(f"{W}{tag}") if node.get(f"{W}val") not in ids
        ]
    lists = {node.get(f"{W}numId") for node in etree.fromstring(files["word/numbering.xml"]).iter(f"{W}num")}
    found += [f"no list {node.get(f'{W}val')}" for node in root.iter(f"{W}numId") if node.get(f"{W}val") not in lists]
    notes = {node.get(f"{W}id") for node in etree.fromstring(files["word/footnotes.xml"])}
    asked = [node.get(f"{W}id") for node in root.iter(f"{W}footnoteReference")]
    found += [f"no footnote {number}" for number in asked if number not in notes]
    starts = [node.get(f"{W}id") for node in root.iter(f"{W}bookmarkStart")]
    names = [node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart")]
    if sorted(starts) != sorted(node.get(f"{W}id") for node in root.iter(f"{W}bookmarkEnd")) or len(set(names)) < len(
        names
    ):
        found.append("bookmarks do not close, or two have one name")
    changes = [node.get(f"{W}id") for node in root.iter(f"{W}ins", f"{W}del")]
    if len(set(changes)) < len(changes):
        found.append("two changes have one id")
    for name in ("word/document.xml", "word/styles.xml", "word/footnotes.xml"):
        for tag, order in ORDER.items():
            for node in etree.fromstring(files[name]).iter(f"{W}{tag}"):
                if tag == "rPr" and etree.QName(node.getparent()).localname == "pPr":
                    continue
                places = [order.index(etree.QName(child).localname) for child in node]
                if places != sorted(places):
                    found.append(f"{name}: {[etree.QName(child).localname for child in node]} stand out of order")
    return found


def converted(folder: Path, *files: Path, to: str = "pdf") -> None:
    """Let LibreOffice open the files and write them anew, in one run."""
    office = shutil.which("soffice")
    assert office, "libreoffice-writer-nogui is needed (config/system-packages.txt)"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", to, "--outdir", str(folder / "out"), *map(str, files)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
