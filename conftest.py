"""Leave out the doctests of modules whose extra is not installed."""

from importlib.util import find_spec

collect_ignore = (
    []
    if find_spec("torch") and find_spec("transformers")
    else [f"mediabias/attribution/tagger/{name}.py" for name in ("export", "network", "train")]
)
