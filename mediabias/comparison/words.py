"""Which words an outlet prefers: weighted log-odds with an informative Dirichlet prior."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.stats import false_discovery_control
from scipy.stats import t as student_t
from sklearn.feature_extraction.text import CountVectorizer

from mediabias.article import DEFAULT_ZONES, WORD, ZONES, Article
from mediabias.comparison.pairing import counts_once
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
    "q",
    "z_words",
    "articles",
    "units",
    "dispersion",
)


def log_odds(
    articles: Iterable[Article],
    by: str = "outlet",
    *,
    within: str | None = "event",
    copies: str = "collapse",
    words_of: str | Iterable[str] = DEFAULT_ZONES,
    prior: float | Mapping[str, float] = 1.0,
    ngrams: tuple[int, int] = (1, 1),
    least: int = 2,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return for each word and group how much more it is used there than in the other groups.

    Parameters
    ----------
    articles : iterable of Article
        With attributions, where `words_of` names a role.
    by : str
        The field of an article that names its group; two or more groups. Articles without one are left out.
    within : str, optional
        The field that is held equal: a word counts only in events that the group and another cover, and in each of them
        both sides weigh the same. None compares all words of all articles.
    copies : {"collapse", "drop", "keep"}
        Whether copies of a story count; they do not by default.
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

    Returns
    -------
    DataFrame
        A row a word and group, sorted by group and falling z: word, group, count, rate and rest_rate (per 1,000 words, events
        held equal), log_odds (difference of log-odds to the other groups together, drawn to zero by the prior), z (over its
        jackknife standard error, or that of independent words where it is larger), ci_low, ci_high (of this drawn difference, not of one without a prior), p (two-sided, of z as
        a t), q (p corrected over the group's words, Benjamini and Hochberg), z_words (over the standard error that words would
        have as independent draws; for comparison with other programs, and not for a test), articles (that use it), units (left
        out in turn: events, or articles), dispersion (deviation of proportions over the group's articles, 0 even to 1 all in
        one).

    Raises
    ------
    TableError
        When there are fewer than two groups, a zone or role is none, or attributions are missing.

    Notes
    -----
    With counts y, prior counts a and totals n, a0: delta = log((y + a) / (n + a0 - y - a)) for the group less that for the
    rest [1]_, equations 15, 16 and 20. Words come in bursts, an article or an event at a time, so that their standard error
    is the jackknife's over events (or over articles, within None); a z of independent words (equation 22) calls one word in
    five different where none is. Within events, the counts are weighted as Mantel and Haenszel weight strata, by n m / (n + m)
    for n words of the group and m of the rest. Dispersion is Gries' [2]_, normalised by what the article sizes allow.

    References
    ----------
    .. [1] Monroe, B., Colaresi, M. and Quinn, K. (2008). Fightin' words. Political Analysis 16(4). doi:10.1093/pan/mpn018
    .. [2] Gries, S. (2008). Dispersions and adjusted frequencies in corpora. International Journal of Corpus Linguistics 13(4).

    Examples
    --------
    >>> texts = [("Post", "rain rain rain sun"), ("Post", "rain sun"), ("Echo", "sun sun sun rain"), ("Echo", "sun sun")]
    >>> articles = [Article.from_text(t, str(n), outlet=o) for n, (o, t) in enumerate(texts)]
    >>> table = log_odds(articles, within=None)
    >>> table.loc[table["z"] > 0, ["word", "group"]].values.tolist()
    [['sun', 'Echo'], ['rain', 'Post']]
    """
    known = _known(list(articles), by, within, copies)
    groups = sorted({getattr(a, by) for a in known})
    if len(groups) < 2:
        raise TableError(f"log-odds need two values of {by!r}; the articles have {groups}")
    terms, counts = _counted(known, words_of, ngrams, least)
    member = np.array([[getattr(a, by) == g for a in known] for g in groups], dtype=float)
    events = sorted({getattr(a, within) for a in known}) if within else [""]
    event = np.array([events.index(getattr(a, within)) if within else 0 for a in known])
    raw = member @ counts  # groups x words
    used = member @ (counts > 0).astype(float)
    spread = np.stack([_dispersion(counts[m.astype(bool)]) for m in member])
    parts = []
    for i, group in enumerate(groups):
        own, rest = _by_event(counts, member[i], event, len(events))
        alpha = _prior(prior, terms, raw) if not within else _prior(prior, terms, np.stack(_equal(own, rest)))
        if within:
            delta, of_words, error, units = _jackknifed(own, rest, alpha)
            one, other = _equal(own, rest)
        else:
            one, other = own[0], rest[0]
            delta, of_words = _delta(one, other, alpha)
            error, units = _over_articles(counts, member[i].astype(bool), alpha)
        # Never less than words have that are drawn independently: a few places that agree are no certainty.
        error = np.maximum(error, of_words)
        # A word of few places has few places to vary over.
        places = (own + rest > 0).sum(axis=0) if within else np.asarray((counts > 0).sum(axis=0)).ravel()
        freedom = np.maximum(np.minimum(units, places) - 1, 1)
        z = delta / error
        p = 2 * student_t.sf(np.abs(z), freedom)
        reach = student_t.ppf((1 + confidence) / 2, freedom) * error
        q = np.full(len(p), np.nan)
        q[~np.isnan(p)] = false_discovery_control(p[~np.isnan(p)])
        columns = (terms, group, raw[i].astype(int), 1000 * one / max(one.sum(), 1e-12), 1000 * other / max(other.sum(), 1e-12),
                   delta, z, delta - reach, delta + reach, p, q, delta / of_words, used[i].astype(int), units, spread[i])  # fmt: skip
        parts.append(pd.DataFrame(dict(zip(_COLUMNS, columns, strict=True))))
    made = pd.concat(parts, ignore_index=True)
    order = made.assign(_by=made["z"].fillna(0.0)).sort_values(
        ["group", "_by", "word"], ascending=[True, False, True], kind="stable", ignore_index=True
    )
    return order.drop(columns="_by")


