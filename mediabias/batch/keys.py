"""What a part of the result depends on, as a key: the articles, the feature and its version, the model, the settings.

Equal keys mean equal results, so that what has a key is never computed again; whatever may change a result changes its key.
"""

from __future__ import annotations

import hashlib
import inspect
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

from mediabias.article import Article
from mediabias.features import Feature
from mediabias.features.registry import shipped
from mediabias.tables import installed

_PACKAGE = Path(__file__).parents[1]
#: What is made of an article on the way; the rest is what it came with.
_MADE = {"attributions": "attributions", "actors": "mentions", "passages": "passages"}
_GIVEN = tuple(f.name for f in fields(Article) if f.name not in {*_MADE.values(), "annotated_by", "corrections"})
#: Packages whose version may change what is found.
_READERS = ("mediabias", "onnxruntime", "tokenizers", "numpy", "google-re2", "countryinfo")


def digest(*values: object) -> str:
    """Return the SHA-256 of values that print alike whenever they are alike.

    Examples
    --------
    >>> digest("a", 1) == digest("a", 1), digest("a", 2) == digest("a", 1)
    (True, False)
    """
    return hashlib.sha256(repr(values).encode("utf8", "surrogatepass")).hexdigest()


def of_articles(articles: Sequence[Article], needs: Iterable[str] = ()) -> str:
    """Return the key of some articles, with what was made of them as far as it is needed."""
    shown = (*_GIVEN, *(_MADE[n] for n in sorted(needs)))
    return digest([[getattr(a, name) for name in shown] for a in articles])


def of_feature(feature: Feature) -> str:
    """Return the key of a feature: its code and what it is set to."""
    own = [_source(cls) for cls in type(feature).__mro__ if issubclass(cls, Feature) and cls is not Feature]
    chosen = {k: v for k, v in feature.get_params(deep=False).items() if k != "settings"}
    return digest(type(feature).__qualname__, own, sorted(chosen.items()), sorted(feature.ran().items()), _code())


@cache
def _code() -> str:
    """Return the key of the package: all of its files but the features' own, of which each counts for itself."""
    apart = {Path(inspect.getfile(cls)) for cls in shipped()}
    files = sorted(p for kind in ("py", "csv", "json") for p in _PACKAGE.rglob(f"*.{kind}") if p not in apart)
    read = [(p.relative_to(_PACKAGE).as_posix(), hashlib.sha256(p.read_bytes()).hexdigest()) for p in files]
    return digest(read, [(name, installed(name)) for name in _READERS])


def _source(cls: type) -> str:
    """Return the key of the file that a class is written in; one that is in no file, as in a notebook, never has the same key."""
    try:
        return hashlib.sha256(Path(inspect.getfile(cls)).read_bytes()).hexdigest()
    except (TypeError, OSError):
        return secrets.token_hex()
