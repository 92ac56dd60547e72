"""mediabias: how outlets frame one event, with every number traceable to the words that it came from.

A notebook needs only ``import mediabias as mb``:

>>> import mediabias as mb
>>> article = mb.attribute(mb.Article.from_text("“It rains,” said the mayor."))
>>> len(article.attributions)
1
"""

from mediabias import figures
from mediabias.article import Article, Attribution, Block, Evidence, Span
from mediabias.attribution import attribute, attribute_all, model_card
from mediabias.compare import compare, differences, summary
from mediabias.corpus import Corpus
from mediabias.display import annotated, event
from mediabias.errors import MediabiasError, ReadError, TableError
from mediabias.events import group
from mediabias.features import available, examples, extract
from mediabias.features.base import Feature
from mediabias.readers import read

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Attribution",
    "Block",
    "Corpus",
    "Evidence",
    "Feature",
    "MediabiasError",
    "ReadError",
    "Span",
    "TableError",
    "annotated",
    "attribute",
    "attribute_all",
    "available",
    "compare",
    "differences",
    "event",
    "examples",
    "extract",
    "figures",
    "group",
    "model_card",
    "read",
    "summary",
]
