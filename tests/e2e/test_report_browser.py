"""The report in a real browser: it works from disk, its filters filter, and it asks nothing of any other host."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import cli

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("xa")
    assert cli.main(["init", "--samples", "--workspace", str(folder)]) == 0
    assert cli.main(["review", "--workspace", str(folder), "--as-of", "2026-11-24"]) == 0
    return max((folder / "outputs").glob("luot-*")) / "report.html"


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


def test_filters_and_search(report: Path, browser: object) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(report.as_uri())
    cards = page.locator("article:visible")
    everything = cards.count()
    assert everything >= 20
    page.locator("select").first.scroll_into_view_if_needed()
    page.get_by_role("searchbox").first.fill("so ho khau")
    page.wait_for_timeout(300)
    found = cards.count()
    assert 1 <= found < everything
    assert "sổ hộ khẩu" in cards.first.inner_text().lower()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


def test_everything_is_readable_without_script(report: Path, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator("article").count() >= 20
    assert page.get_by_text("Nghị định số 61/2018/NĐ-CP").first.is_visible()


def test_it_prints_on_a4(report: Path, browser: object, tmp_path: Path) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(report.as_uri())
    data = page.pdf(format="A4")
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type/Page\n") + data.count(b"/Type /Page ") >= 2