def _known(articles: list[Article], by: str, within: str | None, copies: str) -> list[Article]:
    """Return the articles that count: with a group, with an event where it is held equal, and copies once."""
    about = pd.DataFrame({"article_id": [a.article_id for a in articles], "copy_of": [a.copy_of for a in articles]})
    once = set(counts_once(about, copies)["article_id"])
    known = [a for a in articles if getattr(a, by) and a.article_id in once]
    if within is None:
        return known
    if known and not any(getattr(a, within) for a in known):
        raise TableError(f"no article has {within!r}: group the articles first, or give within=None")
    return [a for a in known if getattr(a, within)]


def _by_event(counts: sparse.csr_array, is_own: np.ndarray, event: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the counts of a group and of the rest in each event: two arrays, events x words."""
    sides = []
    for weight in (is_own, 1 - is_own):
        place = sparse.csr_array((weight, (event, np.arange(len(event)))), shape=(n, len(event)))
        sides.append((place @ counts).toarray())
    return sides[0], sides[1]


def _equal(own: np.ndarray, rest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the counts over events, each event's weighted so that both sides have the same number of words in it."""
    n, m = own.sum(axis=1), rest.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        weight_own, weight_rest = np.nan_to_num(m / (n + m)), np.nan_to_num(n / (n + m))
    return weight_own @ own, weight_rest @ rest


def _jackknifed(own: np.ndarray, rest: np.ndarray, alpha: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Return the difference of log-odds, its standard errors of independent words and over events, and how many events."""
    both = (own.sum(axis=1) > 0) & (rest.sum(axis=1) > 0)
    own, rest = own[both], rest[both]
    delta, of_words = _delta(*_equal(own, rest), alpha)
    n = len(own)
    if n < 2:
        return delta, of_words, np.full_like(delta, np.nan), n
    one, other = _equal(own, rest)
    # Each event's own part, taken away in turn.
    parts = [_equal(own[e : e + 1], rest[e : e + 1]) for e in range(n)]
    left_out = np.stack([_delta(one - a, other - b, alpha)[0] for a, b in parts])
    return delta, of_words, np.sqrt((n - 1) / n * ((left_out - left_out.mean(axis=0)) ** 2).sum(axis=0)), n


def _over_articles(counts: sparse.csr_array, is_own: np.ndarray, alpha: np.ndarray) -> tuple[np.ndarray, int]:
    """Return the jackknife standard error over articles, group and rest each by themselves, and how many there are."""
    sides = [np.asarray(counts[m].sum(axis=0)).ravel() for m in (is_own, ~is_own)]
    variance = np.zeros(counts.shape[1])
    for side, mask in enumerate((is_own, ~is_own)):
        rows = np.flatnonzero(mask)
        if len(rows) < 2:
            return np.full(counts.shape[1], np.nan), counts.shape[0]
        total, squares = np.zeros(counts.shape[1]), np.zeros(counts.shape[1])
        for row in rows:
            less = [s - counts[[row]].toarray().ravel() if k == side else s for k, s in enumerate(sides)]
            delta = _delta(less[0], less[1], alpha)[0]
            total += delta
            squares += delta**2
        n = len(rows)
        variance += (n - 1) / n * np.maximum(squares - total**2 / n, 0)
    return np.sqrt(variance), counts.shape[0]


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


def _delta(own: np.ndarray, rest: np.ndarray, alpha: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the difference of log-odds of each word, and the standard error that it has of independent words."""
    a0 = alpha.sum()
    alpha = np.where(own + rest + alpha > 0, alpha, np.nan)  # a word that no shared event has is missing
    one, other = (np.log(y + alpha) - np.log(y.sum() + a0 - y - alpha) for y in (own, rest))
    return one - other, np.sqrt(1 / (own + alpha) + 1 / (rest + alpha))


def _dispersion(counts: sparse.csr_array) -> np.ndarray:
    """Return the deviation of proportions of each word over articles, normalised; missing where a group has it never."""
    table = counts.toarray()
    size = table.sum(axis=1)
    expected = size / max(size.sum(), 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        observed = table / table.sum(axis=0)
    most = 1 - expected[expected > 0].min(initial=1.0)
    return np.abs(observed - expected[:, None]).sum(axis=0) / 2 / (most or 1)
