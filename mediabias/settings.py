"""Every choice that changes a number, in one record that goes in at the top and into every manifest on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from mediabias.errors import SettingsError


@dataclass(frozen=True)
class Settings:
    """The choices from raw pages to numbers; each default is what the documentation's figures were made with.

    What a comparison is made with (copies, seed, pairs) is said to `mediabias.comparison.compare`, and written into its report;
    what a feature is set to is a field of the feature.

    Parameters
    ----------
    outlets, outlet, format, meta : str
        Of `mediabias read`: a table of outlets of your own, the outlet of documents that name none, the reader to use, a
        table that fills and overrides; empty for none.
    columns : tuple of str
        Of `mediabias read`: fields of tables and JSON that are called otherwise, as ``text=Body copy``.
    max_bytes, max_depth : int
        Of `mediabias read`: a page or text with more bytes, unpacked, is rejected; elements of a page that lie deeper are read
        as if they lay at that depth.
    max_seconds : float
        Of `mediabias read`: an article that takes longer to read is rejected; 0 for no limit. Kept where the system can
        (POSIX, the main thread).
    threshold, window_days, copy_share : float
        Of `mediabias events`: similarity within an event, days within which articles are one event, share of an article
        that another must hold for it to be a copy.
    event_changes : str
        Of `mediabias events`: a table of what a user knows better; empty for none.
    engine : str
        What finds attributions.
    actors : str
        A table of actors of a user's own, for their mentions; empty for none.
    min_confidence : float
        Features leave out attributions below it; by default those that are rather wrong than right. The attributions
        themselves are kept whole, so that another threshold runs no engine again.

    Raises
    ------
    SettingsError
        When a value is not one of those allowed.

    Examples
    --------
    >>> Settings(engine="rules").changed(threshold=0.2).as_dict()["engine"]
    'rules'
    """

    outlets: str = ""
    outlet: str = ""
    format: str = ""
    meta: str = ""
    columns: tuple[str, ...] = ()
    max_bytes: int = 50_000_000
    max_depth: int = 2048
    max_seconds: float = 60.0
    threshold: float = 0.16
    window_days: float = 7.0
    copy_share: float = 0.5
    event_changes: str = ""
    engine: str = "tagger"
    actors: str = ""
    min_confidence: float = 0.5

    def __post_init__(self) -> None:
        for name in ("threshold", "copy_share", "min_confidence"):
            if not 0 <= getattr(self, name) <= 1:
                raise SettingsError(f"{name}: {getattr(self, name)} is not between 0 and 1")
        if self.max_bytes < 1 or self.max_depth < 1 or self.max_seconds < 0:
            raise SettingsError("max_bytes, max_depth: at least 1; max_seconds: at least 0")
        if self.window_days < 0:
            raise SettingsError(f"window_days: {self.window_days} is below 0")

    def changed(self, **values: Any) -> Self:
        """Return a copy with some choices changed; values of None leave what there is."""
        return replace(self, **{k: v for k, v in values.items() if v is not None})

    def differences(self) -> dict[str, Any]:
        """Return the choices of extracting that are not what they are by default.

        Examples
        --------
        >>> Settings(engine="rules", outlet="Post").differences()
        {'engine': 'rules'}
        """
        names = ("engine", "min_confidence", "actors")
        return {n: getattr(self, n) for n in names if getattr(self, n) != getattr(type(self)(), n)}

    def as_dict(self) -> dict[str, Any]:
        """Return the choices as JSON can hold them."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Read what `as_dict` wrote; a choice that this version doesn't know is refused by name."""
        known = {f.name for f in fields(cls)}
        if odd := sorted(set(values) - known):
            raise SettingsError(f"unknown setting {odd[0]!r}; this version knows {', '.join(sorted(known))}")
        given: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
        return cls(**given)
