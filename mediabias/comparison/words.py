"""Which words an outlet prefers: weighted log-odds with an informative Dirichlet prior."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import norm
from sklearn.feature_extraction.text import CountVectorizer

from mediabias.article import DEFAULT_ZONES, WORD, ZONES, Article
from mediabias.errors import TableError

#: Roles of an attribution whose words can be compared, besides zones.
ROLES = ("source", "cue", "content", "cue_lemma")
_COLUMNS = (
    "word",
    "group",
    "count",
    "rate",
    "rest_rate",
    "log_odds",
    "z",
    "ci_low",
    "ci_high",
    "p",
    "articles",
    "dispersion",
)


def log_odds(
    articles: Iterable[Article],
    by: str = "outlet",
    *,
    words_of: str | Iterable[str] = DEFAULT_ZONES,
    prior: float | Mapping[str, float] = 1.0,
    ngrams: tuple[int, int] = (1, 1),
    least: int = 2,
    confidence: float = 0.95,
    n_resamples: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Return for each word and group how much more it is used there than in the other groups.

    Parameters
    ----------
    articles : iterable of Article
        With attributions, where `words_of` names a role.
    by : str
        The field of an article that names its group; two or more groups. Articles without one are left out.
    words_of : str or iterable of str
        Zones, or one role of attributions: "source", "cue", "content", "cue_lemma" (one word a cue).
    prior : float or mapping of str to float
        The prior counts. A number is the prior's size as a multiple of the words of the smallest group, distributed as all groups
        together use the words (informative); a mapping gives each word's own count, as from a reference corpus.
    ngrams : (int, int)
        Shortest and longest run of words.
    least : int
        Words used less often in all are left out.
    confidence : float
        Of the intervals.
    n_resamples : int
        Resamples of articles for the intervals; 0 for none.
    seed : int
        Seed of the resampling.

    Returns
    -------
    DataFrame
        A row a word and group, sorted by group and falling z: word, group, count, rate and rest_rate (per 1,000 words), log_odds
        (difference of log-odds to the other groups together), z (over its standard error), ci_low, ci_high (percentiles over
        resampled articles), p (two-sided, of z), articles (that use it), dispersion (deviation of proportions over the group's
        articles, 0 even to 1 all in one).

    Raises
    ------
    TableError
        When there are fewer than two groups, a zone or role is none, or attributions are missing.

    Notes
    -----
    With counts y, prior counts a and totals n, a0: delta = log((y + a) / (n + a0 - y - a)) for the group less that for the rest;
    its variance is about 1/(y + a) of both added up [1]_, equations 15, 16, 20 and 22. That z takes words for independent draws; the
    intervals do not, since they resample whole articles. Dispersion is Gries' [2]_, normalised by what the article sizes allow.

    References
    ----------
    .. [1] Monroe, B., Colaresi, M. and Quinn, K. (2008). Fightin' words. Political Analysis 16(4). doi:10.1093/pan/mpn018
    .. [2] Gries, S. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics 13(4).

    Examples
    --------
    >>> texts = [("Post", "rain rain rain sun"), ("Post", "rain sun"), ("Echo", "sun sun sun rain"), ("Echo", "sun sun")]
    >>> articles = [Article.from_text(t, str(n), outlet=o) for n, (o, t) in enumerate(texts)]
    >>> table = log_odds(articles, n_resamples=0)
    >>> table.loc[table["z"] > 0, ["word", "group"]].values.tolist()
    [['sun', 'Echo'], ['rain', 'Post']]
    """
    known = [a for a in articles if getattr(a, by)]
    groups = sorted({getattr(a, by) for a in known})
    if len(groups) < 2:
        raise TableError(f"log-odds need two values of {by!r}; the articles have {groups}")
    terms, counts = _counted(known, words_of, ngrams, least)
    member = np.array([[getattr(a, by) == g for a in known] for g in groups], dtype=float)
    total = member @ counts  # groups x words
    alpha = _prior(prior, terms, total)
    delta, z = _delta(total, alpha)
    low = high = np.full_like(delta, np.nan)
    if n_resamples:
        drawn = np.stack(list(_resampled(counts, member, alpha, n_resamples, seed)))
        tails = [(1 - confidence) / 2, (1 + confidence) / 2]
        low, high = np.quantile(drawn, tails, axis=0)
    size = total.sum(axis=1, keepdims=True)
    rest = total.sum(axis=0) - total
    rest_size = rest.sum(axis=1, keepdims=True)
    used = member @ (counts > 0).astype(float)
    spread = np.stack([_dispersion(counts[m.astype(bool)]) for m in member])
    parts = [
        pd.DataFrame(
            dict(zip(_COLUMNS, (terms, g, total[i].astype(int), 1000 * total[i] / max(size[i, 0], 1), 1000 * rest[i] / max(rest_size[i, 0], 1),
                                delta[i], z[i], low[i], high[i], 2 * norm.sf(abs(z[i])), used[i].astype(int), spread[i]), strict=True))
        )
        for i, g in enumerate(groups)
    ]  # fmt: skip
    made = pd.concat(parts, ignore_index=True)
    return made.sort_values(["group", "z", "word"], ascending=[True, False, True], kind="stable", ignore_index=True)


