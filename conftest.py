"""Which tests run together, and how much a test that `make test` runs may cost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

pytest_plugins = ("pytester",)  # tests/test_conftest.py runs pytest on tests of its own
# The doctests of modules whose extra is not installed.
collect_ignore = (
    []
    if find_spec("torch") and find_spec("transformers")
    else [f"mediabias/attribution/tagger/{name}.py" for name in ("export", "network", "train")]
)
if not (find_spec("lightgbm") and find_spec("onnx")):
    collect_ignore.append("mediabias/attribution/who/train.py")
#: What a test is marked with that `make test` leaves out; pyproject.toml says what each means.
LONG = ("notebook", "process", "package", "browser", "real", "slow")
#: Each test of these files takes long and shares nothing: it begins early, in whichever process is free.
ALONE = ("tests/real/", "tests/test_notebooks.py")
#: In these files the model reads the sample; in one process its attributions are found once.
SAMPLE = (
    "tests/test_cli.py",
    "tests/test_planted.py",
    "tests/features/test_cards.py",
    "tests/features/test_quotation.py",
)
#: Seconds of processor time that a test without such a marker may take, several times what the longest does.
MOST = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make test` leave out what takes long."""
    parser.addoption("--fast", action="store_true", help=f"leave out what is marked {', '.join(LONG)}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by what they ask for, leave out what takes long if asked to, and begin with what takes longest."""
    for item in items:
        for name in {"browser", "real"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(name)
    if config.getoption("--fast"):
        left_out = {item for item in items if any(map(item.get_closest_marker, LONG))}
        config.hook.pytest_deselected(items=[item for item in items if item in left_out])
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: not item.nodeid.startswith(ALONE))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep the tests of a file in one process, where what they share is made once.

    The group of a marker `xdist_group` would say the same, but xdist 3.8 loses it with pytest 9.2.
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path = nodeid.partition("::")[0]
            return nodeid if path.startswith(ALONE) else "sample" if path in SAMPLE else path

    config.option.loadscopereorder = False  # in the order of collection, not the files of most tests first
    return ByFile(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a long test that has no marker; processor time, since that of a clock depends on what else the machine does."""
    before = sum(os.times()[:4])
    yield
    used = sum(os.times()[:4]) - before
    if item.config.getoption("--fast") and used > MOST:
        pytest.fail(
            f"took {used:.0f} s of processor time, more than {MOST}: make it smaller, or mark it (CONTRIBUTING.md)"
        )
