"""Which outlet covers which event, and where its collection is too thin to tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mediabias.corpus import Corpus
from mediabias.errors import TableError


@dataclass(frozen=True)
class Coverage:
    """Which outlet covers which event.

    Attributes
    ----------
    covered : DataFrame
        A row an event, a column an outlet: True, False, or missing where the outlet's collection is thin, so that nobody
        can tell.
    events : DataFrame
        A row an event in the same order: event, date (of its first article), headline (of the article nearest to all
        others by date), articles, outlets.
    articles : DataFrame
        A row an article of these events: event, outlet, article_id.
    """

    covered: pd.DataFrame
    events: pd.DataFrame
    articles: pd.DataFrame

    def missed(self, outlet: str, *, least: float = 0.5) -> pd.DataFrame:
        """Return the events that an outlet does not cover though at least a share `least` of the others does.

        Returns
        -------
        DataFrame
            Those that most others cover first: event, date, headline, others (number that cover it), of (number whose
            collection is complete enough to tell), article_ids (what the others published).

        Raises
        ------
        TableError
            When there is no such outlet.
        """
        others, share = self.share_of_others(outlet)
        hit = (self.covered[outlet] == False).to_numpy(dtype=bool, na_value=False) & (share >= least)  # noqa: E712
        found = self.events[["event", "date", "headline"]].loc[hit].copy()
        known = self.covered.drop(columns=outlet)
        found["others"], found["of"] = others[hit], known.notna().sum(axis=1).to_numpy()[hit]
        ids = self.articles.groupby("event")["article_id"].apply(sorted)
        found["article_ids"] = [ids[e] for e in found["event"]]
        return found.sort_values(["others", "event"], ascending=[False, True], ignore_index=True)

    def share_of_others(self, outlet: str) -> tuple[np.ndarray, np.ndarray]:
        """Return for each event how many other outlets cover it, and their share of those that can be told."""
        if outlet not in self.covered:
            raise TableError(f"no outlet {outlet!r} here; there are {', '.join(map(repr, self.covered.columns[:8]))}")
        known = self.covered.drop(columns=outlet)
        count = known.fillna(False).astype(bool).sum(axis=1).to_numpy()
        return count, count / np.maximum(known.notna().sum(axis=1).to_numpy(), 1)


def cover_events(corpus: Corpus, *, window_days: float = 3.0, least_articles: int = 10, thin: float = 0.25) -> Coverage:
    """Tabulate which outlet covers which event, with cells missing where an outlet's collection is thin.

    Parameters
    ----------
    corpus : Corpus
        With outlets, dates and events (`mediabias.group`).
    window_days : float
        Days before and after an event's first article in which an outlet's other articles are counted.
    least_articles : int
        An outlet with fewer articles in the whole corpus is left out: next to nothing can be said of it.
    thin : float
        Where an outlet has fewer articles in the window than this share of its own median over all events, and does not
        cover the event, its cell is missing: the collection may lack what the outlet published.

    Raises
    ------
    TableError
        When no article has an event and a date, or when fewer than three outlets have enough articles.

    Notes
    -----
    An outlet that publishes nothing for some days for a reason of its own looks like a thin collection. `missing_kinds`
    therefore gives bounds, too.
    """
    table = corpus.articles
    table = table[(table["outlet"] != "")]
    sizes = table["outlet"].value_counts()
    kept = sorted(sizes[sizes >= least_articles].index)
    day = pd.to_datetime(table["published"], utc=True, errors="coerce", format="ISO8601").dt.tz_localize(None)
    table = table.assign(day=day.to_numpy("datetime64[s]").astype("int64") / 86400)
    table.loc[day.isna().to_numpy(), "day"] = np.nan
    table = table[table["outlet"].isin(kept)]
    inside = table[(table["event"] != "") & table["day"].notna()]
    if inside.empty:
        raise TableError("no article has both an event and a date; run mb.group, and give dates by --meta")
    if len(kept) < 3:
        raise TableError(f"{len(kept)} outlets have {least_articles} articles or more; three are needed to compare")
    first = inside.sort_values(["day", "article_id"]).groupby("event").first()
    events = pd.DataFrame(
        {
            "event": first.index,
            "date": [str(p)[:10] for p in first["published"]],
            "headline": first["title"].to_numpy(),
            "articles": inside.groupby("event").size().reindex(first.index).to_numpy(),
            "outlets": inside.groupby("event")["outlet"].nunique().reindex(first.index).to_numpy(),
        }
    ).sort_values(["date", "event"], ignore_index=True)
    start = first["day"].reindex(events["event"]).to_numpy()
    has = set(zip(inside["event"], inside["outlet"], strict=True))
    columns = {}
    for outlet in kept:
        own = np.sort(table.loc[(table["outlet"] == outlet) & table["day"].notna(), "day"].to_numpy())
        near = np.searchsorted(own, start + window_days, "right") - np.searchsorted(own, start - window_days, "left")
        covered = np.array([(e, outlet) in has for e in events["event"]], dtype=bool)
        cells = pd.array(covered, dtype="boolean")
        cells[~covered & (near < max(1.0, thin * float(np.median(near))))] = pd.NA
        columns[outlet] = cells
    return Coverage(pd.DataFrame(columns), events, inside[["event", "outlet", "article_id"]].reset_index(drop=True))
