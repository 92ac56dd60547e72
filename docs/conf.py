"""The documentation as a site: `make docs` builds it into build/docs, `make site` serves it."""

import shutil
import sys
from pathlib import Path

import mediabias as mb
from mediabias.features.registry import shipped

HERE = Path(__file__).parent
GENERATED = HERE / "generated"
sys.path.insert(0, str(HERE.parent))

project = "mediabias"
author = "The mediabias authors"
version = release = mb.__version__
copyright = author
extensions = ["sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon", "myst_nb"]
html_theme = "furo"
html_title = "mediabias"
html_show_sphinx = False
html_copy_source = False
html_static_path = ["static"]
html_css_files = ["site.css"]
exclude_patterns = ["img", "static"]
myst_enable_extensions = ["colon_fence"]
nb_execution_mode = "off"  # they have been run by notebooks/run.py
autosummary_generate = True
autodoc_typehints = "none"  # the docstrings say what goes in and out
napoleon_google_docstring = False
# Markup of outputs that only JupyterLab knows, and headings of notebooks that begin lower than the first level.
suppress_warnings = ["mystnb.unknown_mime_type", "myst.header"]


def generated() -> None:
    """Write what follows from the package: the data dictionary, and the notebooks as they ran."""
    shutil.rmtree(GENERATED, ignore_errors=True)
    (GENERATED / "notebooks").mkdir(parents=True)
    lines = ["# Data dictionary", "", "Every column that `mediabias extract` makes, called `feature__label`: what it counts, in which unit and zones, after whom, and",
             "how right it is on gold data. `mediabias features --csv FILE` writes it as a table.", ""]  # fmt: skip
    for feature in (cls() for cls in shipped()):
        lines += [f"## {feature.name}", "", (type(feature).__doc__ or "").strip().split("\n\n")[0], "",
                  f"Zones: {', '.join(feature.zones)}. After: {feature.reference}.", "",
                  "| label | unit | counts | validated |", "| --- | --- | --- | --- |"]  # fmt: skip
        for row in feature.data_dictionary().to_dict("records"):
            cells = (f"`{row['label']}`", row["unit"], f"{row['definition']} *{row['example']}*", row["validated"])
            lines.append("| " + " | ".join(str(c).replace("|", "\\|").replace("\n", " ") for c in cells) + " |")
        lines.append("")
    (GENERATED / "dictionary.md").write_text("\n".join(lines), encoding="utf8")
    for stored in sorted((HERE.parent / "notebooks").glob("*.ipynb")):
        shutil.copy(HERE.parent / "build" / "notebooks" / stored.name, GENERATED / "notebooks")


generated()
