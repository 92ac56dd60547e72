"""A document that takes too long to read is given up, so that one that was made to stall, or does by chance, costs no more."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from mediabias.errors import ReadError

Item = TypeVar("Item")


class _OutOfTime(BaseException):
    """Not an Exception: no reader that looks past a fault may look past this one."""


def timed(items: Iterator[Item], seconds: float, path: str) -> Iterator[Item]:
    """Yield what an iterator yields, each within so many seconds; 0 for no limit.

    The limit holds in the main thread of a POSIX system; elsewhere there is none.

    Raises
    ------
    ReadError
        When one takes longer.

    Examples
    --------
    >>> list(timed(iter("ab"), 5, "rain.txt"))
    ['a', 'b']
    """
    end = object()
    while True:
        with _limited(seconds, path):
            item = next(items, end)
        if item is end:
            return
        yield item  # type: ignore[misc]


@contextmanager
def _limited(seconds: float, path: str) -> Iterator[None]:
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _OutOfTime:
        said = f"took longer than the limit of {seconds:g} seconds; look at it, or raise --max-seconds"
        raise ReadError(said, path=path) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
