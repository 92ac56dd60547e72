"""How like two articles are: words, names, numbers and openings, weighed by how rare they are, and the days between."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from mediabias.article import Article

#: What a similarity is made of, and what each counts. Names say most of what happened to whom; the opening says what is new.
WEIGHTS = {"words": 1.0, "names": 1.0, "numbers": 0.2, "opening": 1.0}
#: Characters of an article that tell what is new, after the headline.
_OPENING = 600
#: By how much two articles are less like each other with each day between them.
_DAY = 0.05
#: An unknown date is taken to lie this many days off.
_UNKNOWN = 4.0
# A capital that begins no sentence and no quotation.
_NAME = re.compile(r"(?<![.!?:”\"“\n] )(?<!\n)(?<![“\"‘])\b[A-ZÀ-ÖØ-Þ][a-zA-ZÀ-ÿ’'-]+(?: [A-ZÀ-ÖØ-Þ][a-zA-ZÀ-ÿ’'-]+)*")
_NUMBER = re.compile(r"\b\d(?:[\d,.]*\d)?\b")


def names(text: str) -> list[str]:
    """Return the names in a text, each as a whole and by its last word, since a second mention is often that.

    Examples
    --------
    >>> names("the office of Ana Dole said on Monday that Dole’s boat was in Ellan.")
    ['dole', 'ana_dole', 'monday', 'dole', 'ellan']
    """
    found = []
    for m in _NAME.finditer(text):
        name = re.sub(r"[’']s$", "", m[0]).casefold()
        found.append(name.rpartition(" ")[2])
        if " " in name:
            found.append(name.replace(" ", "_"))
    return found


def numbers(text: str) -> list[str]:
    """Return the numbers in a text, as they are written.

    Examples
    --------
    >>> numbers("On 3 March 2024, 1,200 people and 4.5% of the boats")
    ['3', '2024', '1,200', '4.5']
    """
    return _NUMBER.findall(text)


def vectors(articles: Sequence[Article]) -> sparse.csr_matrix:
    """Return a row an article, of length 1 where all parts of `WEIGHTS` are there: products of rows are similarities.

    References
    ----------
    Salton, G. and Buckley, C. (1988). Term-weighting approaches in automatic text retrieval. Information Processing and
    Management 24. https://doi.org/10.1016/0306-4573(88)90021-0

    Examples
    --------
    >>> made = vectors([Article.from_text(t) for t in ("A storm hit the port.", "The port was hit by a storm.", "Taxes rise.")])
    >>> (made @ made.T).toarray()[0].round(1).astype(str).tolist()
    ['0.6', '0.6', '0.0']
    """
    texts = [a.zone_text() for a in articles]
    openings = [f"{a.title} {t[:_OPENING]}" for a, t in zip(articles, texts, strict=True)]
    total = sum(WEIGHTS.values())
    parts = [
        _rarity(given, analyzer) * np.float32(np.sqrt(WEIGHTS[part] / total))
        for part, given, analyzer in (
            ("words", texts, None), ("names", texts, names), ("numbers", texts, numbers), ("opening", openings, None)
        )
    ]  # fmt: skip
    return sparse.hstack(parts, format="csr", dtype=np.float32)


def _rarity(texts: list[str], analyzer: object) -> sparse.csr_matrix:
    given = {"analyzer": analyzer} if analyzer else {"stop_words": "english", "token_pattern": r"\b\w\w+\b"}
    try:
        return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **given).fit_transform(texts)
    except ValueError:  # not a word, a name, a number in any of them
        return sparse.csr_matrix((len(texts), 0), dtype=np.float32)


def days_of(published: pd.Series) -> np.ndarray:
    """Return dates as days since 1970, with fractions; NaN for those that are unknown.

    Examples
    --------
    >>> days_of(pd.Series(["1970-01-02T12:00:00Z", ""])).tolist()
    [1.5, nan]
    """
    dates = pd.to_datetime(published, utc=True, errors="coerce", format="ISO8601").dt.tz_localize(None)
    seconds = dates.to_numpy("datetime64[s]")
    return np.where(np.isnat(seconds), np.nan, seconds.astype("int64") / 86400.0)


def faded(similarity: np.ndarray, days_a: np.ndarray, days_b: np.ndarray, window: float) -> np.ndarray:
    """Return similarities, less by the days between the articles; 0 for those further apart than the window.

    Examples
    --------
    >>> faded(np.array([0.5, 0.5, 0.5]), np.array([1.0, 1.0, 1.0]), np.array([1.0, 3.0, 20.0]), 7).round(2).tolist()
    [0.5, 0.45, 0.0]
    """
    gap = np.abs(days_a - days_b)
    known = np.where(np.isnan(gap), _UNKNOWN, gap)
    return np.where(gap > window, 0.0, similarity * np.exp(-_DAY * known))
