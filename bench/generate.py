"""Made-up but realistic texts of any number, always the same for the same seed.

`decision` is one commune's decision by itself. A `World` is a corpus whose documents know each other: laws, decrees
that detail and amend them, circulars, and communes' decisions that stand on them, repeat their numbers and amend each
other.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_SUBJECTS = ("quản lý đất công ích", "hòa giải ở cơ sở", "vệ sinh môi trường", "tiếp công dân", "quản lý chợ",
             "sử dụng nhà văn hóa", "chi hỗ trợ", "phòng cháy, chữa cháy")  # fmt: skip
_SENTENCES = (
    "Ủy ban nhân dân xã tổ chức thực hiện các nhiệm vụ quy định tại khoản {k} Điều {d} Nghị định số {n}/2021/NĐ-CP.",
    "Công chức được phân công báo cáo kết quả trước ngày 15 tháng {k} hằng năm.",
    "Thời hạn giải quyết không quá {n} ngày làm việc kể từ ngày nhận đủ hồ sơ theo điểm b khoản {k} Điều này.",
    "Trưởng thôn phổ biến nội dung này đến từng hộ gia đình và niêm yết tại nhà văn hóa thôn.",
    "Việc thanh toán thực hiện theo Luật Ngân sách nhà nước và Thông tư số {n}/2022/TT-BTC ngày {k} tháng 5 năm 2022.",
    "Hộ gia đình, cá nhân có trách nhiệm giữ gìn vệ sinh, trật tự nơi công cộng.",
)


def decision(seed: int, articles: int = 12) -> str:
    """A commune's decision as plain text, about 1 kB an article."""
    dice = random.Random(seed)
    subject = dice.choice(_SUBJECTS)
    number, year = dice.randint(1, 90), dice.randint(2016, 2025)
    day, month = dice.randint(1, 28), dice.randint(1, 12)
    head = (
        "ỦY BAN NHÂN DÂN\nXÃ MẪU SƠN\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"---------------\nSố: {number:02d}/{year}/QĐ-UBND\nMẫu Sơn, ngày {day} tháng {month} năm {year}\n"
        f"QUYẾT ĐỊNH\nQuy định về {subject} trên địa bàn xã Mẫu Sơn\n"
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;\n"
        f"Căn cứ Nghị định số {dice.randint(1, 160)}/2016/NĐ-CP ngày 14 tháng 5 năm 2016 của Chính phủ;\nQUYẾT ĐỊNH:\n"
    )
    body = []
    for article in range(1, articles + 1):
        body.append(f"Điều {article}. Nội dung thứ {article} về {subject}")
        for clause in range(1, dice.randint(3, 6)):
            words = dice.choice(_SENTENCES).format(k=dice.randint(1, 12), d=dice.randint(1, 60), n=dice.randint(1, 99))
            body.append(f"{clause}. {words}")
    tail = "\nNơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Mẫu\n"
    return head + "\n".join(body) + tail


def write_corpus(folder: Path, documents: int, articles: int = 12, first_seed: int = 0) -> None:
    """`documents` decisions below `folder/dia-phuong`, named by their seed."""
    target = folder / "dia-phuong"
    target.mkdir(parents=True, exist_ok=True)
    (folder / "trung-uong").mkdir(exist_ok=True)
    for seed in range(first_seed, first_seed + documents):
        (target / f"QD-{seed:06d}.txt").write_text(decision(seed, articles), "utf-8")


# --- a corpus whose documents know each other -------------------------------------------------------------

CENTRAL_OF_TEN = 3
"""Central acts among ten documents: one law, one decree and one circular; the rest are communes' decisions."""
_DEEDS = ("quản lý", "hỗ trợ", "thu gom", "cấp phép", "kiểm tra", "bảo vệ", "khai thác", "đăng ký", "sử dụng", "duy tu")
_THINGS = ("đất công ích", "chợ dân sinh", "nhà văn hóa thôn", "rác thải sinh hoạt", "đường liên thôn", "nghĩa trang",
           "nước sạch nông thôn", "chăn nuôi nhỏ lẻ", "lễ hội truyền thống", "quỹ khuyến học", "công trình thủy lợi",
           "hộ kinh doanh", "bến đò ngang", "cây xanh công cộng", "vỉa hè", "nhà ở nguy hiểm", "hòa giải viên",
           "thư viện xã", "làng nghề", "đội dân phòng", "giống cây trồng", "chiếu sáng công cộng", "ao hồ chung",
           "biển hiệu", "mộ liệt sĩ", "vật liệu nổ", "đê bao", "rừng phòng hộ", "trạm y tế", "sân bóng")  # fmt: skip
