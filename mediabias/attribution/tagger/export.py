"""A trained network becomes the files that the package ships: two ONNX graphs, tokenizer, settings, model card.

Needs the extra ``train``.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn

from mediabias.attribution.tagger.network import Network, Reader, steps

#: What is added to the log-probability of "no cue": 0 by default, less for quotations that nobody is said to have spoken.
BIAS, BIAS_SPOKEN = 0.0, -3.0
FILES = ("encoder.onnx", "reader.onnx", "tokenizer.json")


class EncoderGraph(nn.Module):
    """From the subtokens of one window to scores of cues and to words as the reader of roles needs them."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, kinds: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Encode one window [1, n] without filling."""
        states = self.network.encode(ids, kinds, None, first)
        reader = self.network.reader
        return self.network.cue(states), reader.word(states), reader.of_cue(states)


class ReaderGraph(nn.Module):
    """From words [1, n, width] and the cues of a window to the scores of roles [cues, n, 5]."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, words: Tensor, cues: Tensor, begin: Tensor, end: Tensor) -> Tensor:
        """Score the roles of all words for each cue."""
        at = torch.arange(words.shape[1])[None]
        begin, end = begin[:, None], end[:, None]
        inside = ((at >= begin) & (at < end)).long()
        reader = self.reader
        mixed = reader.norm(words + cues[:, None] + reader.distance(steps(at, begin, end)) + reader.inside(inside))
        for layer in reader.layers:
            mixed = layer(mixed, None)
        scores: Tensor = reader.out(mixed)
        return scores


def write_model(network: Network, base: Path, folder: Path, confidence: Mapping[str, float] | None = None) -> None:
    """Write the files that a `Tagger` needs; without `confidence` every attribution is half sure."""
    folder.mkdir(parents=True, exist_ok=True)
    write_graphs(network.eval(), folder)
    shutil.copyfile(base / "tokenizer.json", folder / "tokenizer.json")
    write_settings(folder, confidence or {"intercept": 0.0})


def write_settings(folder: Path, confidence: Mapping[str, float]) -> None:
    """Write ``settings.json``: thresholds, weights of the confidence, and the checksum of each file."""
    settings = {
        "bias": BIAS,
        "bias_spoken": BIAS_SPOKEN,
        "confidence": {k: round(v, 6) for k, v in confidence.items()},
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES},
    }
    (folder / "settings.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf8")


def write_graphs(network: Network, folder: Path) -> None:
    """Write both graphs. The encoder is fused, and its weights are quantised to 8 bits, its activations as it runs."""
    hidden, width = network.encoder.config.hidden_size, network.reader.word.out_features
    ids, first = torch.ones((1, 16), dtype=torch.int64), torch.arange(1, 13)[None]
    with tempfile.TemporaryDirectory() as temporary:
        plain, fused = Path(temporary) / "plain.onnx", Path(temporary) / "fused.onnx"
        names = {"ids": {1: "subtokens"}, "kinds": {1: "subtokens"}, "first": {1: "words"}}
        outputs = {name: {1: "words"} for name in ("scores", "words", "cues")}
        _to_onnx(EncoderGraph(network), (ids, ids * 0, first), names, outputs, plain)
        heads = network.encoder.config.num_attention_heads
        model = optimizer.optimize_model(
            str(plain), model_type="bert", num_heads=heads, hidden_size=hidden, opt_level=0, use_gpu=False
        )
        model.save_model_to_file(str(fused))
        quantize_dynamic(
            fused,
            folder / "encoder.onnx",
            per_channel=True,
            weight_type=QuantType.QInt8,
            # Shapes of fused nodes can't be inferred.
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
    words, cues = torch.randn(1, 12, width), torch.randn(2, width)
    names = {"words": {1: "words"}, "cues": {0: "cues"}, "begin": {0: "cues"}, "end": {0: "cues"}}
    given = (words, cues, torch.tensor([2, 5]), torch.tensor([3, 7]))
    _to_onnx(ReaderGraph(network.reader), given, names, {"roles": {0: "cues", 1: "words"}}, folder / "reader.onnx")


def _to_onnx(
    graph: nn.Module,
    given: tuple[Tensor, ...],
    inputs: Mapping[str, dict[int, str]],
    outputs: Mapping[str, dict[int, str]],
    path: Path,
) -> None:
    # The newer exporter's graphs are not fused by onnxruntime's optimizer.
    torch.onnx.export(
        graph.eval(),
        given,
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={**inputs, **outputs},
        opset_version=17,
        dynamo=False,
    )


def fitted(signs: Sequence[Mapping[str, float]], is_right: NDArray[np.bool_]) -> dict[str, float]:
    """Fit a logistic regression of being right on the signs; a confidence is its probability."""
    if len(set(is_right.tolist())) < 2:  # a trial on a few articles: nothing to tell apart
        share = (is_right.sum() + 1) / (len(is_right) + 2)
        return {"intercept": float(np.log(share / (1 - share)))}
    names = list(signs[0])
    x = np.array([[s[n] for n in names] for s in signs])
    fit = LogisticRegression(C=1.0, max_iter=2000).fit(x, is_right)
    return {"intercept": float(fit.intercept_[0]), **dict(zip(names, map(float, fit.coef_[0]), strict=True))}
