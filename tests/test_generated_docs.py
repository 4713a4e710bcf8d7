"""The generated regions of the pages in docs are fresh."""

from __future__ import annotations

import pytest

from tests.generated_docs import DOCS, FAMILIES, PAGES, fresh, rule_pages


@pytest.mark.parametrize("name", PAGES)
def test_generated_regions_are_fresh(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    assert text == fresh(text, PAGES[name]), "run: python -m tests.generated_docs"


def test_every_rule_has_its_page_and_every_page_its_rule() -> None:
    written = {page.name: page.read_text("utf-8") for page in (DOCS / "rules").glob("*.md")}
    assert written == dict(rule_pages()), "run: python -m tests.generated_docs"


def test_the_index_names_every_rule() -> None:
    assert all(f"({code})" in rule_pages()["index.md"] for code in rule_pages() if code != "index.md")
    assert all(code[:3] in FAMILIES for code in rule_pages() if code != "index.md")
