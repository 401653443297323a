"""Made-up but realistic texts of any number, always the same for the same seed."""

from __future__ import annotations

import random
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
