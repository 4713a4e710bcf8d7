"""The generated regions of the pages in docs are fresh."""

from __future__ import annotations

import pytest

from tests.generated_docs import DOCS, PAGES, fresh


@pytest.mark.parametrize("name", PAGES)
def test_generated_regions_are_fresh(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    assert text == fresh(text, PAGES[name]), "run: python -m tests.generated_docs"
