"""The screens: what the officer reads, what her forms keep, and what hostile text cannot do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus import store
from flows.uploads import safe_name


def test_the_first_screen_tells_what_is_new_due_and_done(page) -> None:  # type: ignore[no-untyped-def]
    text = page.get("/")
    assert "phát hiện cần quyết định" in text
    assert "được xử lý hoặc kiến nghị xử lý" in text
    assert "Công bố danh mục văn bản hết hiệu lực" in text or "Việc đến hạn" in text
    assert "đã cũ" in text  # the newest central document of the samples is old


def test_filters_say_how_many_each_would_give(page) -> None:  # type: ignore[no-untyped-def]
    text = page.get("/phat-hien")
    high = re.search(r'muc_do=cao"><span>Cao</span><span class="n">(\d+)', text)
    assert high is not None
    assert f"Phát hiện: {high[1]}" in page.get("/phat-hien?muc_do=cao")


def test_a_decision_moves_on_and_is_told(page) -> None:  # type: ignore[no-untyped-def]
    first, second, *_ = page.ids()
    text = page.post("/quyet-dinh", phat_hien=first, quyet_dinh="dong_y", ve="")
    assert "Đã ghi “Đồng ý”" in text
    assert f'name="phat_hien" value="{second}"' in text
    assert first not in page.ids()
    with page.door.reading() as opened:
        kept = opened.decision_of(first)
    assert kept is not None
    assert (kept.verdict, kept.by) == ("dong_y", "Cán bộ Mẫu")
    assert "Đã rút lại 1 quyết định" in page.post("/hoan-tac", ve="")
    assert first in page.ids()
    with page.door.reading() as opened:
        assert [one.verdict for one in opened.decision_history(first)][-2:] == ["dong_y", "rut_lai"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"quyet_dinh": "khong_dong_y"}, "phải nêu lý do"),
        ({"quyet_dinh": "khong_dong_y", "ly_do": "ly_do_khac"}, "cần ghi chú"),
        ({"quyet_dinh": "hoan", "den_ngay": "2020-01-01"}, "phải nêu ngày xem lại"),
        ({"quyet_dinh": "hoan", "den_ngay": "mai"}, "không phải ngày"),
        ({"quyet_dinh": "sua", "kien_nghi": "<b>"}, "Không có kiến nghị"),
        ({"quyet_dinh": "rut_lai"}, "Hoàn tác"),
        ({"quyet_dinh": "gi_do"}, "Không có quyết định"),
    ],
)
def test_a_decision_that_lacks_something_says_what(page, fields: dict[str, str], told: str) -> None:  # type: ignore[no-untyped-def]
    text = page.post("/quyet-dinh", 422, phat_hien=page.ids()[0], ve="", **fields)
    assert told in text


def test_an_edited_proposal_is_kept_with_its_particulars(page) -> None:  # type: ignore[no-untyped-def]
    one = page.ids()[0]
    page.post("/quyet-dinh", phat_hien=one, quyet_dinh="sua", kien_nghi="bai_bo_toan_bo", noi_dung="Bãi bỏ cả văn bản.",
              linh_vuc="Tư pháp", don_vi="Văn phòng", han="2026-12-31", ghi_chu="gấp", ve="")  # fmt: skip
    text = page.get(f"/phat-hien/{one}")
    for said in ("Bãi bỏ cả văn bản.", "giao Văn phòng", "hạn 31/12/2026", "ghi chú: gấp", "kiến nghị: Bãi bỏ toàn bộ"):
        assert said in text, said


def test_many_at_once_after_a_preview_and_one_undo(page) -> None:  # type: ignore[no-untyped-def]
    chosen = page.ids()[:5]
    shown = page.post("/hang-loat", phat_hien=chosen, ve="")
    assert "Quyết định hàng loạt: 5 phát hiện" in shown
    assert "phải nêu ngày" in page.post("/hang-loat/ghi", 422, phat_hien=chosen, so_luong="5", quyet_dinh="hoan", ve="")
    assert "đã thay đổi" in page.post("/hang-loat/ghi", 422, phat_hien=chosen, so_luong="4", quyet_dinh="dong_y", ve="")
    assert not set(chosen) - set(page.ids())
    text = page.post("/hang-loat/ghi", phat_hien=chosen, so_luong="5", quyet_dinh="dong_y", ve="")
    assert "cho 5 phát hiện" in text
    assert not set(chosen) & set(page.ids())
    assert "Đã rút lại 5 quyết định" in page.post("/hoan-tac", ve="", tu="danh_sach")
    assert not set(chosen) - set(page.ids())


def test_one_finding_shows_both_texts_the_chain_and_the_reason(page) -> None:  # type: ignore[no-untyped-def]
    text = page.get(f"/phat-hien/{page.ids('?nhom=VD')[0]}")
    for said in ("Văn bản được rà soát", "<mark", "Văn bản đối chiếu", "Chuỗi sự kiện", "Căn cứ, lý do phát hiện",
                 "Lịch sử"):  # fmt: skip
        assert said in text, said


def test_the_law_is_shown_as_it_was_on_a_day(page) -> None:  # type: ignore[no-untyped-def]
    with page.door.reading() as opened:
        known = {d.masthead.symbol for d in _central(page) if d.masthead}
        assert known
        assert opened.last_run() is not None
    one = next(i for i in page.ids("?xu_ly=tat_ca&loai=tat_ca") if "Nội dung tại ngày" in page.get(f"/phat-hien/{i}"))
    early = page.get(f"/phat-hien/{one}?ngay=2005-01-01")
    assert 'value="2005-01-01"' in early


def _central(page) -> list:  # type: ignore[no-untyped-def, type-arg]
    with page.door.reading() as opened:
        paths = [path for path in opened.files() if "/trung-uong/" in path]
    return [document for path in paths if (document := page.door.document(path))]


def test_a_busy_store_is_told_and_reading_goes_on(page, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("flows.workbench.WAIT_S", 0.2)
    one = page.ids()[0]
    with store.open(page.door.space.outputs / "rasoat.db", write=True):
        assert one in page.get("/phat-hien")
        text = page.post("/quyet-dinh", 503, phat_hien=one, quyet_dinh="dong_y", ve="")
    assert "lượt" in text


def test_a_decision_of_the_command_line_is_seen(page, commune: Path) -> None:  # type: ignore[no-untyped-def]
    from flows import cli

    one = page.ids()[0]
    assert cli.main(["decide", one, "--verdict", "dong_y", "--by", "người khác", "--workspace", str(commune)]) == 0
    assert one not in page.ids()
    assert cli.main(["decide", "--undo", "--by", "người khác", "--workspace", str(commune)]) == 0
    assert one in page.ids()


def test_a_masthead_is_corrected_and_wrong_values_are_refused(page) -> None:  # type: ignore[no-untyped-def]
    path = next(entry.path for entry in page.door.ledger() if entry.path)
    fields = re.findall(r'name="m_(\w+)"', page.get(f"/van-ban/mot?tep={path}"))
    assert "signer" in fields
    assert "Chưa có mục nào được sửa" in page.post("/dinh-chinh", 422, tep=path)
    assert "không phải ngày" in page.post("/dinh-chinh", 422, tep=path, m_date="hôm qua")
    page.post("/dinh-chinh", tep=path, m_signer="Người Ký Mẫu")
    text = page.get(f"/van-ban/mot?tep={path}")
    assert 'value="Người Ký Mẫu"' in text
    assert "đã đính chính" in text


def test_what_a_document_has_handled_closes_a_finding(page) -> None:  # type: ignore[no-untyped-def]
    one = page.ids()[0]
    assert "không có dạng số" in page.post("/da-xu-ly", 422, phat_hien=one, so="văn bản mới", ve="")
    text = page.post("/da-xu-ly", phat_hien=one, so="12/2026/QĐ-UBND", ngay_vb="2026-11-02", ve="")
    assert "Đã xử lý bằng văn bản số 12/2026/QĐ-UBND ngày 02/11/2026" in text
    assert one in page.ids("?xu_ly=da_xu_ly")
    assert one not in page.ids()
    page.post("/da-xu-ly", phat_hien=one, so="", ve="")
    assert one in page.ids()


def test_field_and_unit_of_a_document_are_those_of_its_findings(page) -> None:  # type: ignore[no-untyped-def]
    one = page.ids()[0]
    path = re.findall(r'/van-ban/mot\?tep=([^"]+)"', page.get(f"/phat-hien/{one}"))[0].replace("%2F", "/")
    page.post("/phan-cong", tep=path, linh_vuc="Tư pháp", don_vi="Văn phòng HĐND và UBND")
    assert one in page.ids("?linh_vuc=Tư pháp")
    assert "Văn phòng HĐND và UBND" in page.get("/phat-hien")
    page.post("/phan-cong", tep=path)
    assert one not in page.ids("?linh_vuc=Tư pháp")


def test_a_self_check_that_is_done_is_due_no_more(page) -> None:  # type: ignore[no-untyped-def]
    clock = next(one for one in page.door.clocks() if one.code == "tu_kiem_tra")
    path = next(entry.path for entry in page.door.ledger() if entry.key == clock.document)
    assert "chọn kết quả" in page.post("/tu-kiem-tra", 422, tep=path, xong="2026-11-02")
    page.post("/tu-kiem-tra", tep=path, xong="2026-11-02", ket_qua="co_dau_hieu")
    codes = {one.code for one in page.door.clocks() if one.document == clock.document}
    assert codes == {"xu_ly_tu_kiem_tra"}
    page.post("/tu-kiem-tra", tep=path)
    assert clock.code in {one.code for one in page.door.clocks() if one.document == clock.document}


def test_the_page_and_the_desk_tell_the_same(page) -> None:  # type: ignore[no-untyped-def]
    from flows.office import door
    from outputs.workbench.first import progress_of
    from outputs.workbench.site import Site

    agreed, later = page.ids()[:2]
    page.post("/quyet-dinh", phat_hien=agreed, quyet_dinh="dong_y", han="2027-01-05", ve="")
    page.post("/quyet-dinh", phat_hien=later, quyet_dinh="hoan", den_ngay="2099-02-01", ve="")
    with page.door.reading() as opened:
        desk = door.desk(page.door.space, opened, page.door.today())
        assert progress_of(Site(page.door).index(opened)) == desk.progress
    assert page.door.clocks() == desk.clocks
    assert page.door.ledger() == desk.ledger
    assert {one.finding for one in desk.clocks if one.finding} == {agreed, later}


def test_the_opinion_of_a_unit_is_asked_and_answered(page) -> None:  # type: ignore[no-untyped-def]
    path = next(entry.path for entry in page.door.ledger() if entry.path)
    page.post("/y-kien", tep=path, don_vi="Phòng Kinh tế", hoi_ngay="2026-11-02")
    assert [one.name for one in page.door.clocks() if one.code == "y_kien"] == ["Phòng Kinh tế"]
    assert "ghi lý do" in page.post("/y-kien", 422, tep=path, don_vi="Phòng Kinh tế", y_kien="khong_dong_y")
    text = page.post("/y-kien", tep=path, don_vi="phòng kinh tế", hoi_ngay="2026-11-02", y_kien="dong_y")
    assert "Ý kiến của đơn vị (1)" in text
    assert not [one for one in page.door.clocks() if one.code == "y_kien"]


def test_only_files_of_the_corpus_can_be_had(page) -> None:  # type: ignore[no-untyped-def]
    path = next(entry.path for entry in page.door.ledger() if entry.path and entry.path.endswith(".pdf"))
    answer = page.client.get(f"/tep?tep={path}")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.content.startswith(b"%PDF")
    assert page.client.get(f"/anh?tep={path}&trang=1").content.startswith(b"\x89PNG")
    assert page.client.get(f"/anh?tep={path}&trang=99").status_code == 404
    for other in ("corpus/../rasoat.toml", "../../etc/passwd", "corpus/dia-phuong/../../outputs/rasoat.db", "/etc"):
        page.get(f"/tep?tep={other}", 404)
        page.get(f"/giay-to/tep?ten={other}", 404)


def test_text_of_a_document_is_never_markup(page, commune: Path) -> None:  # type: ignore[no-untyped-def]
    words = "<script>alert(1)</script>"
    text = page.get("/phat-hien", 200)
    assert words not in page.get(f"/phat-hien?tim={words}&don_vi={words}")
    one = re.findall(r'data-id="([0-9a-f]+)"', text)[0]
    shown = page.post("/quyet-dinh", phat_hien=one, quyet_dinh="chua_xac_dinh", ghi_chu=words, ve="")
    assert words not in shown
    assert "&lt;script&gt;" in page.get(f"/phat-hien/{one}")


def test_an_upload_is_read_first_and_secrets_leave_nothing(page, commune: Path) -> None:  # type: ignore[no-untyped-def]
    send = {"ma": page.token, "ben": "dia_phuong", "khong_mat": "1"}
    before = sorted(path.name for path in (commune / "corpus" / "dia-phuong").rglob("*"))
    secret = "MẬT\nỦY BAN NHÂN DÂN\nXÃ BẾN GIANG\nSố: 01/BC-UBND\nBÁO CÁO\nVề việc thử\n".encode()
    for name, data in (("mat.txt", secret), ("anh.exe", b"MZ\x90"), ("rong.txt", b"")):
        answer = page.client.post("/tai-len", data=send, files={"tep": (name, data)})
        assert answer.status_code == 422, name
    unsure = page.client.post("/tai-len", data={**send, "khong_mat": ""}, files={"tep": ("a.txt", b"x")})
    assert unsure.status_code == 422
    assert sorted(path.name for path in (commune / "corpus" / "dia-phuong").rglob("*")) == before
    good = "ỦY BAN NHÂN DÂN\nXÃ BẾN GIANG\nSố: 77/KH-UBND\nKẾ HOẠCH\nVề thử nghiệm\n1. Nội dung thử.\n".encode()
    answer = page.client.post("/tai-len", data=send, files={"tep": ("../../kế hoạch.txt", good)})
    assert answer.status_code == 200
    placed = commune / "corpus" / "dia-phuong" / "kế hoạch.txt"
    assert placed.read_bytes() == good
    placed.unlink()


@pytest.mark.parametrize(
    ("name", "safe"),
    [("../../QĐ 12:2024*.docx", "QĐ 12-2024-.docx"), ("con.txt", "_con.txt"), (".rasoat.toml", "rasoat.toml"),
     ("C:\\ho so\\a.pdf", "a.pdf"), ("=cmd|x.txt", "-cmd-x.txt")],
)  # fmt: skip
def test_names_of_uploads(name: str, safe: str) -> None:
    assert safe_name(name) == safe
