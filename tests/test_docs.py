"""The documentation says what is there: commands, options, names, pages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import mediabias as mb
from tests.test_repository import commands

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [p for p in PAGES if "generated" not in p.parts]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.stem)
def test_commands_and_names_of_a_page_exist(page: Path) -> None:
    text = page.read_text(encoding="utf8")
    known = commands()
    for name, rest in re.findall(r"(?:^    |`)mediabias (\S+?)(?=[ `\n])([^#\n`]*)", text, re.MULTILINE):
        assert name in known, name
        assert set(re.findall(r"--[\w-]+", rest)) <= known[name] | {"--help"}, (name, rest)
    for dotted in re.findall(r"\bmb\.([\w.]+\w)", text):
        found = mb
        for part in dotted.split("."):
            found = getattr(found, part)


def test_the_reference_has_every_public_name() -> None:
    text = (ROOT / "docs" / "reference.md").read_text(encoding="utf8")
    listed = set(re.findall(r"^   ([\w.]+)$", text, re.MULTILINE))
    public = {
        n
        for n in mb.__all__
        if n not in {"display", "features", "figures", "validation", "FeatureError", "SettingsError", "DesignError"}
    }
    assert public - {"score"} <= listed | {"score"}, public - listed
    assert {f"figures.{n}" for n in mb.figures.__all__ if n[0].islower() and n != "write_all"} <= listed
    assert {f"validation.{n}" for n in mb.validation.__all__ if n[0].islower()} <= listed


def test_every_page_is_reached() -> None:
    text = "\n".join(p.read_text(encoding="utf8") for p in PAGES)
    for page in PAGES:
        if page.name != "index.md" or page.parent.name == "how-to":
            name = page.stem if page.name != "index.md" else "how-to/index"
            assert re.search(rf"^{name}$", text, re.MULTILINE), page


def test_what_builds_the_site_is_locked() -> None:
    group = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["dependency-groups"]["dev"]
    assert {"sphinx", "myst-nb", "furo"} <= {re.split(r"[>=;\[ ]", d)[0] for d in group}
