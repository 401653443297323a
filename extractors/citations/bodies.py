"""The issuer that follows a document's number: "của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch".

Central bodies end where their name ends; a people's council or committee ends with its place; for any other body the
name goes on to the first word that begins the document's title or the rest of the sentence.
"""

from __future__ import annotations

import re

from corpus import symbols
from extractors.issuers import proper_case
from extractors.patterns import lazy, spaced

_LEAD = spaced(r"\s{0,3},?\s{0,2}(?:của(?: của)?|do|CỦA(?: CỦA)?) | (?=Chính phủ\s|Thủ tướng\s)")
_FORMER = (
    "Bộ Thương mại", "Bộ Công nghiệp", "Bộ Thủy sản", "Bộ Văn hóa - Thông tin", "Bộ Văn hóa Thông tin",
    "Bộ Bưu chính, Viễn thông", "Bộ Kế hoạch và Đầu tư", "Bộ Lao động - Thương binh và Xã hội",
    "Bộ Nông nghiệp và PTNT", "Bộ Giao thông vận tải", "Bộ Khoa học, Công nghệ và Môi trường",
    "Bộ Tài nguyên và Môi trường", "Ban Tổ chức - Cán bộ Chính phủ", "Ngân hàng Nhà nước", "Thanh tra Nhà nước",
)  # fmt: skip
_MINISTRIES = "|".join(
    re.escape(name).replace("\\ \\-\\ ", r"\s{0,2}[-–]\s{0,2}").replace("\\ ", " ")
    for name in sorted({*symbols.MINISTRIES.values(), *_FORMER}, key=len, reverse=True)
)
_HEADS = (
    "(?:(?:Bộ trưởng(?:, Chủ nhiệm)?|Thống đốc|Chánh án|Viện trưởng|Tổng Thanh tra|Tổng Kiểm toán) )?"
)
_CENTRAL = spaced(
    r"(?:Thủ tướng )?Chính phủ|Quốc hội|[UỦ][yỷ] ban thường vụ Quốc hội|UBTVQH"
    r"|Hội đồng (?:Bộ trưởng|Chính phủ|Nhà nước)|Bộ Chính trị|Ban Bí thư|Chủ tịch nước"
    rf"|{_HEADS}(?:{_MINISTRIES})(?:(?:\s{{0,2}}[-–,]\s{{0,2}}| và )(?:Bộ trưởng )?(?:{_MINISTRIES})){{0,4}}",
    re.IGNORECASE,
)
_CAPITAL = "A-ZĐÂÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ"
_LOCAL = spaced(
    r"(?:Chủ tịch )?(?:UBND|HĐND|[UỦ][yỷ] ban [Nn]hân dân|Hội đồng [Nn]hân dân|[Uu]bnd|[Hh]đnd)"
    r"(?: (?i:tỉnh|thành phố|tp\.?|quận|huyện|thị xã|thị trấn|xã|phường|đặc khu)(?!\w)"
    r"(?:\x20?\n(?=[A-ZĐ][a-zà-ỹ]{1,8}\x20[A-ZĐ][a-zà-ỹ])(?!Điều|Chương|Căn|Theo|Xét))?)?"
    r"(?:(?:(?<=\n)|\t?\x20)(?!V\s?/|Thành lập|Ban\s|Về\s|Quy\s|Phê\s|Sửa\s|Tách\s|Bổ\s|Công bố|Giao\s|Hướng\s|Quyết\s)"
    rf"(?:[{_CAPITAL}][\w’'-]{{0,12}}|\d{{1,2}}(?=[\s,;.)]))){{0,4}}(?: kh(?:óa|oá) [IVXLC]{{1,6}})?"
)
# In a title in capitals nothing but the words tells where the place ends.
_SHOUTED = spaced(
    r"(?P<chief>CHỦ TỊCH )?(?P<body>UBND|HĐND|[UỦ][YỶ] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN)"
    r"(?: (?P<level>TỈNH|THÀNH PHỐ|TP\.?|QUẬN|HUYỆN|THỊ XÃ|THỊ TRẤN|XÃ|PHƯỜNG|ĐẶC KHU)(?!\w)"
    r"(?P<place>(?:\x20?(?:\x20|\n)(?!VỀ\s|QU[YI]\s|BAN\s|SỬA\s|BỔ\s|BÃI\s|PHÊ\s|CÔNG BỐ|THAY\s|GIAO\s|TRIỂN\s|THỰC\s"
    r"|KÈM\s|VÀ\s|CHO\s|NĂM\s|TRÊN\s|TẠI\s|ĐIỀU\s|CĂN\s|HƯỚNG\s|THÀNH LẬP|V/V)"
    rf"[{_CAPITAL}]{{1,7}}(?!\w)){{0,4}}))?"
)
_END = lazy(
    r"\s(?:về|v\s?/\s?v|quy\s|qui\s|hướng\s|sửa\s|bổ sung|phê\s|công bố|bãi\s|thay\s|giao\s|cho\s|có\s|được|đã|tại"
    r"|thì|để|ban\s(?!chỉ đạo|dân tộc|tổ chức|quản lý|nhân dân|tuyên giáo|bí thư|thường vụ|chấp hành)"
    r"|khoảng|là\s|thông\squa|chỉ đạo về|kèm|quyết định|hết|trong\s|theo\s|nêu|trên địa|thực hiện|triển khai|đến\s"
    r"|ngày\s|khóa\s|số\s|do\s|từ\s|như\s|đề nghị|hiện|gửi"
    r"|và\s(?!công nghệ|đào tạo|đầu tư|du lịch|phát triển|môi trường|truyền thông|xã hội|nông thôn|thể thao|tôn giáo)"
    r"(?=[a-zà-ỹđ])|và\s(?=Điều|Khoản|Điểm|Nghị|Thông|Luật|Quyết|Chương|Kết|Công văn|Văn bản))"
    r"|[;:.()“”\"\[\]]|,\s(?!thể thao|du lịch|chủ nhiệm|thương binh|công nghệ|đổi mới)|\n|$"
)
_NO_BODY = lazy(
    r"Nghị\s|Luật\s|Bộ\sluật|Thông\stư|Quyết\sđịnh|Pháp\slệnh|Điều\s|Khoản\s|Quy\s|Hiến\s|Chỉ\sthị"
)
_LIMIT = 130


