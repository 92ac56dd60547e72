"""The repository itself: one version, one list of dependencies, one direction of imports."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import typer
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from rattler import MatchSpec

from mediabias.cli import app

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
VERSION = PROJECT["project"]["version"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = {canonicalize_name(n): Version(v) for n, v in re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, re.MULTILINE)}


def runtime() -> list[Requirement]:
    return [Requirement(r) for r in PROJECT["project"]["dependencies"]]


def everything() -> list[Requirement]:
    # Training needs gigabytes that nobody else does: the extra is left out of the lock.
    extras = [rs for name, rs in PROJECT["project"]["optional-dependencies"].items() if name != "train"]
    return runtime() + [Requirement(r) for group in (*extras, PROJECT["dependency-groups"]["dev"]) for r in group]


def conda() -> list[str]:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    channel = [d for d in environment["dependencies"] if isinstance(d, str) and d != "pip"]
    # What the channel doesn't have comes from the package index, with the package itself.
    (index,) = (d["pip"] for d in environment["dependencies"] if isinstance(d, dict))
    return channel + [d for d in index if d != "-e ."]


def test_version_is_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest is not None
    assert citation["version"] == VERSION == newest[1]


def test_citation_has_what_the_format_requires():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= citation.keys()
    assert citation["license"] == PROJECT["project"]["license"]


@pytest.mark.parametrize("requirement", everything(), ids=lambda r: r.name)
def test_lock_holds_every_dependency_within_its_bounds(requirement):
    assert PINNED[canonicalize_name(requirement.name)] in requirement.specifier


def test_lock_pins_with_hashes_and_names_no_host():
    blocks = re.split(r"^(?=\S)", LOCK, flags=re.MULTILINE)[1:]
    assert all(re.search(r"--hash=sha256:[0-9a-f]{64}", b) for b in blocks)
    assert not re.search(r"://|\bindex\b|--find-links", LOCK)


def test_environment_names_the_dependencies_with_their_bounds():
    assert conda()[0] == "python=3.11"
    assert {canonicalize_name(re.split(r"[<>=!~ ]", d)[0]): Requirement(d).specifier for d in conda()[1:]} == {
        canonicalize_name(r.name): r.specifier for r in runtime()
    }


@pytest.mark.parametrize("spec", conda())
def test_environment_is_understood_by_conda(spec):
    assert MatchSpec(spec, strict=True).version is not None


def test_environment_accepts_what_the_lock_holds():
    for spec in conda()[1:]:
        requirement = Requirement(spec)
        assert PINNED[canonicalize_name(requirement.name)] in requirement.specifier


def tool(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


def test_imports_go_one_way():
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_ruff_finds_nothing():
    done = tool("ruff", "check", "--output-format=concise", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("feature", entry_points(group="mediabias.features"), ids=lambda e: e.name)
def test_entry_point_is_a_feature_of_that_name(feature):
    assert feature.load()().name == feature.name


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_make_commands_that_the_pages_name_exist(page):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([\w-]+)|^make ([\w-]+)", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE))
    assert named
    assert {a or b for a, b in named} <= targets


def commands() -> dict[str, set[str]]:
    """The command line: each command with its options."""
    group = typer.main.get_command(app)
    # A command with commands of its own has the options of all of them.
    own = {name: [c, *getattr(c, "commands", {}).values()] for name, c in group.commands.items()}
    return {name: {o for c in many for p in c.params for o in p.opts} for name, many in own.items()}


def test_readme_shows_every_command_with_options_that_exist():
    lines = re.findall(r"^    mediabias (\S+)([^#\n]*)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name for name, _ in lines} == set(commands())
    for name, rest in lines:
        assert set(re.findall(r"--[\w-]+", rest)) <= commands()[name]


#: Files of more than 300 lines, each with its reason.
LONG = {
    "actors/mentions.py": "one reading of an article, its steps in the order in which each needs the last",
    "features/base.py": "the contract that a feature's author reads, half of it docstrings",
    "corpus.py": "a corpus in memory and as tables, each the other's inverse",
    "cli.py": "one short function a command, most of it the help of its options",
    "article.py": "the records that cross every boundary, two thirds of it docstrings",
    "attribution/sources.py": "one decision, what a source is, by rules that call each other",
    "attribution/people.py": "one reading of how an article introduces its people",
    "attribution/who/train.py": "the training of three heads from coded articles, read in one go",
    "attribution/tagger/train.py": "the training from beginning to end, read in one go",
    "comparison/effects.py": "one call whose docstring holds the method, its limits and its references",
    "figures/profiles.py": "one kind of figure, outlets across and labels down, and its uses, half of it docstrings",
    "attribution/verbs.py": "one classification; its lexicon is in a table",
}


def test_a_long_file_has_a_reason(root: Path) -> None:
    package = root / "mediabias"
    lengths = {p.relative_to(package).as_posix(): len(p.read_text("utf8").splitlines()) for p in package.rglob("*.py")}
    assert {name for name, n in lengths.items() if n > 300} <= set(LONG)
