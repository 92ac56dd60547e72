"""mediabias: how outlets frame one event, with every number traceable to the words that it came from.

A notebook needs only ``import mediabias as mb``; what a name needs is imported when it is first used (PEP 562).

>>> import mediabias as mb
>>> article = mb.attribute(mb.Article.from_text("“It rains,” said the mayor."))
>>> len(article.attributions)
1
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mediabias import display as display
    from mediabias import features as features
    from mediabias import figures as figures
    from mediabias import validation as validation
    from mediabias.actors import ActorTable, actor_grid, actor_names, with_mentions
    from mediabias.article import Article, Attribution, Block, Evidence, Span
    from mediabias.attribution import attribute, attribute_all, explain, in_words, model_card
    from mediabias.batch import extract_to, verify
    from mediabias.comparison import (
        Comparison,
        Design,
        adjusted,
        compare,
        differences,
        identify,
        log_odds,
        power,
        rank,
        selection,
        smallest_ratio,
        specifications,
        telling_columns,
        with_and_without_copies,
    )
    from mediabias.corpus import Corpus
    from mediabias.correcting import correct
    from mediabias.display import annotated, event
    from mediabias.display.bars import bars
    from mediabias.display.omission import cut_grid, statement_grid
    from mediabias.display.stories import event_grid, side_by_side
    from mediabias.display.viewer import viewer
    from mediabias.errors import DesignError, FeatureError, MediabiasError, ReadError, TableError
    from mediabias.events import group, grouped
    from mediabias.features import Feature, FeatureTables, Label, LexiconFeature, available, examples, extract
    from mediabias.features.cards import cards
    from mediabias.features.voices import voices
    from mediabias.omission.avoidance import missing_kinds
    from mediabias.omission.coverage import cover_events
    from mediabias.omission.cuts import cut_quotations
    from mediabias.omission.kinds import event_kinds
    from mediabias.omission.statements import count_statements, statements
    from mediabias.public import gold, load
    from mediabias.readers import read
    from mediabias.self_portraits import self_portrait
    from mediabias.settings import Settings
    from mediabias.validation import score

__version__ = "0.1.0"

_WHERE = {
    "mediabias.actors": "ActorTable actor_grid actor_names with_mentions",
    "mediabias.article": "Article Attribution Block Evidence Span",
    "mediabias.attribution": "attribute attribute_all explain in_words model_card",
    "mediabias.batch": "extract_to verify",
    "mediabias.comparison": "Comparison Design adjusted compare differences identify log_odds power rank selection smallest_ratio specifications telling_columns with_and_without_copies",
    "mediabias.corpus": "Corpus",
    "mediabias.correcting": "correct",
    "mediabias.display": "annotated event",
    "mediabias.display.bars": "bars",
    "mediabias.display.omission": "cut_grid statement_grid",
    "mediabias.display.stories": "event_grid side_by_side",
    "mediabias.self_portraits": "self_portrait",
    "mediabias.display.viewer": "viewer",
    "mediabias.errors": "DesignError FeatureError MediabiasError ReadError TableError",
    "mediabias.events": "group grouped",
    "mediabias.features": "Feature FeatureTables Label LexiconFeature available examples extract",
    "mediabias.features.cards": "cards",
    "mediabias.features.voices": "voices",
    "mediabias.omission.avoidance": "missing_kinds",
    "mediabias.omission.coverage": "cover_events",
    "mediabias.omission.cuts": "cut_quotations",
    "mediabias.omission.kinds": "event_kinds",
    "mediabias.omission.statements": "count_statements statements",
    "mediabias.public": "gold load",
    "mediabias.readers": "read",
    "mediabias.settings": "Settings",
    "mediabias.validation": "score",
}
#: Parts that a notebook uses by their own names: ``mb.figures.effects``.
_MODULES = ("display", "features", "figures", "validation")
_HOME = {name: module for module, names in _WHERE.items() for name in names.split()}

__all__ = [
    "ActorTable",
    "Article",
    "Attribution",
    "Block",
    "Comparison",
    "Corpus",
    "Design",
    "DesignError",
    "Evidence",
    "Feature",
    "FeatureError",
    "FeatureTables",
    "Label",
    "LexiconFeature",
    "MediabiasError",
    "ReadError",
    "Settings",
    "Span",
    "TableError",
    "actor_grid",
    "actor_names",
    "adjusted",
    "annotated",
    "attribute",
    "attribute_all",
    "available",
    "bars",
    "cards",
    "compare",
    "correct",
    "count_statements",
    "cover_events",
    "cut_grid",
    "cut_quotations",
    "differences",
    "display",
    "event",
    "event_grid",
    "event_kinds",
    "examples",
    "explain",
    "extract",
    "extract_to",
    "features",
    "figures",
    "gold",
    "group",
    "grouped",
    "identify",
    "in_words",
    "load",
    "log_odds",
    "missing_kinds",
    "model_card",
    "power",
    "rank",
    "read",
    "score",
    "selection",
    "self_portrait",
    "side_by_side",
    "smallest_ratio",
    "specifications",
    "statement_grid",
    "statements",
    "telling_columns",
    "validation",
    "verify",
    "viewer",
    "voices",
    "with_and_without_copies",
    "with_mentions",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"mediabias.{name}")
    if name not in _HOME:
        raise AttributeError(f"module 'mediabias' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    if isinstance(value, FunctionType):
        from mediabias.kinds import checked

        value = value if hasattr(value, "is_checked") else checked(value)
    globals()[name] = value
    return value


class _Package(ModuleType):
    """The package itself, so that it can be pickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        # A feature that was written in a notebook refers to the package, and reaches other processes with it.
        return import_module, (self.__name__,)


sys.modules[__name__].__class__ = _Package


def _register_displays() -> None:
    """Tell a notebook how to show our objects; what shows them is imported when there is something to show."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or not hasattr(shell, "display_formatter"):
        return
    html = shell.display_formatter.formatters["text/html"]
    for module, name, home, maker in (
        ("article", "Article", "display", "annotated"),
        ("corpus", "Corpus", "display", "corpus"),
        ("comparison.result", "Comparison", "display.contrasts", "comparison"),
    ):
        html.for_type_by_name(
            f"mediabias.{module}",
            name,
            lambda value, home=home, maker=maker: getattr(import_module(f"mediabias.{home}"), maker)(
                value
            )._repr_html_(),
        )


_register_displays()


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
