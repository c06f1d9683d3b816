"""What chatcode raises when it cannot go on: one line for people, a hint, an exit code."""

from __future__ import annotations


class ChatcodeError(Exception):
    """Something a user can mend.

    `message` says what and where, `hint` what to do; neither ever holds a name, a number or
    message text of a chat. `exit_code` is what the command line ends with.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "", exit_code: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if exit_code is not None:
            self.exit_code = exit_code


class ExportError(ChatcodeError):
    """A file that is no export, or one that cannot be read without guessing."""


class CodebookError(ChatcodeError):
    """A codebook that does not hold together; the message names file, line and code."""


class CheckError(ChatcodeError):
    """A check found something."""

    exit_code = 3


class LeakError(CheckError):
    """Something that would leave holds what identifies a person; names place and kind only."""


class StudyError(ChatcodeError):
    """The study or its key cannot be used: locked, newer than the program, damaged, wrong key."""

    exit_code = 4
