"""The network that is trained: an encoder, a head that finds cues, and a reader of each cue's own source and content.

Every cue reads all words of its window through two small transformer layers, so that each attribution gets a source and a
content of its own, nested and discontinuous ones included; nothing is linked by nearness. Needs the extra ``train``.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from mediabias.attribution.tagger.words import KINDS

#: Labels of the cue head, and of the reader of roles.
CUE_LABELS, ROLE_LABELS = 3, 5
#: Steps of distance between a word and a cue, on a logarithmic scale, to either side.
STEPS = 16


class Network(nn.Module):
    """Encoder, cue head, and reader of roles.

    Parameters
    ----------
    encoder : BertModel
        A pretrained encoder; its table of token types is replaced by one of the kinds of subtokens.
    width, layers : int
        Of the reader of roles.
    """

    def __init__(self, encoder: BertModel, width: int, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        hidden = encoder.config.hidden_size
        kinds = nn.Embedding(KINDS, hidden)
        with torch.no_grad():
            kinds.weight.copy_(encoder.embeddings.token_type_embeddings.weight[:1].repeat(KINDS, 1))
            kinds.weight.add_(torch.randn(KINDS, hidden) * 0.002)
        encoder.embeddings.token_type_embeddings = kinds
        encoder.config.type_vocab_size = KINDS
        self.encoder = encoder
        self.cue = nn.Sequential(
            nn.Dropout(dropout), nn.Linear(hidden, hidden), nn.GELU(), nn.Linear(hidden, CUE_LABELS)
        )
        # Whether a word is anybody's source, cue or content: it teaches the encoder, and is not used afterwards.
        self.any_role = nn.Linear(hidden, 3)
        self.reader = Reader(hidden, width, layers, dropout)

    def encode(self, ids: Tensor, kinds: Tensor, mask: Tensor | None, first: Tensor) -> Tensor:
        """Return the states of words [windows, words, hidden]: those of their first subtokens."""
        states = self.encoder(input_ids=ids, token_type_ids=kinds, attention_mask=mask).last_hidden_state
        return torch.gather(states, 1, first.unsqueeze(-1).expand(-1, -1, states.shape[-1]))


class Reader(nn.Module):
    """Scores of the roles of all words of a window for given cues."""

    def __init__(self, hidden: int, width: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.word, self.of_cue = nn.Linear(hidden, width), nn.Linear(hidden, width)
        self.distance, self.inside = nn.Embedding(2 * STEPS + 1, width), nn.Embedding(2, width)
        nn.init.normal_(self.distance.weight, std=0.1)
        nn.init.normal_(self.inside.weight, std=0.1)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(Layer(width, 4, dropout) for _ in range(layers))
        self.out = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, ROLE_LABELS))

    def forward(self, words: Tensor, mask: Tensor, window: Tensor, begin: Tensor, end: Tensor) -> Tensor:
        """Score roles [cues, words, 5].

        Parameters
        ----------
        words : Tensor, windows x words x hidden
        mask : bool Tensor, windows x words
            True for a word.
        window, begin, end : int64 Tensors of cues
            The window of each cue and the half-open range of its words.
        """
        at = torch.arange(words.shape[1], device=words.device)[None]
        begin, end = begin[:, None], end[:, None]
        inside = (at >= begin) & (at < end)
        share = inside.to(words.dtype) / (end - begin).to(words.dtype)
        states = self.of_cue(torch.bmm(share[:, None], words[window]))
        mixed = self.norm(
            self.word(words)[window] + states + self.distance(steps(at, begin, end)) + self.inside(inside.long())
        )
        hidden_from = (~mask[window])[:, None, None].to(mixed.dtype) * -1e4
        for layer in self.layers:
            mixed = layer(mixed, hidden_from)
        return self.out(mixed)


def steps(at: Tensor, begin: Tensor, end: Tensor) -> Tensor:
    """Return how far words at `at` stand from a cue, in steps of half powers of two; 0 to 2 * STEPS, the cue at STEPS."""
    before, behind = (begin - at).clamp(min=0), (at - end + 1).clamp(min=0)
    far = (before + behind).float()
    step = (torch.log2(far.clamp(min=1)) * 2 + 1).clamp(max=STEPS).long() * (far > 0)
    return STEPS + torch.where(before > 0, -step, step)


class Layer(nn.Module):
    """A transformer layer with the norms first, written out so that the exported graph takes any length."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.mix = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, hidden_from: Tensor | None) -> Tensor:
        """Attend and transform [cues, words, width]; `hidden_from` is added to the attention's scores."""
        n, length, width = x.shape
        parts = self.qkv(self.norm1(x)).view(n, length, 3, self.heads, width // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4).unbind(0)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=hidden_from)
        x = x + self.dropout(self.mix(seen.transpose(1, 2).reshape(n, length, width)))
        return x + self.dropout(self.down(functional.gelu(self.up(self.norm2(x)))))
