"""Files that point to addresses outside: whatever reads them, nobody is called.

A server on this machine counts who comes; LibreOffice without our bounds does call it.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import socket
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from corpus.nothing import NothingKnown
from extractors import extract
from extractors.readers import doc, limits
from extractors.sandbox import extract_safely
from tests.fuzz.bombs import package

OFFICE = shutil.which("soffice")
TEXT = "Điều 1. Phạm vi điều chỉnh của quy chế"
_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("style", "style"),
                        ("meta", "meta"), ("table", "table"))
)  # fmt: skip


class Listener:
    """A server that answers nothing and counts its callers."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.callers = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            self.callers += 1
            caller.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def outside() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def odt(address: str) -> bytes:
    """A text with a picture, an object, a section and a template that lie elsewhere."""
    out = io.BytesIO()
    link = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    body = (
        f"<text:p>{TEXT}</text:p>"
        f'<text:p><draw:frame draw:name="a" text:anchor-type="as-char"><draw:image xlink:type="simple" '
        f'xlink:actuate="onLoad" xlink:href="{address}/picture.png"/></draw:frame></text:p>'
        f'<text:p><draw:frame draw:name="b"><draw:object xlink:type="simple" xlink:actuate="onLoad" '
        f'xlink:href="{address}/object.odt"/></draw:frame></text:p>'
        f'<text:section text:name="s"><text:section-source xlink:type="simple" xlink:href="{address}/section.odt"/>'
        "<text:p>x</text:p></text:section>"
    )
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        content = f"<office:body><office:text>{body}</office:text></office:body>"
        archive.writestr(
            "content.xml", f"<office:document-content {_NAMESPACES} {link}>{content}</office:document-content>"
        )
        archive.writestr("meta.xml", f"<office:document-meta {_NAMESPACES} {link}><office:meta><meta:template "
                                     f'xlink:type="simple" xlink:href="{address}/template.ott"/></office:meta>'
                                     "</office:document-meta>")  # fmt: skip
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return out.getvalue()


def rtf(address: str) -> bytes:
    def field(words: str) -> str:
        return "{\\field{\\*\\fldinst {" + words + "}}{\\fldrslt x}}\\par "

    text = "".join(letter if letter < "\x80" else f"\\u{ord(letter)}?" for letter in TEXT)
    return (
        "{\\rtf1\\ansi{\\*\\template " + f"{address}/template.dotx" + "}" + text + "\\par "
        + field(f'INCLUDEPICTURE "{address}/picture.png" \\\\d') + field(f'INCLUDETEXT "{address}/text.docx"')
        + field(f'DDEAUTO Excel "{address}/table.xlsx" A1') + field(f'LINK Word.Document "{address}/link.docx" \\\\a')
        + "{\\object\\objautlink{\\*\\objclass Word.Document.8}{\\*\\objdata 0105000002000000}{\\result x}}}"
    ).encode("ascii")  # fmt: skip


def docx(address: str) -> bytes:
    """A template, a picture, a frame and a part that lie elsewhere (ECMA-376 part 2, 9.3: TargetMode External)."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="r{kind}" Type="{base}/{kind}" Target="{address}/{kind}" TargetMode="External"/>'
        for kind in ("image", "attachedTemplate", "frame", "aFChunk", "oleObject", "subDocument")
    )
    picture = (
        '<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        f'xmlns:r="{base}" r:link="rimage"/></w:drawing></w:r></w:p>'
        f'<w:altChunk xmlns:r="{base}" r:id="raFChunk"/>'
    )
    data = io.BytesIO(package.docx(package.paragraph(TEXT) + picture))
    with zipfile.ZipFile(data, "a") as archive:
        namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{namespace}">{links}</Relationships>')
    return data.getvalue()


def html(address: str) -> bytes:
    return (
        f'<html><head><meta http-equiv="refresh" content="0; url={address}/next"><base href="{address}/">'
        f'<link rel="stylesheet" href="a.css"><script src="a.js"></script></head><body background="b.png"><p>{TEXT}</p>'
        '<img src="c.png"><iframe src="d.html"></iframe><object data="e.swf"></object><embed src="f.pdf"></body></html>'
    ).encode()


def mht(address: str) -> bytes:
    return (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; "
        b"charset=utf-8\r\nContent-Location: " + address.encode() + b"/a.html\r\n\r\n"
    ) + html(address) + b"\r\n--x--\r\n"


def converted(data: bytes, suffix: str, folder: Path) -> bytes:
    """The file as LibreOffice saves it in another format, links included."""
    assert OFFICE is not None
    source = folder / "nguon.odt"
    source.write_bytes(data)
    command = [OFFICE, "--headless", f"-env:UserInstallation=file://{folder}/tho", "--convert-to", suffix,
               "--outdir", str(folder), str(source)]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    return source.with_suffix(f".{suffix}").read_bytes()


PLAIN: dict[str, Callable[[str], bytes]] = {"docx": docx, "html": html, "mht": mht}
BY_OFFICE: dict[str, Callable[[str], bytes]] = {"odt": odt, "rtf": rtf}


@pytest.mark.parametrize("suffix", PLAIN)
def test_our_own_readers_call_nobody(tmp_path, outside, suffix):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(PLAIN[suffix](outside.address))
    document = extract_safely(path, NothingKnown)
    assert document.outcome == "ok"
    assert TEXT in document.text
    assert outside.callers == 0


@dataclass(frozen=True)
class Calling:
    """Stands for a reader that was taken over: it calls an address outside."""

    port: int

    def __call__(self) -> NothingKnown:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port), 5).close()
        return NothingKnown()


def test_a_worker_has_no_network(tmp_path, outside):
    if not limits.offline():
        pytest.skip("this system gives no network namespaces")
    path = tmp_path / "a.docx"
    path.write_bytes(docx(outside.address))
    calling = Calling(int(outside.address.rpartition(":")[2]))
    calling()
    wait_for(lambda: outside.callers == 1)
    assert extract_safely(path, calling).outcome == "ok"
    assert outside.callers == 1


def wait_for(happened: Callable[[], bool]) -> None:
    for _ in range(500):
        if happened():
            return
        time.sleep(0.01)
    raise AssertionError


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("bound", ["settings", "no network"])
@pytest.mark.parametrize("kind", ["odt", "rtf", "doc by LibreOffice", "rtf by LibreOffice"])
def test_libreoffice_calls_nobody(tmp_path, outside, monkeypatch, kind, bound):
    """Each of the two bounds suffices alone."""
    if bound == "settings":
        monkeypatch.setattr(limits, "offline", lambda: ())
    else:
        if not limits.offline():
            pytest.skip("this system gives no network namespaces")
        monkeypatch.setattr(doc, "_PROFILE", "<items/>")
        monkeypatch.setattr(doc, "_NO_NETWORK", {})
    suffix, _, made = kind.partition(" by ")
    path = tmp_path / f"a.{suffix}"
    if made:
        path.write_bytes(converted(odt(outside.address), suffix, tmp_path))
        # Saving it has called: so would reading it, as bare LibreOffice does.
        assert outside.callers
    else:
        path.write_bytes(BY_OFFICE[suffix](outside.address))
    before = outside.callers
    # In this process: what was set above holds in no worker.
    document = extract(path, NothingKnown())
    assert document.outcome == "ok"
    assert TEXT in document.text
    assert outside.callers == before
