"""Types at a pseudo-terminal as a person does: waits for a question, then answers."""

import os
import re
import select
import signal
import time
from collections.abc import Mapping

from tests.journey.journey_commands import PROGRAM

_PATIENCE = 60  # seconds


class AtTerminal:
    """A command that believes to be on a terminal. `printed` is everything that it showed so far."""

    def __init__(self, *words: str, environment: Mapping[str, str] | None = None) -> None:
        import pty  # noqa: PLC0415 - does not exist on Windows

        self.printed = ""
        self._asked = 0
        self._child, self._terminal = pty.fork()
        if self._child == 0:
            os.execve(PROGRAM[0], [*PROGRAM, *words], {**os.environ, **(environment or {})})  # noqa: S606

    def answer(self, question: str, text: str) -> None:
        """Waits until the question is asked (again), and types the answer."""
        self.until(question)
        os.write(self._terminal, text.encode() + b"\n")

    def choose(self, question: str, words: str) -> None:
        """Waits for the question, and types the number that stands before these words in the list above it."""
        self.until(question)
        self.type_number(words)

    def type_number(self, words: str) -> None:
        """Types the number that stands before these words in the list that was printed last."""
        number = re.findall(rf"^  (\d+) {re.escape(words)}", self.printed, re.MULTILINE)[-1]
        os.write(self._terminal, number.encode() + b"\n")

    def interrupt(self, question: str) -> int:
        """Ctrl-C at the question; the exit code.

        What is pressed in the moment before Python reads the line is heard only with the next key: people press again.
        """
        self.until(question)
        for _ in range(_PATIENCE):
            os.write(self._terminal, b"\x03")
            if self._is_over(1):
                break
        return self.end()

    def end_of_input(self, question: str) -> int:
        """Ctrl-D at the question; the exit code."""
        self.until(question)
        os.write(self._terminal, b"\x04")
        return self.end()

    def kill(self, question: str) -> None:
        """No time to tidy up."""
        self.until(question)
        os.kill(self._child, signal.SIGKILL)
        self.end()

    def end(self) -> int:
        """Waits until the command has ended; its exit code."""
        assert self._is_over(_PATIENCE), self.printed
        _, status = os.waitpid(self._child, 0)
        os.close(self._terminal)
        return os.waitstatus_to_exitcode(status)

    def until(self, text: str) -> None:
        """Reads on until the text is printed (again)."""
        end = time.monotonic() + _PATIENCE
        while (at := self.printed.find(text, self._asked)) < 0:
            assert time.monotonic() < end, self.printed
            assert self._read(), f"ended before {text!r}:\n{self.printed}"
        self._asked = at + len(text)

    def _is_over(self, seconds: float) -> bool:
        """Reads for so long, or until the command has ended; whether it has."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if select.select([self._terminal], [], [], left)[0] and not self._read():
                return True
        return False

    def _read(self) -> bool:
        if not select.select([self._terminal], [], [], _PATIENCE)[0]:
            return False
        try:
            chunk = os.read(self._terminal, 4096)
        except OSError:  # how Linux says that the other end is closed
            return False
        self.printed += chunk.decode().replace("\r\n", "\n")
        return bool(chunk)