_BEFORE = spaced(r"(?:của|do|và) (?:(?:Giám đốc|Chánh Thanh tra|Trưởng ban) )?(?P<body>Sở [^,;.\n(]{3,60}?) tại $")


def issuer_before(text: str, at: int) -> str | None:
    """The office before a letter at `at`: "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình …", None if none is."""
    found = _BEFORE.search(text, max(0, at - 110), at)
    return " ".join(found["body"].split()) if found else None


def local_body(text: str, at: int) -> str | None:
    """The council or committee that stands at `at` without "của": "Nghị quyết HĐND xã số …", None if none does."""
    found = _LOCAL.match(text, at + 1) if text[at : at + 1] == " " else None
    return " ".join(found[0].split()) if found else None


def issuer_after(text: str, at: int) -> tuple[str | None, int]:
    """The body after "của" at `at`, as written, and its end; (None, `at`) where none follows.

    >>> issuer_after("x của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch về lễ hội", 1)[0]
    'Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch'
    """
    lead = _LEAD.match(text, at)
    if not lead:
        return None, at
    begin = lead.end()
    if lead[0].isupper():
        return _shouted(text, at, begin)
    known = _CENTRAL.match(text, begin) or _LOCAL.match(text, begin)
    if known and not text[known.end() : known.end() + 1].isalpha():
        return " ".join(known[0].split()), known.end()
    if not text[begin : begin + 1].isupper() or _NO_BODY.match(text, begin):
        return None, at
    stop = _END.search(text, begin, begin + _LIMIT)
    if stop is None:
        return None, at
    issuer = " ".join(text[begin : stop.start()].split()).rstrip(" ,-")
    if len(issuer) < 3:
        return None, at
    return issuer, begin + len(text[begin : stop.start()].rstrip(" ,-\n"))


def _shouted(text: str, at: int, begin: int) -> tuple[str | None, int]:
    """As `issuer_after`, in a title in capitals; the name is given in the case that running text has."""
    if local := _SHOUTED.match(text, begin):
        body = " ".join(local["body"].split())
        words = [(local["chief"] or "").capitalize(), body if len(body) < 5 else body.capitalize()]
        words += [(local["level"] or "").lower(), *(word.capitalize() for word in (local["place"] or "").split())]
        return " ".join(" ".join(words).split()), local.end()
    central = _CENTRAL.match(text, begin)
    if central is None:
        return None, at
    office, sep, rest = " ".join(central[0].split()).partition(" BỘ ")
    if sep and office == "BỘ TRƯỞNG":
        return f"Bộ trưởng {proper_case('BỘ ' + rest)}", central.end()
    return proper_case(" ".join(central[0].split())), central.end()
