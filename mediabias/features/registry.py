"""Which features there are: those of the package, and those that installed packages announce."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from importlib.metadata import entry_points
from typing import cast

from mediabias.errors import FeatureError
from mediabias.features.actor_labels import ActorLabels
from mediabias.features.attribution_verbs import AttributionVerbs
from mediabias.features.base import Feature
from mediabias.features.headline_body import HeadlineBody
from mediabias.features.hedges_and_boosters import HedgesAndBoosters
from mediabias.features.loaded_terms import LoadedTerms
from mediabias.features.naming import Naming
from mediabias.features.quotation import Quotation
from mediabias.features.self_description import SelfDescription
from mediabias.features.share_of_voice import ShareOfVoice
from mediabias.features.source_labels import SourceLabels
from mediabias.features.voice import Voice
from mediabias.features.wire_reliance import WireReliance

_SHIPPED: tuple[type[Feature], ...] = (
    SourceLabels,
    AttributionVerbs,
    SelfDescription,
    ShareOfVoice,
    Naming,
    ActorLabels,
    Quotation,
    HedgesAndBoosters,
    LoadedTerms,
    WireReliance,
    HeadlineBody,
    Voice,
)
Wanted = str | type[Feature] | Feature


def shipped() -> tuple[type[Feature], ...]:
    """Return the features of the package itself, in the order of its tables."""
    return _SHIPPED


def available() -> dict[str, type[Feature]]:
    """Return the features by name: those shipped, and those of installed packages.

    A package announces its features in the entry-point group ``mediabias.features``. One that can't be loaded is named in
    a warning and left out, and none takes the place of a shipped one.

    Examples
    --------
    >>> {"source_labels", "attribution_verbs", "self_description"} <= set(available())
    True
    """
    shipped = {cls.name: cls for cls in _SHIPPED}
    found, own = dict(shipped), {f"{cls.__module__}:{cls.__name__}" for cls in _SHIPPED}
    for point in sorted(entry_points(group="mediabias.features"), key=lambda p: (p.name, p.value)):
        if point.value in own:
            continue
        try:
            cls = point.load()
            name = cls.name
        except Exception as error:
            warnings.warn(f"feature {point.name!r} of {point.value} left out: {error!r}", stacklevel=2)
            continue
        if name in found:
            warnings.warn(f"feature {name!r} of {point.value} left out: another one has the name", stacklevel=2)
            continue
        found[name] = cls
    return found


def chosen(features: Wanted | Iterable[Wanted] | None) -> list[Feature]:
    """Return instances of the features asked for; all that there are by default.

    Raises
    ------
    FeatureError
        When no feature has a name that was given, two have the same, or a setting can't be used.
    """
    if features is None:
        features = list(available())
    wanted = [features] if isinstance(features, str | type | Feature) else list(features)
    known = available() if any(isinstance(f, str) for f in wanted) else {}
    made = [_instance(f, known) for f in wanted]
    names = [f.name for f in made]
    if twice := sorted({n for n in names if names.count(n) > 1}):
        raise FeatureError(f"two features are named {twice[0]!r}; give one another name: Feature(name=...)")
    for feature in made:
        feature.check_settings()
    return made


def _instance(feature: Wanted, known: dict[str, type[Feature]]) -> Feature:
    if not isinstance(feature, str):
        return cast(Feature, feature() if isinstance(feature, type) else feature)
    if feature not in known:
        raise FeatureError(f"no feature {feature!r}; one of {', '.join(sorted(known))}")
    return known[feature]()
