"""Pages that a browser or Word saved with all their parts in one file (MHT, RFC 2557): the page inside is read.

Pictures and styles in the other parts are left alone; nothing is fetched.
"""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import Message
from itertools import islice
from pathlib import Path

from extractors.readers import Reading, html, text

_MOST_PARTS = 500


def read(path: Path) -> Reading:
    """Lines of the first HTML part, else of the first plain text; `damaged` where there is neither."""
    message = message_from_bytes(path.read_bytes(), policy=policy.compat32)
    parts = list(islice(message.walk(), _MOST_PARTS))
    for part in parts:
        if part.get_content_type() == "text/html" and (page := _body(part)):
            return html.read_page(path, page)
    for part in parts:
        if part.get_content_type() == "text/plain" and (page := _body(part)):
            return Reading(tuple(text.lines_of(text.decode(page))))
    reason = "tệp MHT không có trang nào bên trong; hãy mở trong trình duyệt và lưu lại thành HTML"
    return Reading(outcome="damaged", message=f"{path}: {reason}.")


def _body(part: Message) -> bytes:
    """A part's bytes, as UTF-8 where its header tells the encoding: that counts, not what the page claims."""
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return b""
    charset = part.get_content_charset()
    try:
        return raw.decode(charset).encode() if charset else raw
    except (LookupError, UnicodeDecodeError):
        return raw
