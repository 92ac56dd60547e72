"""How often a form heads a cue, counted on a compartment of our own."""

from __future__ import annotations

from pathlib import Path

from mediabias.attribution.rules.rates import count, head_rate, rate


def annotated(folder: Path, name: str, text: str, cues: list[str]) -> None:
    spans = [(text.index(c), text.index(c) + len(c)) for c in cues]
    lines = [f"T{n}\tCue {a} {b}\t{text[a:b]}\n" for n, (a, b) in enumerate(spans, 1)]
    for kind, suffix, content in (("text", ".txt", text), ("attributions", "_A1.ann", "".join(lines))):
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / f"{name}{suffix}").write_text(content, encoding="utf8")


def test_forms_that_head_a_cue_are_counted_with_all_that_occur(tmp_path: Path) -> None:
    annotated(tmp_path, "a", "She has quickly said so. He said no. They saw it.", ["has quickly said", "saw"])
    annotated(tmp_path, "b", "Dole saw it. Orr Said yes. Rain fell.", ["Said"])
    annotated(tmp_path, "c", "Rain fell, they claimed; we claimed it; I claimed.", ["they claimed"])
    # "said" three times and twice a cue; "saw" twice, too few; "claimed" three times, once a cue, too few.
    assert count(tmp_path) == {"said": (3, 2)}


def test_a_form_without_a_count_goes_by_its_verb() -> None:
    assert rate("professes") == 0.1 < rate("bemoans") < rate("said")  # never seen; seen in another form; seen
    assert rate("bridge") == 0 and head_rate("of the") == 0
    assert head_rate("had not said") == round(rate("said"), 3)
