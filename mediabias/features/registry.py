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


def set_fields(features: Iterable[Feature], settings: Iterable[str]) -> list[Feature]:
    """Set fields of features, each as it is typed: ``voice.syntax=en_core_web_sm``, ``quotation.zones=body,headline``.

    Raises
    ------
    FeatureError
        When no such feature is among them, it has no such field, or the field can't have the value.

    Examples
    --------
    >>> verbs, = set_fields(chosen("attribution_verbs"), ["attribution_verbs.zones=body,caption"])
    >>> verbs.zones
    ('body', 'caption')
    """
    made = {f.name: f for f in features}
    for setting in settings:
        place, is_there, value = setting.partition("=")
        name, _, field = place.strip().partition(".")
        if not is_there or not field:
            raise FeatureError(f"set={setting!r}: write NAME.field=value, as voice.syntax=en_core_web_sm")
        if name not in made:
            raise FeatureError(f"set={setting!r}: no feature {name!r} is wanted; one of {', '.join(made)}")
        known = {k: v for k, v in made[name].get_params(deep=False).items() if k not in {"name", "settings"}}
        if field not in known:
            raise FeatureError(f"set={setting!r}: {name!r} has no field {field!r}; one of {', '.join(known)}")
        made[name].set_params(**{field: _typed(value.strip(), known[field], setting)})
        made[name].check_settings()
    return list(made.values())


def _typed(value: str, like: object, setting: str) -> object:
    """Return a value that was typed as one of the field's type, which its default shows."""
    if isinstance(like, bool):
        if value.lower() not in {"true", "false"}:
            raise FeatureError(f"set={setting!r}: true or false")
        return value.lower() == "true"
    if isinstance(like, tuple | list | frozenset | set):
        return type(like)(part.strip() for part in value.split(",") if part.strip())
    if isinstance(like, int | float):
        try:
            return type(like)(value)
        except ValueError:
            raise FeatureError(f"set={setting!r}: {value!r} is no number") from None
    if like is None or isinstance(like, str):
        return value
    raise FeatureError(f"set={setting!r}: this field can be set from Python only")


def changed_fields(features: Iterable[Feature]) -> dict[str, object]:
    """Return the fields of features that are not what they are by default, by ``name.field``.

    Examples
    --------
    >>> changed_fields([*chosen("quotation"), *set_fields(chosen("voice"), ["voice.zones=body"])])
    {'voice.zones': ('body',)}
    """
    found: dict[str, object] = {}
    for feature in features:
        default = type(feature)().get_params(deep=False)
        for k, v in feature.get_params(deep=False).items():
            if k not in {"name", "settings"} and v != default.get(k):
                found[f"{feature.name}.{k}"] = v
    return found


def _instance(feature: Wanted, known: dict[str, type[Feature]]) -> Feature:
    if not isinstance(feature, str):
        return cast(Feature, feature() if isinstance(feature, type) else feature)
    if feature not in known:
        raise FeatureError(f"no feature {feature!r}; one of {', '.join(sorted(known))}")
    return known[feature]()
