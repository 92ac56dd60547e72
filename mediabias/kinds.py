"""What is said where a public function is given the wrong kind of thing: what it takes, what it was given, how to get it.

The checks follow the annotations of a function's parameters, so that a new function is covered by its own signature.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from types import FunctionType
from typing import Any, TypeVar

from mediabias.article import Article
from mediabias.errors import MediabiasError

_Given = TypeVar("_Given", bound=Callable[..., Any])


class KindError(MediabiasError, TypeError):
    """A function was given another kind of thing than it takes."""


#: How to get each kind, by the name of its class.
_HOW = {
    "Article": "one article, as corpus['its id'] or mb.Article.from_text(text)",
    "Corpus": "a corpus, as mb.Corpus.read(folder) or mb.Corpus.load(folder)",
    "FeatureTables": "what mb.extract(corpus, features) gives, or mb.FeatureTables.load(folder)[0]",
    "Axes": "what a function of mb.figures gave",
    "Figure": "a figure of matplotlib",
    "str": "a text",
    "Path": "a path",
    "int": "a number",
    "float": "a number",
}
#: How to get a table, by what a parameter is called.
_TABLES = {
    "features": "a table of features, as mb.extract(corpus, ...).features",
    "counts": "a table of counts, as mb.extract(corpus, ...).counts",
    "dictionary": "a data dictionary, as mb.extract(corpus, ...).dictionary",
    "articles": "a table of articles, as corpus.articles",
    "effects": "a table of effects, as mb.compare gives",
    "names": "a table of names, as mb.actor_names(articles) gives",
    "evidence": "a table of evidence, as mb.extract(corpus, ...).evidence",
}
_MANY = "articles: a corpus, or a list of articles, as mb.Corpus.load(folder)"


def checked(function: _Given) -> _Given:
    """Return the function with a check of what it is given.

    Examples
    --------
    >>> @checked
    ... def count(articles: Iterable[Article], column: str) -> int:
    ...     return len(list(articles))
    >>> count([Article.from_text("It rains.")], "x")
    1
    >>> count("It rains.", "x")
    Traceback (most recent call last):
    ...
    mediabias.kinds.KindError: count: 'articles' is a str; it takes articles: a corpus, or a list of articles, as mb.Corpus.load(folder)
    """
    signature = inspect.signature(function)
    known_as = getattr(inspect.unwrap(function), "__globals__", {})
    wanted = {
        p.name: str(p.annotation)
        for p in signature.parameters.values()
        if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    }

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            given = signature.bind(*args, **kwargs).arguments
        except TypeError as error:
            raise KindError(
                f"{function.__name__}: {error}; it is called as {function.__name__}{_short(signature)}"
            ) from None
        for name, annotation in wanted.items():
            if name in given and (mend := _mend(given[name], annotation, name, known_as)):
                raise KindError(f"{function.__name__}: {name!r} is {_kind(given[name])}; it takes {mend}")
        try:
            return function(*args, **kwargs)
        except KeyError as error:
            table = _lacking(given, error.args[0] if error.args else None)
            if table is None:
                raise
            raise KindError(
                f"{function.__name__}: {table!r} has no column {error.args[0]!r}; it takes {_how('pd.DataFrame', table)}"
            ) from error

    wrapped.is_checked = True  # type: ignore[attr-defined]
    return wrapped  # type: ignore[return-value]


def check_public(namespace: dict[str, Any], names: Iterable[str]) -> None:
    """Put checks before the functions of a module that are public."""
    for name in names:
        value = namespace.get(name)
        if isinstance(value, FunctionType) and not hasattr(value, "is_checked"):
            namespace[name] = checked(value)


def _short(signature: inspect.Signature) -> str:
    needed = [n for n, p in signature.parameters.items() if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    return f"({', '.join([*needed, '...'] if len(needed) < len(signature.parameters) else needed)})"


def _lacking(given: Mapping[str, Any], column: object) -> str | None:
    """Return the name of the table that was given without a column that was looked for in it."""
    tables = [n for n, v in given.items() if hasattr(v, "columns") and hasattr(v, "iloc")]
    return next((n for n in tables if isinstance(column, str) and column not in given[n].columns), None)


def _mend(value: Any, annotation: str, name: str, known_as: Mapping[str, Any]) -> str:
    """Return what a parameter takes where `value` is none of that, or an empty string."""
    parts = [p.strip() for p in re.split(r"\|(?![^\[]*\])", annotation)]
    if {"Any", "object"} & set(parts):
        return ""
    known = [
        p
        for p in parts
        if p in _HOW
        or isinstance(known_as.get(p), type)
        or p in {"None", "pd.DataFrame"}
        or re.fullmatch(r"(?:Iterable|Sequence|list)\[Article\]", p)
    ]
    if len(known) < len(parts) or any(_is(value, p) for p in parts):
        return ""
    return " or ".join(dict.fromkeys(_how(p, name) for p in parts if p != "None"))


def _is(value: Any, kind: str) -> bool:
    if kind == "None":
        return value is None
    if kind == "float":
        return isinstance(value, int | float) or type(value).__module__ == "numpy"
    if kind == "int":
        return isinstance(value, int) or type(value).__module__ == "numpy"
    if kind == "str":
        return isinstance(value, str)
    if kind.endswith("[Article]"):
        return _is_articles(value)
    return any(c.__name__ == kind.rpartition(".")[2] for c in type(value).__mro__) or (
        kind == "Path" and isinstance(value, str)
    )


def _is_articles(value: Any) -> bool:
    """Say whether something yields articles, as far as that can be seen without taking any from a stream."""
    if (
        isinstance(value, str | bytes | Mapping | Article)
        or not isinstance(value, Iterable)
        or hasattr(value, "columns")
    ):
        return False
    return not isinstance(value, list | tuple | set | frozenset) or all(isinstance(a, Article) for a in value)


def _how(kind: str, name: str) -> str:
    if kind.endswith("[Article]"):
        return _MANY
    if kind == "pd.DataFrame":
        return _TABLES.get(name, "a table (a pandas DataFrame)")
    return _HOW.get(kind, f"{'an' if kind[0] in 'AEIOU' else 'a'} {kind}")


def _kind(value: Any) -> str:
    name = type(value).__name__
    if isinstance(value, list | tuple) and value and not all(isinstance(v, Article) for v in value):
        odd = next(v for v in value if not isinstance(v, Article))
        return f"a {name} that holds a {type(odd).__name__}"
    return "None" if value is None else f"{'an' if name[:1] in 'AEIOUaeiou' else 'a'} {name}"
