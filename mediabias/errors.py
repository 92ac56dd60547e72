"""What mediabias raises. Each message says what was found, where, and what to do."""

from __future__ import annotations


class MediabiasError(Exception):
    """Anything that mediabias raises on purpose; `parameter` names the argument that it is about, or is empty."""

    def __init__(self, message: str = "", *, parameter: str = "") -> None:
        super().__init__(message)
        self.parameter = parameter

    @property
    def message(self) -> str:
        """What happened, without the name of the parameter."""
        return str(self.args[0]) if self.args else ""

    def __str__(self) -> str:
        return f"{self.parameter}: {self.message}" if self.parameter else self.message


class ReadError(MediabiasError):
    """A raw document can't be read; `place` says where in it (a line, an article), or is empty."""

    def __init__(self, message: str, *, path: str = "", place: str = "") -> None:
        super().__init__(message)
        self.path = path
        self.place = place

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.path, self.place) if part)
        return f"{where}: {self.message}" if where else self.message


class TableError(MediabiasError, ValueError):
    """A table lacks a column, or holds what it can't hold."""


class DesignError(TableError):
    """A comparison can't be made as it was asked for; `parameter` names the field of the design."""


class ModelError(MediabiasError):
    """A model's files are missing or damaged."""


class FetchError(MediabiasError):
    """A file of a public corpus can't be had, or isn't the one that was wanted."""


class SettingsError(MediabiasError, ValueError):
    """A setting has a value that it can't have."""


class FeatureError(MediabiasError, ValueError):
    """A feature declares or yields what it may not."""
