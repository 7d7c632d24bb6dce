"""What takes long is said on standard error, where a person is looking."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Callable

import pytest

from crimecmp.cli import progress
from crimecmp.cli.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal, and tells when something was said."""

    def __init__(self) -> None:
        super().__init__()
        self.said = threading.Event()

    def isatty(self) -> bool:
        """Say yes."""
        return True

    def flush(self) -> None:
        """Tell that something was said."""
        self.said.set()


Looking = Callable[[], Terminal]


class Timer:
    """A timer whose time passes when the test says so."""

    made: list[Timer]

    def __init__(self, seconds: float, function: Callable[[], None]) -> None:
        self.seconds, self.function = seconds, function
        self.started = self.cancelled = self.daemon = False
        Timer.made.append(self)

    def start(self) -> None:
        """Begin."""
        self.started = True

    def cancel(self) -> None:
        """End."""
        self.cancelled = True

    def pass_by(self) -> None:
        """Let the time pass."""
        assert self.started
        assert not self.cancelled
        self.function()


@pytest.fixture
def timers(monkeypatch: pytest.MonkeyPatch) -> list[Timer]:
    """Return the timers that are made: time stands still but for them."""
    Timer.made = []
    monkeypatch.setattr(threading, "Timer", Timer)
    return Timer.made


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> Looking:
    """Return what makes standard error a terminal (in the test: pytest sets it anew before)."""

    def look() -> Terminal:
        stream = Terminal()
        monkeypatch.setattr(sys, "stderr", stream)
        return stream

    return look


def test_a_second_passes_before_anything_is_said(looking: Looking, timers: list[Timer]) -> None:
    """Until a second has passed nothing is said, however many steps there are."""
    terminal = looking()
    with Progress() as begin:
        begin("reading one")
        begin("reading two")
        assert terminal.getvalue() == ""
        assert [timer.seconds for timer in timers] == [1.0]
    assert terminal.getvalue() == ""


def test_what_takes_long_is_said(looking: Looking, timers: list[Timer]) -> None:
    """After a second the step that is going on is said, and then each one as it begins."""
    terminal = looking()
    with Progress() as begin:
        begin("reading one")
        begin("reading two")
        timers[0].pass_by()
        assert terminal.getvalue() == "crimecmp: reading two …\n"
        begin("writing mine")
    assert terminal.getvalue() == "crimecmp: reading two …\ncrimecmp: writing mine …\n"


@pytest.mark.parametrize("error", [None, KeyboardInterrupt, ValueError])
def test_nothing_is_said_when_it_is_over(
    looking: Looking, timers: list[Timer], error: type[BaseException] | None
) -> None:
    """The timer ends with the work, also where that fails, and the error goes on."""
    terminal = looking()

    def work() -> None:
        with Progress() as begin:
            begin("reading one")
            if error:
                raise error

    if error:
        with pytest.raises(error):
            work()
    else:
        work()
    assert timers[0].cancelled
    assert terminal.getvalue() == ""


def test_a_timer_holds_nobody_up(looking: Looking, timers: list[Timer]) -> None:
    """The program can end while the timer is waiting."""
    looking()
    with Progress():
        assert timers[0].started
        assert timers[0].daemon


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_nothing_is_said_off_a_terminal(
    monkeypatch: pytest.MonkeyPatch, timers: list[Timer], stream: io.StringIO | None
) -> None:
    """Where nobody is looking, or nobody can, no time is taken and nothing is said."""
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress() as begin:
        begin("reading one")
        assert not any(timer.started for timer in timers)
    assert stream is None or stream.getvalue() == ""


def test_a_real_second_passes(monkeypatch: pytest.MonkeyPatch, looking: Looking) -> None:
    """A real timer says the step while the work is still going on."""
    terminal = looking()
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    with Progress() as begin:
        begin("reading one")
        assert terminal.said.wait(30)
        begin("reading two")
    assert terminal.getvalue().splitlines()[-1] == "crimecmp: reading two …"


def test_how_far_a_step_is_takes_the_place_of_what_was_said(
    looking: Looking, timers: list[Timer]
) -> None:
    """Only once the time has passed, on one line, which ends before the next step."""
    stream = looking()
    with Progress() as begin:
        begin("reading")
        begin.moved("10%")
        assert stream.getvalue() == ""
        timers[0].pass_by()
        begin.moved("50%")
        begin.moved("90%")
        begin("writing")
    assert stream.getvalue() == (
        "crimecmp: reading …\n\r\x1b[Kcrimecmp: 50%\r\x1b[Kcrimecmp: 90%\ncrimecmp: writing …\n"
    )
