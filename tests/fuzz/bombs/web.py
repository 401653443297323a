"""Bombs in saved pages (HTML, MHT)."""

from __future__ import annotations

from collections.abc import Callable

Build = Callable[[], bytes]


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def mht(*parts: bytes, boundary: bytes = b"b") -> bytes:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=" + boundary + b"\r\n\r\n"
    return head + b"".join(b"--%s\r\n%s\r\n" % (boundary, part) for part in parts) + b"--%s--\r\n" % boundary


def _multiparts(levels: int) -> bytes:
    inside = b"Content-Type: text/html\r\n\r\n<p>x</p>"
    for n in range(levels):
        inside = b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n%s\r\n--b%d--" % (n, n, inside, n)
    return mht(inside)


HTML: dict[str, Build] = {
    "depth": lambda: page("<div>" * 300_000 + "x" + "</div>" * 300_000),
    "depth-unclosed": lambda: page("<b>" * 500_000 + "x"),
    "depth-of-tables": lambda: page("<table><tr><td>" * 60_000 + "x"),
    "depth-of-lists": lambda: page("<ul><li>" * 200_000 + "x"),
    "depth-250": lambda: page(("<div>" * 240 + "x" + "</div>" * 240) * 3_000),
    "wrong-ends": lambda: page("<b><i><p></b></i>" * 200_000),
    "attributes": lambda: page("<p " + " ".join(f"a{n}=1" for n in range(500_000)) + ">x</p>"),
    "one-attribute": lambda: page(f'<p style="{"a:b;" * 3_000_000}">x</p>'),
    "styles": lambda: page('<p style="text-align : center; display : block">x</p>' * 150_000),
    "spaces-in-styles": lambda: page(f'<p style="{("text-align" + " " * 1000) * 2_000}">x</p>' * 3),
    "entities": lambda: page("&amp;&lt;&#273;&nosuch;" * 600_000),
    "entities-unclosed": lambda: page("&" * 5_000_000),
    "own-entities": lambda: (
        b'<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 100_000 + b'">]><html><body>' + b"&b;" * 10_000
    ),
    "comment": lambda: page("<!--" + "-" * 5_000_000),
    "comments": lambda: page("<!-- x -->" * 700_000 + "x"),
    "unfinished-tags": lambda: page("<p " * 2_000_000),
    "less-than": lambda: page("<" * 5_000_000),
    "paragraphs": lambda: page("<p>x" * 1_500_000),
    "breaks": lambda: page("x<br>" * 1_500_000),
    "table": lambda: page("<table>" + ("<tr>" + "<td>1" * 1_000) * 1_000 + "</table>"),
    "select": lambda: page("<select>" + "<option>x" * 700_000 + "</select>x"),
    "scripts": lambda: page("<script>x</script>" * 300_000 + "Điều 1. x"),
    "roots": lambda: page(
        '<div class="content1">' * 200 + "x" * 300 + "</div>" * 200 + '<div class="fulltext">x</div>' * 60_000
    ),
    "roots-in-roots": lambda: page(("<form></form>" + '<div class="content1">x' * 240 + "</div>" * 240) * 1_000),
    "mottos": lambda: page(
        "<form></form>" + "<div>" * 200 + "<p>Độc lập - Tự do</p>" + "<p>Điều 1. x</p>" * 100_000 + "</div>" * 200
    ),
    "notes": lambda: page("<p>" + "Điều 1<sup>1</sup>" * 300_000),
    "one-line": lambda: page("x " * 4_000_000),
    "meta": lambda: page("x", '<meta charset="' + "u" * 4_000_000 + '">'),
    "meta-strange": lambda: "<html><head><meta charset=utf-7><body>Điều 1".encode() + b"\xff" * 100,
    "meta-ucs4": lambda: "<html><head><meta charset=ucs-4><body>Điều 1".encode() + b"\xff" * 1_000,
    "utf16-zeros": lambda: b"\xff\xfe" + "<html><body>".encode("utf-16-le") + bytes(7_000_000),
    "zeros": lambda: b"<html><body>x" + bytes(7_000_000),
    "svg": lambda: page("<svg>" * 1_000_000),
    "title": lambda: page("x", "<title>" + "y" * 7_000_000 + "</title>"),
}

MHT: dict[str, Build] = {
    "parts": lambda: mht(*[b"Content-Type: text/css\r\n\r\nx"] * 200_000),
    "parts-in-parts": lambda: _multiparts(900),
    "headers": lambda: mht(b"X: y\r\n" * 1_500_000 + b"\r\nx"),
    "one-header": lambda: mht(b"Content-Type: text/html;" + b" a=b;" * 1_000_000 + b"\r\n\r\n<p>x"),
    "header-pieces": lambda: mht(
        b"Content-Type: text/html; " + b" ".join(b"a*%d=b;" % n for n in range(200_000)) + b"\r\n\r\n<p>x"
    ),
    "encoded": lambda: mht(
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"PHA+" * 8_000_000
    ),
    "quoted": lambda: mht(
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + b"=3D" * 8_000_000
    ),
    "uu": lambda: mht(
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n"
        + b"M"
        + b"!" * 60
        + b"\r\n" * 1_000_000
    ),
    "charset": lambda: mht(b"Content-Type: text/html; charset=utf-7\r\n\r\n" + b"+AGE-" * 1_000_000),
    "charset-of-bytes": lambda: mht(b"Content-Type: text/html; charset=zlib\r\n\r\n<p>x"),
    "no-boundary": lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + b"--\r\n" * 2_000_000,
    "boundaries": lambda: mht(b"x" * 100, boundary=b"-" * 70) + b"-" * 70 * 60_000,
}
