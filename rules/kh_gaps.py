"""KH: what a higher document assigns to the commune and no document of the commune does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from textwrap import shorten

from corpus import symbols
from corpus.model import Certainty, Document, Evidence, Finding
from corpus.text import tone_key
from rules.align import Sentence, grams, sentences
from rules.asked import asked
from rules.base import Context, finding, place, rule, spoken_date
from rules.parameters import Parameter

ART_38_4 = "khoản 4 Điều 38 Nghị định số 79/2025/NĐ-CP"
ALIKE = Parameter("KH01", "giong", 50, "%", 30, 100,
                  "phần từ ngữ của việc được giao mà tên văn bản của xã phải có, để coi là đã ban hành")  # fmt: skip
ALIKE_CORE = Parameter("KH01", "giong_rieng", 60, "%", 30, 100,
                       "cũng phần ấy, không kể những từ của mọi văn bản (kế hoạch, quy chế, tổ chức)")  # fmt: skip

_COMMUNE = (
    r"(?<!chủ tịch )(?:ủy ban nhân dân|hội đồng nhân dân)(?: và ủy ban nhân dân)?"
    r"(?: (?:cấp xã|xã, phường(?:, (?:thị trấn|đặc khu))?))"
)
_PAPERS = (
    r"quy chế|quy định cụ thể|quy định chi tiết|nội quy|kế hoạch|phương án|chương trình|đề án|danh mục"
    r"|chức năng, nhiệm vụ|tên gọi"
)
_ASSIGNS = re.compile(
    rf"(?P<who>{_COMMUNE})(?:,? (?:có trách nhiệm|căn cứ [^,.;\n]{{1,80}},|hằng năm|phải|có thẩm quyền))?,? "
    rf"(?:(?:tổ chức )?(?P<verb>ban hành|quy định|quyết định|xây dựng|lập)(?: và ban hành|, ban hành)?(?:, điều chỉnh)?"
    rf"(?: cụ thể)?(?: về)?|có) "
    rf"(?P<what>(?:các )?(?:{_PAPERS})\b[^.;:\n]{{0,160}})"
)
_MATTERS = (
    r"mức (?!phạt|xử phạt)[^.;:\n]{3,}|định mức|số lượng|tiêu chí|giá (?!trị)[^.;:\n]{3,}|biện pháp|chính sách|chế độ"
    r"|nội dung|thời gian|thời hạn|địa điểm|khu vực|tuyến|việc (?:quản lý|thành lập|sử dụng)|quản lý|thành lập"
    r"|quy định (?!của |tại |này|trên |pháp luật)[^.;:\n]{3,}"
)
# "giao Ủy ban nhân dân cấp xã quy định …", "Hội đồng nhân dân cấp xã quyết định mức …": the matter is named, no paper.
_DECIDES = re.compile(
    rf"(?P<given>(?:giao|phân cấp(?: cho)?|ủy quyền cho) )?(?P<who>{_COMMUNE})"
    rf"(?:,? (?:có trách nhiệm|có thẩm quyền|căn cứ [^,.;\n]{{1,80}}?,?|hằng năm|phải)){{0,2}},? "
    rf"(?P<verb>ban hành|quy định|quyết định)(?: cụ thể| chi tiết)?(?: về)? "
    rf"(?P<what>(?:{_PAPERS}|{_MATTERS})\b[^.;:\n]{{0,160}})"
)
_LISTED = re.compile(
    rf"^\W{{0,4}}(?:[a-zđ]\)|\d{{1,2}}[.)]|-)?\s{{0,3}}(?P<verb>(?:xây dựng(?: và |, )?)?ban hành|quy định|lập|xây "
    rf"dựng)"
    rf"(?P<what>[^.;\n]{{0,60}}?(?:{_PAPERS})[^.;\n]{{0,160}})"
)
_CASE_BY_CASE = re.compile(
    r"từng trường hợp|đối với từng|trong trường hợp|trình hội đồng|khi có yêu cầu|theo đề nghị"
    r"|quyết định (?:công nhận|hỗ trợ|hưởng|cho|giao|thu hồi)"
    r"|đã ban hành|cá nhân|hồ sơ|giấy|được phê duyệt|theo (?:kế hoạch|quy chế|chương trình|phương án)"
    r"|căn cứ (?:kế hoạch|quy chế)|ban hành kèm theo (?:luật|nghị định|nghị quyết|quyết định|thông tư) này [a-zđ]"
)
# What is decided for one case, one person or one work is no matter for a general document.
_ONE_ACT = re.compile(
    r"^(?:việc )?(?:thành lập|mức|thời hạn|nội dung|biện pháp)[^,.;]{0,80}\b(?:đối với từng|của (?:người|dự án|hộ)"
    r"|xử lý|khắc phục|hội đồng|bầu cử|đoàn|cưỡng chế|kỷ luật|đầu tư dự án|hồ sơ|cho từng)\b"
)
_TAIL = re.compile(r"\b(?:phù hợp|theo|trong đó|để|trước ngày|bảo đảm|trên cơ sở|và báo cáo|cho năm|hoặc)\b|[,(]")
_EMPTY = re.compile(r"\b(?:cấp mình|phù hợp|trên địa bàn|của địa phương|theo quy định của pháp luật|hằng năm|cụ thể)\b")


@rule("KH01", "Văn bản cấp trên giao xã quy định, quyết định mà xã chưa ban hành", "cao", ART_38_4, "ban_hanh_moi",
      scope="ground", parameters=(ALIKE, ALIKE_CORE))  # fmt: skip
def kh01(document: Document, context: Context) -> Iterator[Finding]:
    """A higher document in force assigns the commune to decide or regulate something, and no local document does.

    Tìm: nhiệm vụ thường xuyên giao Hội đồng nhân dân, Ủy ban nhân dân cấp xã ban hành quy chế, quy định, kế hoạch,
    phương án mà trong kho của xã không có văn bản nào về việc ấy. Việc phát sinh theo từng trường hợp không tính.
    Căn cứ: khoản 4 Điều 38 Nghị định số 79/2025/NĐ-CP và điều khoản giao nhiệm vụ
    Ký ngày: 15/3/2024
    Có phát hiện: Ủy ban nhân dân cấp xã ban hành quy chế quản lý nghĩa trang trên địa bàn.
    Không phát hiện: Ủy ban nhân dân cấp xã ban hành quy định quản lý đường thôn trên địa bàn.
    Kiến nghị: ban hành mới; đối chiếu với sổ đăng ký văn bản trước, vì kho có thể thiếu văn bản.
    """
    head = document.masthead
    if head is None or head.symbol is None or head.level not in ("trung_uong", "tinh") or not _any_reviewed(context):
        return
    state = context.library.state(
        head.symbol, as_of=context.as_of, issuer=head.issuer, issued=head.date, kind=head.kind
    )  # fmt: skip
    if state.state in ("het_hieu_luc_toan_bo", "chua_hieu_luc"):
        return
    done: list[frozenset[str]] = []
    for sentence in sentences(document):
        found = assigned(sentence)
        if found is None:
            continue
        start, end, who, what = found
        wanted = grams(_EMPTY.sub(" ", _TAIL.split(tone_key(what).lstrip(" ,"))[0]))
        if len(wanted) < 3 or any(len(wanted & other) >= 0.8 * len(wanted) for other in done):
            continue
        done.append(wanted)
        if _covered(context, tuple(sorted(wanted)), who):
            continue
        yield _finding(document, sentence, start, end, what, head.effective or head.date, context)


def assigned(sentence: Sentence) -> tuple[int, int, str, str] | None:
    """Range (in the sentence), body and object of a standing duty of the commune; None where it gives none."""
    key = tone_key(sentence.text)
    if sentence.provision is None or sentence.provision.id.startswith(("att_", "app_")):
        return None  # a model text says what the commune's own text will say, it gives no duty
    if _CASE_BY_CASE.search(key):
        return None
    if match := _ASSIGNS.search(key):
        return match.start(), match.end(), match["who"], match["what"]
    if (match := _DECIDES.search(key)) and not _ONE_ACT.search(match["what"]):
        return match.start(), match.end(), match["who"], match["what"]
    above = re.search(_COMMUNE, tone_key(sentence.headings)[-400:])
    if above and (match := _LISTED.search(key)):
        return match.start(), match.end(), above[0], match["what"]
    return None


_PAPER_WORDS = grams("kế hoạch quy chế quy định phương án chương trình nội quy tổ chức thực hiện nội dung nhân dân xã")


@asked("any reviewed")
def _any_reviewed(context: Context) -> bool:
    return bool(context.library.reviewed())


@asked("covered")
def _covered(context: Context, wanted: tuple[str, ...], who: str) -> bool:
    """Whether any document under review is on the matter of these words."""
    values = context.settings.values
    least, least_core = ALIKE.share(values), ALIKE_CORE.share(values)
    return any(_covers(local, frozenset(wanted), who, least, least_core) for local in context.library.reviewed())


def _covers(local: Document, wanted: frozenset[str], who: str, least: float, least_core: float) -> bool:
    """Whether a local document is on the matter: its titles have most of the words of the duty, and the same body.

    `least`: share of all words of the duty; `least_core`: of those that are not the words of every paper.
    """
    head = local.masthead
    kind = symbols.KIND_NAMES.get(head.kind or "", "") if head else ""
    titles = [kind, (head.title if head else None) or local.text[:500]]
    for unit in local.provisions:
        if re.match(r"att_\w+$", unit.id):
            titles.append(local.text[unit.start : unit.start + 250])
    words = tone_key(" ".join(titles))
    council = "hội đồng nhân dân"
    by_council = council in words or council in tone_key((head.issuer if head else None) or "")
    if who.startswith(council) and not by_council:
        return False
    have, core = grams(words), wanted - _PAPER_WORDS
    return len(wanted & have) >= least * len(wanted) and len(core & have) >= least_core * len(core)


def _finding(
    document: Document, sentence: Sentence, start: int, end: int, what: str, since: date | None, context: Context
) -> Finding:
    head = document.masthead
    assert head is not None
    assert head.symbol is not None
    explicit = bool(re.search(_COMMUNE, tone_key(sentence.text[start:end])))
    complete = bool(context.settings.complete_years)
    certainty: Certainty = "can_kiem_tra" if explicit or complete else "goi_y"
    plan = re.search(r"kế hoạch|phương án", what) is not None
    at = place(document, sentence.start + start, sentence.start + end)
    from_day = f", có hiệu lực từ ngày {spoken_date(since)}," if since else ""
    kind = " (kế hoạch, phương án: văn bản hành chính)" if plan else ""
    return finding(
        ("KH01", "cao", ART_38_4), document, [at],
        f"{symbols.spoken(head.symbol, head.kind)}{from_day} giao xã: “"
        f"{shorten(at.quote, 220, placeholder='…').rstrip(' ,;:')}”. Trong "
        f"kho chưa thấy văn bản nào của xã về việc này{kind}; cần đối chiếu với sổ đăng ký văn bản.",
        certainty=certainty, proposal="ban_hanh_moi", target=(head.symbol, at.provision),
        evidence=[Evidence(head.symbol, at.provision, at.quote[:500], "delegate", since, document.path)],
    )  # fmt: skip
