"""Counts many files, with a process for each core.

A worker reads what to do from a pipe that only its parent can write to. If the parent ends, however
it ends, the pipe ends too and so does the worker.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, cast

from crimecmp.errors import CrimecmpError
from crimecmp.importers.street.holders import Held
from crimecmp.importers.street.reading import Counted, counted
from crimecmp.tables.names import Names

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

MOST_WORKERS = 4
"""More would use more memory for little gain: the disk is then what they wait for."""

LEAST_BYTES = 1 << 24
"""Fewer bytes than these, as packed, are counted before a worker has started."""

Done = Callable[[Held, Counted], None]
"""Told of each file as it is done."""


def count_all(files: Sequence[Held], areas: Names, done: Done) -> list[Counted]:
    """Return what each file holds, in order.

    Parameters
    ----------
    files
        The files.
    areas
        The names of the forces.
    done
        Told of each file as it is done, in any order.

    Raises
    ------
    CrimecmpError
        If a worker ends before its work is done, for want of memory for instance.
    """
    workers = min(_cores(), MOST_WORKERS)
    if workers == 1 or sum(file.size for file in files) < LEAST_BYTES:
        results = []
        for file in files:
            results.append(counted(file, areas))
            done(file, results[-1])
        return results
    with _started(workers, areas) as connections:
        return _shared_out(files, connections, done)


def _cores() -> int:
    """Return the number of cores that this process may use."""
    with suppress(AttributeError):  # not every system says which
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _shared_out(
    files: Sequence[Held], connections: Sequence[Connection], done: Done
) -> list[Counted]:
    from multiprocessing.connection import wait

    # The largest first, so that no worker is left with a large one at the end.
    order = iter(sorted(range(len(files)), key=lambda nth: files[nth].size, reverse=True))
    results: dict[int, Counted] = {}
    at_work: dict[Connection, int] = {}
    try:
        for connection, nth in zip(connections, order, strict=False):
            connection.send(files[nth])
            at_work[connection] = nth
        while at_work:
            for connection in cast("list[Connection]", wait(list(at_work))):
                nth = at_work.pop(connection)
                results[nth] = connection.recv()
                done(files[nth], results[nth])
                following = next(order, None)
                if following is not None:
                    connection.send(files[following])
                    at_work[connection] = following
    except (EOFError, OSError) as error:
        raise CrimecmpError(
            "a process that counts files has ended before its work was done",
            "Free some memory and try again.",
        ) from error
    return [results[nth] for nth in range(len(files))]


@contextmanager
def _started(number: int, areas: Names) -> Iterator[list[Connection]]:
    """Start workers, and end them whatever happens."""
    from multiprocessing import get_context

    # A process that starts anew holds no pipe of another worker, as a copy of this one would.
    context = get_context("spawn")
    connections: list[Connection] = []
    processes: list[SpawnProcess] = []
    try:
        with _interrupts_left_to_the_parent():
            for _ in range(number):
                here, there = context.Pipe()
                process = context.Process(target=_work, args=(there, areas), daemon=True)
                process.start()
                there.close()
                connections.append(here)
                processes.append(process)
        yield connections
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        for connection in connections:
            connection.close()


@contextmanager
def _interrupts_left_to_the_parent() -> Iterator[None]:
    """Let processes that start meanwhile ignore the keyboard's interrupt: the parent ends them."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # only the main thread can say what a signal does
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(connection: Connection, areas: Names) -> None:
    with suppress(EOFError, OSError):  # the parent has ended
        while True:
            connection.send(counted(connection.recv(), areas))
