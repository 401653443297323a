"""The issuer that follows a document's number: "của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch".

Central bodies end where their name ends; a people's council or committee ends with its place; for any other body the
name goes on to the first word that begins the document's title or the rest of the sentence.
"""

from __future__ import annotations

import re

from corpus import symbols

_LEAD = re.compile(r"\s{0,3},?\s{0,2}(?:của|do)\s{1,3}|\s{1,2}(?=Chính phủ\s|Thủ tướng\s)")
_FORMER = ("Bộ Thương mại", "Bộ Công nghiệp", "Bộ Thủy sản", "Bộ Văn hóa - Thông tin", "Bộ Văn hóa Thông tin", "Bộ Bưu chính, Viễn thông",
           "Bộ Kế hoạch và Đầu tư", "Bộ Lao động - Thương binh và Xã hội", "Bộ Nông nghiệp và PTNT", "Bộ Giao thông vận tải",
           "Bộ Khoa học, Công nghệ và Môi trường", "Bộ Tài nguyên và Môi trường", "Ban Tổ chức - Cán bộ Chính phủ",
           "Ngân hàng Nhà nước", "Thanh tra Nhà nước")  # fmt: skip
_MINISTRY_NAMES = sorted({*symbols.MINISTRIES.values(), *_FORMER}, key=len, reverse=True)
_MINISTRY = "|".join(re.escape(name).replace("\\ ", r"\s{1,2}").replace(r"\s{1,2}\-\s{1,2}", r"\s{0,2}[-–]\s{0,2}") for name in _MINISTRY_NAMES)
_CENTRAL = re.compile(
    r"(?:Thủ\s{1,2}tướng\s{1,2})?Chính\s{1,2}phủ|Quốc\s{1,2}hội|[UỦ][yỷ]\s{1,2}ban\s{1,2}thường\s{1,2}vụ\s{1,2}Quốc\s{1,2}hội|UBTVQH"
    r"|Hội\s{1,2}đồng\s{1,2}(?:Bộ\s{1,2}trưởng|Chính\s{1,2}phủ|Nhà\s{1,2}nước)|Bộ\s{1,2}Chính\s{1,2}trị|Ban\s{1,2}Bí\s{1,2}thư|Chủ\s{1,2}tịch\s{1,2}nước"
    rf"|(?:(?:Bộ\s{{1,2}}trưởng(?:,\s{{1,2}}Chủ\s{{1,2}}nhiệm)?|Thống\s{{1,2}}đốc|Chánh\s{{1,2}}án|Viện\s{{1,2}}trưởng|Tổng\s{{1,2}}Thanh\s{{1,2}}tra|Tổng\s{{1,2}}Kiểm\s{{1,2}}toán)\s{{1,2}})?"
    rf"(?:{_MINISTRY})(?:(?:\s{{0,2}}[-–,]\s{{0,2}}|\s{{1,2}}và\s{{1,2}})(?:Bộ\s{{1,2}}trưởng\s{{1,2}})?(?:{_MINISTRY})){{0,4}}",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"(?:Chủ\s{1,2}tịch\s{1,2})?(?:UBND|HĐND|[UỦ][yỷ]\s{1,2}ban\s{1,2}[Nn]hân\s{1,2}dân|Hội\s{1,2}đồng\s{1,2}[Nn]hân\s{1,2}dân|[Uu]bnd|[Hh]đnd)"
    r"(?:\s{1,2}(?i:tỉnh|thành\s{1,2}phố|tp\.?|quận|huyện|thị\s{1,2}xã|thị\s{1,2}trấn|xã|phường|đặc\s{1,2}khu)(?!\w))?"
    r"(?:\s{1,2}(?!Thành\slập|Ban\s|Về\s|Quy\s|Phê\s|Sửa\s|Tách\s|Công\sbố|Giao\s|Hướng\s)(?:[A-ZĐÂÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ][\w’'-]{0,12}|\d{1,2}(?=[\s,;.)]))){0,4}"
    r"(?:\s{1,2}(?:kh(?:óa|oá)\s{1,2}[IVXLC]{1,6}))?"
)
_END = re.compile(
    r"\s(?:về|v\s?/\s?v|quy\s|qui\s|ban\s(?!chỉ đạo|dân tộc|tổ chức|quản lý|nhân dân|tuyên giáo|bí thư|thường vụ|chấp hành)"
    r"|hướng\s|sửa\s|bổ sung|phê\s|công bố|bãi\s|thay\s|giao\s|cho\s|có\s|được|đã|tại|thì|để|khoảng|là\s|thông\squa|chỉ đạo về|kèm"
    r"|quyết định|hết|trong\s|theo\s|nêu|trên địa|thực hiện|triển khai|đến\s|ngày\s|khóa\s|số\s|do\s|từ\s|như\s|đề nghị|hiện|gửi|và\s(?!công nghệ"
    r"|đào tạo|đầu tư|du lịch|phát triển|môi trường|truyền thông|xã hội|nông thôn|thể thao|tôn giáo)(?=[a-zà-ỹđ])|và\s(?=Điều|Khoản|Điểm|Nghị"
    r"|Thông|Luật|Quyết|Chương|Kết|Công văn|Văn bản))|[;:.()“”\"\[\]]|,\s(?!thể thao|du lịch|chủ nhiệm|thương binh|công nghệ|đổi mới)|\n|$"
)  # fmt: skip
_LIMIT = 130


def issuer_after(text: str, at: int) -> tuple[str | None, int]:
    """The body after "của" at `at`, as written, and its end; (None, `at`) where none follows.

    >>> issuer_after("x của Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch về lễ hội", 1)[0]
    'Bộ trưởng Bộ Văn hóa, Thể thao và Du lịch'
    """
    lead = _LEAD.match(text, at)
    if not lead:
        return None, at
    begin = lead.end()
    known = _CENTRAL.match(text, begin) or _LOCAL.match(text, begin)
    if known and not text[known.end() : known.end() + 1].isalpha():
        return " ".join(known[0].split()), known.end()
    if not text[begin : begin + 1].isupper():
        return None, at
    stop = _END.search(text, begin, begin + _LIMIT)
    if stop is None:
        return None, at
    issuer = " ".join(text[begin : stop.start()].split()).rstrip(" ,-")
    if len(issuer) < 3:
        return None, at
    return issuer, begin + len(text[begin : stop.start()].rstrip(" ,-\n"))