_PLACES = ("Mẫu Sơn", "Mẫu Hà", "Mẫu Lâm", "Mẫu Điền", "Mẫu Giang", "Mẫu Khê", "Mẫu Long", "Mẫu Thượng")
_CLAUSES = (
    "Thời hạn giải quyết hồ sơ {deed} {thing} là không quá {n} ngày làm việc kể từ ngày nhận đủ hồ sơ.",
    "Mức chi cho người tham gia {deed} {thing} tối đa {m}.000 đồng một ngày làm việc.",
    "Ủy ban nhân dân cấp xã chịu trách nhiệm {deed} {thing} trên địa bàn và báo cáo kết quả hằng năm.",
    "Hồ sơ đề nghị {deed} {thing} gồm đơn theo mẫu, bản sao giấy tờ chứng minh và bản vẽ vị trí.",
    "Khoảng cách từ nơi {deed} {thing} đến khu dân cư ít nhất {m} mét.",
    "Hộ gia đình, cá nhân được {deed} {thing} phải giữ gìn vệ sinh, trật tự và nộp đủ kinh phí đã thỏa thuận.",
    "Trưởng thôn phổ biến việc {deed} {thing} đến từng hộ trước ngày {k} tháng {k} hằng năm.",
)
_MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------\n"


@dataclass(frozen=True, slots=True)
class World:
    """`documents` documents; number n is always the same text for one seed, and names only documents before it.

    `version` of a document (0: as first written) changes some of its clauses, never its masthead.
    """

    documents: int
    seed: int = 0
    articles: int = 8

    def path(self, n: int) -> str:
        """Path below the corpus folder."""
        return f"{'trung-uong' if self.central(n) else 'dia-phuong'}/{n // 1000:03d}/{n:06d}.txt"

    def central(self, n: int) -> bool:
        return n % 10 < CENTRAL_OF_TEN

    def write(self, folder: Path, numbers: Iterable[int] | None = None, version: int = 0) -> None:
        """Write documents (all where None) below a corpus folder."""
        for n in range(self.documents) if numbers is None else numbers:
            place = folder / self.path(n)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(self.text(n, version), "utf-8")

    def text(self, n: int, version: int = 0) -> str:
        """The text of document n."""
        dice = random.Random(self.seed * 1_000_003 + n)
        deed, thing = self._subject(n)
        body = list(self._articles(dice, deed, thing, version))
        return (self._decree(n, dice, body) if self.central(n) else self._local(n, dice, body)) + "\n"

    def symbol(self, n: int) -> str:
        """The number of document n, told once in the whole corpus for central ones."""
        day = self._day(n)
        form = ("QH14", "NĐ-CP", "TT-BTC")[n % 10] if self.central(n) else "QĐ-UBND"
        count = n // 10 + 1 if self.central(n) else n // (10 * len(_PLACES)) * 7 + n % 10
        return f"{count:02d}/{day.year}/{form}"

    def decree(self, number: int, touched: int, since: date = date(2026, 11, 1)) -> str:
        """A new decree of 2026, in force from a day, that repeals and amends `touched` decrees, and details a law."""
        dice = random.Random(-self.seed - number)
        decrees = [10 * dice.randrange(max(1, self.documents // 10)) + 1 for _ in range(touched)]
        lines = [f"Điều 1. Sửa đổi, bổ sung một số điều của {self._named(decrees[0])}"]
        lines.append("1. Sửa đổi, bổ sung khoản 1 Điều 2 như sau:\n“1. Thời hạn là 03 ngày làm việc.”")
        lines += [f"Điều {i}. Bãi bỏ\nBãi bỏ {self._named(n)}." for i, n in enumerate(decrees[1:], 2)]
        lines.append(f"Điều {touched + 1}. Hiệu lực thi hành\nNghị định này có hiệu lực thi hành kể từ ngày "
                     f"{since:%d tháng %m năm %Y}.")  # fmt: skip
        return (
            f"CHÍNH PHỦ\n{_MOTTO}Số: {800 + number}/2026/NĐ-CP\nHà Nội, ngày 12 tháng 10 năm 2026\nNGHỊ ĐỊNH\n"
            f"Sửa đổi, bổ sung, bãi bỏ một số văn bản\nCăn cứ {self._named(0)};\nChính phủ ban hành Nghị định:\n"
            + "\n".join(lines) + "\n"
        )  # fmt: skip

    def _subject(self, n: int) -> tuple[str, str]:
        dice = random.Random(self.seed + n // 10)
        return dice.choice(_DEEDS), dice.choice(_THINGS)

    def _day(self, n: int) -> date:
        start = date(2016, 1, 1)
        return start + timedelta(days=n * 3500 // max(1, self.documents))

    def _named(self, n: int) -> str:
        kind = ("Luật số", "Nghị định số", "Thông tư số")[n % 10] if self.central(n) else "Quyết định số"
        day = self._day(n)
        body = ("Quốc hội", "Chính phủ", "Bộ trưởng Bộ Tài chính")[n % 10] if self.central(n) else self._committee(n)
        return f"{kind} {self.symbol(n)} ngày {day.day:02d} tháng {day.month} năm {day.year} của {body}"

    def _committee(self, n: int) -> str:
        return f"Ủy ban nhân dân xã {_PLACES[n // 10 % len(_PLACES)]}"

    def _earlier(self, n: int, dice: random.Random, of: int) -> int:
        """An earlier document that is number `of` of its ten."""
        return 10 * dice.randrange(max(1, n // 10)) + of

    def _articles(self, dice: random.Random, deed: str, thing: str, version: int) -> Iterator[str]:
        other = random.Random(version)
        for article in range(2, self.articles + 1):
            lines = [f"Điều {article}. Việc {deed} {thing}, phần {article}"]
            for clause in range(1, dice.randint(3, 6)):
                n, m, k = dice.randint(2, 40), dice.randint(20, 300), dice.randint(1, 12)
                words = dice.choice(_CLAUSES)
                if version and other.random() < 0.2:
                    n, m = other.randint(2, 40), other.randint(20, 300)
                lines.append(f"{clause}. " + words.format(deed=deed, thing=thing, n=n, m=m, k=k))
            if version:
                lines.append(f"9. Nội dung trên được sửa lần thứ {version}.")
            yield "\n".join(lines)

    def _decree(self, n: int, dice: random.Random, body: list[str]) -> str:
        deed, thing = self._subject(n)
        day, form = self._day(n), n % 10
        body_name = ("QUỐC HỘI", "CHÍNH PHỦ", "BỘ TÀI CHÍNH")[form]
        kind = ("LUẬT", "NGHỊ ĐỊNH", "THÔNG TƯ")[form]
        own = ("Luật này", "Nghị định này", "Thông tư này")[form]
        title = f"Quy định về {deed} {thing}" if form else f"Luật {thing.capitalize()} số {n}"
        bases = [f"Căn cứ {self._named(self._earlier(n, dice, of))};" for of in range(form)] if n >= 10 else []
        last = [f"Điều {self.articles + 1}. Hiệu lực thi hành\n1. {own} có hiệu lực thi hành kể từ ngày "
                f"{(day + timedelta(days=45)):%d tháng %m năm %Y}."]  # fmt: skip
        if n >= 20 and dice.random() < 0.3:
            last.append(f"2. {self._named(self._earlier(n, dice, form))} hết hiệu lực kể từ ngày {own} có hiệu lực.")
        first = [f"Điều 1. Phạm vi điều chỉnh\n{own} quy định về {deed} {thing}."]
        if n >= 20 and dice.random() < 0.3:
            changed = self._earlier(n, dice, form)
            clause = dice.randint(1, 2)
            last.append(f"3. Sửa đổi, bổ sung khoản {clause} Điều 2 {self._named(changed)} như sau:\n“{clause}. "
                        f"Thời hạn giải quyết là {dice.randint(2, 20)} ngày làm việc.”")  # fmt: skip
        return "\n".join((
            f"{body_name}\n{_MOTTO}Số: {self.symbol(n)}",
            f"Hà Nội, ngày {day.day:02d} tháng {day.month} năm {day.year}",
            kind, title, *bases, *first, *body, *last,
        ))  # fmt: skip

    def _local(self, n: int, dice: random.Random, body: list[str]) -> str:
        deed, thing = self._subject(n)
        day, place = self._day(n), _PLACES[n // 10 % len(_PLACES)]
        law, decree = (self._earlier(n, dice, of) for of in (0, 1))
        own, cited = 10 * (n // 10) + 1, self._earlier(n, dice, dice.choice((1, 2)))
        last = [
            f"Điều {self.articles + 1}. Tổ chức thực hiện\n1. Việc {deed} {thing} thực hiện theo khoản "
            f"{dice.randint(1, 3)} Điều {dice.randint(2, self.articles)} {self._named(cited)}.",
            f"2. Quyết định này có hiệu lực kể từ ngày {(day + timedelta(days=10)):%d tháng %m năm %Y}.",
        ]
        if n >= 20 and dice.random() < 0.15:
            older = self._earlier(n - 10 * (len(_PLACES) - 1), dice, n % 10) if n > 200 else n - 10
            last.append(f"3. {self._named(older)} hết hiệu lực kể từ ngày Quyết định này có hiệu lực.")
        return "\n".join((
            f"ỦY BAN NHÂN DÂN\nXÃ {place.upper()}\n-------\n{_MOTTO}Số: {self.symbol(n)}",
            f"{place}, ngày {day.day:02d} tháng {day.month} năm {day.year}", "QUYẾT ĐỊNH",
            f"Ban hành Quy định về {deed} {thing} trên địa bàn xã {place}",
            f"Căn cứ {self._named(law)};", f"Căn cứ {self._named(decree)};", f"Căn cứ {self._named(own)};",
            "QUYẾT ĐỊNH:", f"Điều 1. Phạm vi điều chỉnh\nQuyết định này quy định về {deed} {thing}.", *body, *last,
            "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Mẫu",
        ))  # fmt: skip
