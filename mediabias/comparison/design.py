"""What is compared with what, within what, and how it is tested: one checked record for all that compares."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from mediabias.errors import DesignError

#: Stands for all other outlets in a pair.
REST = "all others"
CHOICES: dict[str, tuple[str, ...]] = {
    "pairs": ("each", "rest", "both"),
    "copies": ("collapse", "drop", "keep"),
    "weights": ("articles", "evidence"),
    "interval": ("wide", "bootstrap-t", "bootstrap", "t"),
    "permute": ("events", "articles"),
    "family": ("all", "feature"),
    "correction": ("bh", "holm"),
}


@dataclass(frozen=True, kw_only=True)
class Design:
    """What `compare` and everything around it compares, checked when it is made.

    Parameters
    ----------
    by : str
        Column of the articles whose values are compared: outlet, or a variable of your own such as leaning.
    within : str, optional
        Column whose values are held equal; None or "" compares across events, on purpose.
    columns : sequence of str, optional
        Columns of the features to compare; all by default.
    pairs : {"each", "rest", "both"} or sequence of (str, str)
        The pairs (a, b), as a minus b. "each" pairs each with each other, "rest" each with the mean of all others,
        named ``"all others"``, which may stand in a pair of your own too. Within an event each of the others counts
        the same, however many articles it has.
    copies : {"collapse", "drop", "keep"}
        How copies of a wire story count. "collapse" counts a story once in each comparison: the origin stays and its
        copies go; where neither outlet has the origin, the copy of one outlet stays, and those of both go, since one
        text tells nothing of a difference. "drop" leaves out all copies. "keep" takes each article as it is.
    weights : {"articles", "evidence"}
        What counts the same within an outlet and event: each article (the mean of the articles' numbers), or each
        piece of exposure (all counts over all exposure, as the profiles of `mediabias.figures` pool them).
    interval : {"wide", "bootstrap-t", "bootstrap", "t"}
        How intervals are made; see `compare`.
    permute : {"events", "articles"}
        What the test exchanges: each event's two means, or the articles within each event. "events" asks whether the
        outlets would differ in other events like these, and needs six of them for a p below 0.05; "articles" asks
        whether they differ in these events, and takes a slant that changes from event to event for a difference.
    family : {"all", "feature"} or mapping of str to sequence of str
        The tests that are corrected together: all, those of one feature, or the columns of each family by its name. A
        column in no declared family is not tested.
    correction : {"bh", "holm"}
        "bh" controls the share of false ones among the differences called real (Benjamini and Hochberg), "holm" the
        chance that any of the family is false.
    margin : float or mapping of str to float, optional
        The largest difference, in the column's unit, that would not matter; by column, or one for all.
    confidence : float
        Level of the intervals.
    resamples : int
        Bootstrap resamples, and the most arrangements that a permutation test tries.
    seed : int
        Seed of the resampling.
    clusters : str, optional
        Column of the units that groups are made of, such as ``"outlet"`` for ``by="leaning"``: these units are then
        what is resampled and exchanged, not events, and each counts the same within its group.

    Raises
    ------
    DesignError
        When a choice is not one that there is; its `parameter` names the field.

    Examples
    --------
    >>> design = Design(by="leaning", clusters="outlet", correction="holm")
    >>> design.but(seed=7).seed, design.within
    (7, 'event')
    >>> Design(copies="some")
    Traceback (most recent call last):
    mediabias.errors.DesignError: copies: 'some' is not one of collapse, drop, keep
    """

    by: str = "outlet"
    within: str | None = "event"
    columns: Sequence[str] | None = None
    pairs: str | Sequence[tuple[str, str]] = "each"
    copies: str = "collapse"
    weights: str = "articles"
    interval: str = "wide"
    permute: str = "events"
    family: str | Mapping[str, Sequence[str]] = "all"
    correction: str = "bh"
    margin: float | Mapping[str, float] | None = None
    confidence: float = 0.95
    resamples: int = 9999
    seed: int = 0
    clusters: str | None = None

    def __post_init__(self) -> None:
        for name, allowed in CHOICES.items():
            value = getattr(self, name)
            is_open = name in ("pairs", "family")  # these may be spelled out
            if (isinstance(value, str) or not is_open) and value not in allowed:
                also = ", or pairs of two names" if name == "pairs" else ""
                raise DesignError(f"{value!r} is not one of {', '.join(allowed)}{also}", parameter=name)
        self._set("within", self.within or None)
        self._set("clusters", self.clusters or None)
        self._set("columns", None if self.columns is None else tuple(dict.fromkeys(self.columns)))
        self._check_pairs()
        self._check_numbers()
        if not isinstance(self.family, str):
            self._set("family", {str(k): tuple(v) for k, v in self.family.items()})
        if self.clusters and self.clusters == self.by:
            raise DesignError(f"{self.clusters!r} is what is compared; name the units within it", parameter="clusters")
        if self.clusters and self.permute == "articles":
            raise DesignError("'articles' can't be exchanged where there are clusters", parameter="permute")

    def _check_pairs(self) -> None:
        if isinstance(self.pairs, str):
            return
        self._set("pairs", tuple(dict.fromkeys((a, b) for a, b in self.pairs)))
        if not self.pairs:
            raise DesignError("empty: leave it out to compare all", parameter="pairs")
        for a, b in self.pairs:
            if a == b:
                raise DesignError(f"{a!r} is paired with itself", parameter="pairs")

    def _check_numbers(self) -> None:
        if not 0 < self.confidence < 1:
            raise DesignError(f"{self.confidence:g} is not between 0 and 1", parameter="confidence")
        if self.resamples < 1:
            raise DesignError(f"{self.resamples}: at least 1", parameter="resamples")
        margins = dict(self.margin) if isinstance(self.margin, Mapping) else {"": self.margin}
        for column, value in margins.items():
            if value is not None and not value > 0:
                where = f"{column} " if column else ""
                raise DesignError(f"{where}{value:g} is not above 0", parameter="margin")
        if isinstance(self.margin, Mapping):
            self._set("margin", {str(k): float(v) for k, v in self.margin.items()})

    def _set(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)  # the record is frozen for everybody else

    def but(self, **changes: Any) -> Design:
        """Return the design with some fields changed, checked again."""
        known = [f.name for f in fields(self)]
        if odd := [name for name in changes if name not in known]:
            raise DesignError(f"no field of a design; there are {', '.join(known)}", parameter=odd[0])
        return dataclasses.replace(self, **changes)

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as what JSON can hold."""
        return json.loads(json.dumps({f.name: getattr(self, f.name) for f in fields(self)}))

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Design:
        """Return the design that `as_dict` was given from."""
        pairs = values.get("pairs", "each")
        made = pairs if isinstance(pairs, str) else [(a, b) for a, b in pairs]
        return cls().but(**{**values, "pairs": made})

    def declare(self, path: str | Path, *, expects: str = "") -> None:
        """Write the design into a file before the numbers are looked at; `compare` checks what ran against it.

        Parameters
        ----------
        path : path
            A JSON file, to be registered or put under version control.
        expects : str
            What is expected, in words; it stands in the report.

        Raises
        ------
        DesignError
            When the file holds another plan already: a plan is not changed after the fact.

        Examples
        --------
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "plan.json"
        >>> Design(columns=["verbs__accusing"], correction="holm").declare(path, expects="Post accuses more than Echo.")
        >>> declared(path)[0].correction
        'holm'
        """
        path = Path(path)
        text = json.dumps({"design": self.as_dict(), "expects": expects}, indent=1, ensure_ascii=False) + "\n"
        if path.exists() and path.read_text(encoding="utf8") != text:
            raise DesignError(f"{path} holds another plan; declare a new one in a file of its own", parameter="path")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf8", newline="\n")

    def departures(self, plan: Design) -> dict[str, tuple[Any, Any]]:
        """Return the fields that are not as planned, each with what was planned and what is.

        Examples
        --------
        >>> Design(seed=3).departures(Design())
        {'seed': (0, 3)}
        """
        own, other = self.as_dict(), plan.as_dict()
        return {name: (other[name], own[name]) for name in own if own[name] != other[name]}

    def changed(self) -> dict[str, Any]:
        """Return the fields that are not the defaults.

        Examples
        --------
        >>> Design(copies="keep", seed=3).changed()
        {'copies': 'keep', 'seed': 3}
        """
        plain = Design().as_dict()
        return {name: value for name, value in self.as_dict().items() if value != plain[name]}


def design_of(design: Design | None, choices: Mapping[str, Any]) -> Design:
    """Return the design that a call is given: an object, its fields by name, or both."""
    if design is not None and not isinstance(design, Design):
        raise DesignError(
            f"a {type(design).__name__}, not a Design: give mb.Design(...), or its fields by name", parameter="design"
        )
    return (design or Design()).but(**choices)


def declared(path: str | Path) -> tuple[Design, str]:
    """Return the design that `Design.declare` wrote, and what was expected.

    Raises
    ------
    DesignError
        When the file is missing, or no plan.
    """
    path = Path(path)
    try:
        found = json.loads(path.read_text(encoding="utf8"))
        return Design.from_dict(found["design"]), str(found["expects"])
    except FileNotFoundError:
        raise DesignError(f"{path}: there is no such file; Design.declare writes one", parameter="plan") from None
    except (KeyError, TypeError, json.JSONDecodeError):
        raise DesignError(f"{path} is no plan; Design.declare writes one", parameter="plan") from None


def plan_text(design: Design, path: str | Path) -> str:
    """Say whether a design is as planned in a file, and where it is not."""
    plan, expects = declared(path)
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    departures = [f"{k} is {_shown(is_)}, planned {_shown(was)}" for k, (was, is_) in design.departures(plan).items()]
    lines = [
        f"Declared in {Path(path).name} (sha256 {digest}).",
        f"Not as planned: {', '.join(departures)}." if departures else "Run as planned.",
    ]
    return "\n".join([*lines, *([f"Expected: {expects}"] if expects else [])])


def _shown(value: Any) -> str:
    return "none" if value is None else json.dumps(value, ensure_ascii=False)
