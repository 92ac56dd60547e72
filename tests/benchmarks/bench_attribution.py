"""Attributions: the trained engine against the rules, and against a tagger and parser of spaCy on the same words."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import mediabias as mb
from mediabias.article import Article
from mediabias.attribution import attribute_all

RAW = Path(__file__).parents[2] / "data" / "raw"
#: As many as this machine class has; the same for all.
THREADS = 2


@cache
def articles() -> list[Article]:
    return list(mb.Corpus.read([RAW]))


def words() -> int:
    return sum(len(a.zone_text().split()) for a in articles())


@cache
def spacy_pipeline() -> Any:
    """Build the CNN pipeline of en_core_web_sm with new weights, which take as long as trained ones.

    Its parts (tok2vec of width 96 and depth 4, tagger, parser, entity recogniser of its own tok2vec) are those of the
    published configuration of that pipeline, version 3.8.
    """
    import spacy

    def tok2vec() -> dict[str, Any]:
        return {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 96,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
                "rows": [5000, 1000, 2500, 2500, 50, 50],
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 96,
                "depth": 4,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        }

    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": tok2vec()})
    tagger = nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    for label in ("NN", "NNP", "VBD", "VBZ", "DT", "IN", "JJ", "RB", "PRP", "."):
        tagger.add_label(label)
    for name, state, own in (("parser", "parser", shared), ("ner", "ner", tok2vec())):
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2",
            "state_type": state,
            "extra_state_tokens": False,
            "hidden_width": 64,
            "maxout_pieces": 2,
            "use_upper": True,
            "tok2vec": own,
        }
        pipe = nlp.add_pipe(name, config={"model": model})
        for label in ("nsubj", "dobj", "det", "amod", "prep", "pobj") if name == "parser" else ("PERSON", "ORG", "GPE"):
            pipe.add_label(label)
    nlp.initialize()
    return nlp


def bench_tagger() -> tuple[int, str]:
    list(attribute_all(articles(), "tagger"))
    return words(), "words"


def against_tagger__rules() -> None:
    list(attribute_all(articles(), "rules"))


def against_tagger__spacy_cnn_one_process() -> None:
    list(spacy_pipeline().pipe(a.zone_text() for a in articles()))


def bench_stream() -> tuple[int, str]:
    """A stream of 40 times the sample: its peak stays near that of the sample alone."""
    stream = (a for _ in range(40) for a in articles()[:6])
    return sum(1 for _ in attribute_all(stream, "tagger")), "articles"
