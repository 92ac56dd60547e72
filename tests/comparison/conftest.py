from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pytest

Row = tuple[str, str, float]


@pytest.fixture(scope="session")
def tables():
    """Make features and articles of rows (outlet, event, value): ids are outlet-event-number."""

    def make(rows: Iterable[Row], column: str = "verbs__accusing") -> tuple[pd.DataFrame, pd.DataFrame]:
        articles = pd.DataFrame(list(rows), columns=["outlet", "event", column])
        number = articles.groupby(["outlet", "event"]).cumcount().astype(str)
        articles.insert(0, "article_id", articles["outlet"] + "-" + articles["event"] + "-" + number)
        features = articles[["article_id", column]]
        return features, articles[["article_id", "outlet", "event"]].assign(copy_of="")

    return make
