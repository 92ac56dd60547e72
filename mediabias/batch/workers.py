"""Who does the work: this process, several, or a Dask cluster; the results come in the order of the tasks."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from typing import Any, TypeVar

from mediabias.errors import MediabiasError

Task = TypeVar("Task")
Result = TypeVar("Result")

#: Tasks that are under way for each worker: one is read while another is computed.
_AHEAD = 2
#: Times in a row that workers may die on the same task.
_DEATHS = 5


class Workers:
    """Computes tasks one after the other in this process.

    Used as a context; `each` yields results in the order of the tasks, with the few that are under way in memory.
    """

    def each(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task."""
        return map(work, tasks)


class Processes(Workers):
    """Several processes of this machine, each with the model loaded once; one that dies is replaced and its task tried again.

    Parameters
    ----------
    jobs : int
        Processes.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def each(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task.

        Raises
        ------
        MediabiasError
            When processes die on the same task again and again.
        """
        waiting: deque[tuple[Task, Future[Result]]] = deque()
        deaths, stream = 0, iter(tasks)
        try:
            while True:
                for task in stream:
                    waiting.append((task, self._pool().submit(work, task)))
                    if len(waiting) >= _AHEAD * self.jobs:
                        break
                if not waiting:
                    return
                try:
                    result = waiting[0][1].result()
                except BrokenExecutor as error:
                    deaths += 1
                    if deaths >= _DEATHS:
                        raise MediabiasError(
                            f"processes died {deaths} times on the same articles ({error.__class__.__name__}), as they do when "
                            "memory is short: run the same command with fewer --jobs, it goes on from here"
                        ) from None
                    waiting = deque((t, self._pool().submit(work, t)) for t, _ in waiting)
                    continue
                waiting.popleft()
                deaths = 0
                yield result
        finally:
            if waiting:  # stopped half way: nobody wants the rest
                self._pool().shutdown(wait=True, kill_workers=True)

    def _pool(self) -> Any:
        from loky import get_reusable_executor

        return get_reusable_executor(max_workers=self.jobs, timeout=60, initializer=_end_with, initargs=(os.getpid(),))


def _end_with(parent: int) -> None:
    """Let a worker end when the run that it works for has been killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    if os.name == "posix":
        threading.Thread(target=watch, daemon=True).start()


class Cluster(Workers):
    """The workers of a Dask cluster, which need the package, but none of our files.

    Parameters
    ----------
    client : dask.distributed.Client
    """

    def __init__(self, client: Any) -> None:
        self.client = client

    def each(self, work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task.

        Raises
        ------
        MediabiasError
            When the cluster is lost, or its workers die on the same task again and again.
        """
        from distributed import CancelledError, KilledWorker  # an extra
        from distributed.comm import CommClosedError

        executor: Executor = self.client.get_executor(pure=False, retries=_DEATHS)
        ahead = _AHEAD * max(1, sum(self.client.nthreads().values()))
        waiting: deque[Future[Result]] = deque()
        stream = iter(tasks)
        try:
            while True:
                for task in stream:
                    waiting.append(executor.submit(work, task))
                    if len(waiting) >= ahead:
                        break
                if not waiting:
                    return
                yield waiting.popleft().result()
        except (KilledWorker, CancelledError, CommClosedError) as error:
            raise MediabiasError(
                f"the cluster was lost ({type(error).__name__}: {error}); when it is there again, run the same command: it goes on "
                "from here"
            ) from None
        finally:
            for future in waiting:
                future.cancel()


@contextmanager
def chosen(jobs: int = 1, cluster: Any = None) -> Iterator[Workers]:
    """Yield the workers that are asked for: `cluster` is a Dask client, or the address of a scheduler.

    Raises
    ------
    MediabiasError
        When Dask is not installed, or there is no scheduler at the address.
    """
    if cluster is None:
        if jobs < 1:
            raise MediabiasError(f"jobs={jobs}: at least 1")
        yield Processes(jobs) if jobs > 1 else Workers()
        return
    if not isinstance(cluster, str):
        yield Cluster(cluster)
        return
    try:
        from distributed import Client
    except ModuleNotFoundError:
        raise MediabiasError("Dask is not installed: pip install 'mediabias[cluster]'") from None
    try:
        client = Client(cluster, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise MediabiasError(f"no Dask scheduler at {cluster} ({error}); start one with `dask scheduler`") from None
    with client:
        yield Cluster(client)
