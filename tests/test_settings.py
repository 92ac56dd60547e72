"""Choices that change a number are checked as they are made."""

from __future__ import annotations

import pytest

from mediabias.errors import SettingsError
from mediabias.settings import Settings


@pytest.mark.parametrize("value", [-0.5, -1e-9, 1.01])
def test_a_share_lies_between_0_and_1(value: float) -> None:
    with pytest.raises(SettingsError, match="is not between 0 and 1"):
        Settings(min_confidence=value)


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
def test_its_bounds_are_shares_too(value: float) -> None:
    assert Settings(min_confidence=value).min_confidence == value


def test_days_are_not_counted_backwards() -> None:
    assert Settings(window_days=0).window_days == 0
    with pytest.raises(SettingsError, match="window_days: -1 is below 0"):
        Settings(window_days=-1)
