"""Would other choices have said otherwise? One comparison over many defensible specifications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

import pandas as pd

from mediabias.article import Article
from mediabias.comparison.design import Design, design_of
from mediabias.comparison.effects import compare
from mediabias.corpus import Corpus
from mediabias.errors import TableError
from mediabias.features.run import extract
from mediabias.prepare import prepare_all
from mediabias.settings import Settings

#: What can be varied: of the attributions, of the feature, of the comparison.
_OF_SETTINGS, _OF_COMPARISON = ("engine", "min_confidence"), ("copies", "permute", "interval")


def specifications(
    articles: Iterable[Article],
    feature: Any,
    column: str,
    pair: tuple[str, str],
    over: Mapping[str, Sequence[Any]],
    design: Design | None = None,
    **choices: Any,
) -> pd.DataFrame:
    """Return the effect of one column for one pair of outlets under every combination of choices.

    Parameters
    ----------
    articles : iterable of Article
        With events and copies; what they have of attributions is made anew where `over` varies it.
    feature : Feature, its class or its name
    column : str
        One of its columns.
    pair : (str, str)
        The two outlets, as a minus b.
    over : mapping of str to sequence
        What is varied, and its values: "engine", "min_confidence"; a field of the feature, such as "zones"; "copies", "permute",
        "interval" of `compare`.
    design, **choices
        The design of `compare`, the same for all but for what `over` varies, and its fields by name.

    Returns
    -------
    DataFrame
        A row a specification, sorted by estimate: a column for each choice, then estimate, ci_low, ci_high, p, n_articles, n_events,
        and `stands` (the interval lies on the side of zero of the median estimate).

    Raises
    ------
    TableError
        When something is varied that there is not.

    References
    ----------
    Simonsohn, U., Simmons, J. and Nelson, L. (2020). Specification curve analysis. Nature Human Behaviour 4.
    doi:10.1038/s41562-020-0912-z

    Examples
    --------
    >>> texts = {"A": "The road was closed. The port was shut by police.", "B": "The road was closed by police. It was shut by us."}
    >>> made = [Article.from_text(t, f"{o}{e}", outlet=o, event=str(e)) for o, t in texts.items() for e in range(6)]
    >>> table = specifications(made, "voice", "voice__passive_agentless", ("A", "B"), {"interval": ["bootstrap", "t"]})
    >>> table[["interval", "n_events", "estimate"]].values.tolist()
    [['bootstrap', 6, 0.5], ['t', 6, 0.5]]
    """
    from mediabias.features.registry import chosen

    (base,) = chosen(feature)
    fields = base.get_params(deep=False)
    if odd := [k for k in over if k not in (*_OF_SETTINGS, *_OF_COMPARISON, *fields)]:
        raise TableError(
            f"over: {odd[0]!r} is no choice here; one of {', '.join((*_OF_SETTINGS, *_OF_COMPARISON, *(k for k in fields if k != 'name')))}"
        )
    bare = list(articles)
    table = Corpus(bare).articles
    made_design = design_of(design, choices).but(columns=[column], pairs=[pair])
    rows = []
    for values in product(*over.values()):
        told = dict(zip(over, values, strict=True))
        settings = Settings().changed(**{k: v for k, v in told.items() if k in _OF_SETTINGS})
        varied = any(k in over for k in _OF_SETTINGS)
        made = base.__class__(**fields | {k: v for k, v in told.items() if k in fields})
        given = [a.replace(attributions=None, mentions=None) for a in bare] if varied else bare
        prepared = list(prepare_all(given, made.needs, settings))
        numbers = extract(prepared, made, settings).features
        effect = compare(
            numbers,
            table,
            made_design.but(**{k: v for k, v in told.items() if k in _OF_COMPARISON}),
        ).table
        shown = {k: ", ".join(v) if isinstance(v, tuple | list) else v for k, v in told.items()}
        kept = effect.iloc[0][["estimate", "ci_low", "ci_high", "p", "n_articles", "n_events"]].to_dict()
        rows.append(shown | kept)
    made_table = pd.DataFrame(rows).sort_values("estimate", kind="stable", ignore_index=True)
    side = 1 if made_table["estimate"].median() >= 0 else -1
    made_table["stands"] = made_table["ci_low"].gt(0) if side > 0 else made_table["ci_high"].lt(0)
    return made_table
