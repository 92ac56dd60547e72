"""Which tests run together, and how much a test that `make test` runs may cost."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.util import find_spec

import pytest

# The doctests of modules whose extra is not installed.
collect_ignore = (
    []
    if find_spec("torch") and find_spec("transformers")
    else [f"mediabias/attribution/tagger/{name}.py" for name in ("export", "network", "train")]
)
#: Each of these takes long and shares nothing: it goes to whichever process is free.
ALONE = ("notebook", "real")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the limit on the command line: `make test` gives one, a single test or a run under coverage has none."""
    parser.addoption("--cpu-limit", type=float, metavar="SECONDS", help="fail a test that takes more processor time")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they ask for, and keep those of a file in one process, where what they share is made once."""
    for item in items:
        for name in {"browser", "real"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(name)
        if not any(map(item.get_closest_marker, (*ALONE, "xdist_group"))):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fail a slow test that has no marker; processor time, since that of a clock depends on what else the machine does."""
    before = sum(os.times()[:4])
    yield
    used, limit = sum(os.times()[:4]) - before, item.config.getoption("--cpu-limit")
    if limit is not None and used > limit:
        pytest.fail(
            f"took {used:.0f} s of processor time, more than {limit:g}: make it smaller, or mark it (CONTRIBUTING.md)"
        )