def _counted(
    articles: list[Article], words_of: str | Iterable[str], ngrams: tuple[int, int], least: int
) -> tuple[np.ndarray, sparse.csr_array]:
    """Return the words, and how often each article has each."""
    pieces = [list(_pieces(a, words_of)) for a in articles]
    whole = words_of == "cue_lemma"  # "point out" is one
    read = CountVectorizer(
        analyzer=lambda many: [t for piece in many for t in ([piece] if whole else _terms(piece, ngrams))]
    )
    try:
        counts = sparse.csr_array(read.fit_transform(pieces), dtype=float)
    except ValueError:
        raise TableError(f"no word in {words_of!r} of these articles: other zones, or attributions first") from None
    kept = np.asarray(counts.sum(axis=0)).ravel() >= least
    return np.array(read.get_feature_names_out(), dtype=object)[kept], counts[:, kept]


def _pieces(article: Article, words_of: str | Iterable[str]) -> Iterator[str]:
    if isinstance(words_of, str) and words_of in ROLES:
        if article.attributions is None:
            raise TableError(
                f"{article.article_id!r} has no attributions; give articles that went through mb.attribute_all"
            )
        for a in article.attributions:
            if words_of == "cue_lemma":
                yield a.cue_lemma
            else:
                yield from (s.of(article.text) for s in getattr(a, words_of))
        return
    zones = (words_of,) if isinstance(words_of, str) else tuple(words_of)
    if odd := [z for z in zones if z not in ZONES]:
        raise TableError(
            f"no zone or role {odd[0]!r}: a role is one of {', '.join(ROLES)}, a zone one of {', '.join(ZONES)}"
        )
    yield from (s.of(article.text) for s in article.spans(zones))


def _terms(text: str, ngrams: tuple[int, int]) -> Iterator[str]:
    words = [w.lower().replace("’", "'") for w in WORD.findall(text)]
    for n in range(ngrams[0], ngrams[1] + 1):
        yield from (" ".join(words[i : i + n]) for i in range(len(words) - n + 1))


def _prior(prior: float | Mapping[str, float], terms: np.ndarray, total: np.ndarray) -> np.ndarray:
    if isinstance(prior, Mapping):
        return np.array([max(float(prior.get(t, 0.0)), 1e-3) for t in terms])
    if prior <= 0:
        raise TableError(f"prior={prior}: above 0")
    return float(prior) * total.sum(axis=1).min() * total.sum(axis=0) / total.sum()


def _delta(total: np.ndarray, alpha: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the difference of log-odds, and it over its standard error, of counts that are groups x words."""
    a0 = alpha.sum()
    rest = total.sum(axis=-2, keepdims=True) - total
    own, other = (np.log(y + alpha) - np.log(y.sum(axis=-1, keepdims=True) + a0 - y - alpha) for y in (total, rest))
    return own - other, (own - other) / np.sqrt(1 / (total + alpha) + 1 / (rest + alpha))


def _resampled(
    counts: sparse.csr_array, member: np.ndarray, alpha: np.ndarray, n_resamples: int, seed: int
) -> Iterator[np.ndarray]:
    """Yield the differences of log-odds over articles drawn anew within each group."""
    rng = np.random.default_rng(seed)
    places = [np.flatnonzero(m) for m in member]
    for _ in range(n_resamples):
        weights = np.zeros_like(member)
        for row, at in zip(weights, places, strict=True):
            row[at] = np.bincount(rng.integers(0, len(at), len(at)), minlength=len(at))
        yield _delta(weights @ counts, alpha)[0]


def _dispersion(counts: sparse.csr_array) -> np.ndarray:
    """Return the deviation of proportions of each word over articles, normalised; missing where a group has it never."""
    table = counts.toarray()
    size = table.sum(axis=1)
    expected = size / max(size.sum(), 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = table / table.sum(axis=0)
    most = 1 - expected[expected > 0].min(initial=1.0)
    return np.abs(observed - expected[:, None]).sum(axis=0) / 2 / (most or 1)
