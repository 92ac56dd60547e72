"""scikit-learn's own checks of an estimator, on every shipped feature.

Its suite feeds matrices of numbers and leaves out what takes anything else. A feature takes articles, so each one is checked in
an adapted form that differs in its input alone: a row of numbers becomes an article that says them. What is a feature's own (its
parameters, cloning, pickling, statelessness, names and shape of what it gives) is checked as it is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.validation import check_array, validate_data

import mediabias as mb

#: What a check expects of numbers, and why a feature of texts does otherwise. Empty: with rows as articles all hold.
EXPLAINED: dict[str, str] = {}


def on_rows(feature: type[mb.Feature]) -> type[mb.Feature]:
    """Return the feature with rows of numbers for articles."""

    class OnRows(feature):  # type: ignore[misc, valid-type]
        def __sklearn_tags__(self) -> Any:
            tags = super().__sklearn_tags__()
            tags.input_tags.two_d_array, tags.input_tags.string, tags.no_validation = True, False, False
            return tags

        def fit(self, X: Any, y: Any = None) -> Any:
            validate_data(self, X)
            return super().fit(X, y)

        def transform(self, X: Any) -> pd.DataFrame:
            rows = validate_data(self, X, reset=False) if hasattr(self, "n_features_in_") else check_array(X)
            made = super().transform([mb.Article.from_text(_sentence(row), str(n)) for n, row in enumerate(rows)])
            return made.fillna(0.0).to_numpy()

    # A class that pickles finds under its own name.
    OnRows.__name__ = OnRows.__qualname__ = f"OnRows_{feature.__name__}"
    globals()[OnRows.__name__] = OnRows
    return OnRows


def _sentence(row: np.ndarray) -> str:
    return f"The mayor claimed that “{' '.join(f'{v:.6g}' for v in row)}” was perhaps reported by rebels."


@parametrize_with_checks(
    [on_rows(cls)(settings=mb.Settings(engine="rules")) for _, cls in sorted(mb.available().items())],
    expected_failed_checks=lambda _: EXPLAINED,
)
def test_it_passes_scikit_learns_checks(estimator: Any, check: Any) -> None:
    check(estimator)


def test_as_it_is_a_feature_says_that_it_takes_no_matrix() -> None:
    tags = mb.available()["voice"]().__sklearn_tags__()
    assert not tags.input_tags.two_d_array and tags.input_tags.string and not tags.requires_fit
    with pytest.raises(AttributeError):
        mb.available()["voice"]().transform(np.zeros((3, 2)))
