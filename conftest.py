"""Which tests run together, and how much a test that `make test` runs may cost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

pytest_plugins = ("pytester",)  # tests/test_conftest.py runs pytest on tests of its own
# The doctests of modules whose extra is not installed.
collect_ignore = (
    []
    if find_spec("torch") and find_spec("transformers")
    else [f"mediabias/attribution/tagger/{name}.py" for name in ("export", "network", "train")]
)
#: What a test is marked with that `make test` leaves out; pyproject.toml says what each means.
LONG = ("notebook", "process", "package", "browser", "real", "slow")
#: Each of these takes long and shares nothing: it goes to whichever process is free.
ALONE = ("notebook", "real")
#: Seconds of processor time that a test without such a marker may take, several times what the longest does.
MOST = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let `make test` leave out what takes long."""
    parser.addoption("--fast", action="store_true", help=f"leave out what is marked {', '.join(LONG)}")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by what they ask for, and keep those of a file in one process, where what they share is made once."""
    for item in items:
        for name in {"browser", "real"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(name)
        if not any(map(item.get_closest_marker, (*ALONE, "xdist_group"))):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    if config.getoption("--fast"):
        left_out = [item for item in items if any(map(item.get_closest_marker, LONG))]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]


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
