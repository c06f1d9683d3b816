"""The learning of the network that starter models carry; needs torch, which nothing else here does.

It learns from the further chats alone, so that by the six chats it can be judged and weighed beside the
regressions: what it says of them is a stranger's word. Going through those six as well gave nothing (average
precision .596 and .600).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from chatcode.codebook import Codebook
from chatcode.domain import CODES
from chatcode.suggestion.classifier import Lesson
from chatcode.suggestion.features import FIGURES
from chatcode.suggestion.net import (
    BLOCK,
    BUCKETS,
    LONGEST,
    MOST_PARTS,
    UNKNOWN,
    Net,
    flow,
    parts_of,
    words_of,
)
from chatcode.suggestion.training import Chat, lesson

WIDE, FILTERS, STATES = 128, 256, 192  # a word's vector, the convolutions of each kind, the recurrent layer
LEAST = 3  # messages in which a word must stand
ROUNDS = 8  # times through the chats
BATCH, FASTEST = 16, 2e-3
FLOW = 4


@dataclass(frozen=True)
class Taught:
    """A lesson as tensors: numbers of words, figures, codes, and which messages count."""

    words: torch.Tensor
    figures: torch.Tensor
    codes: torch.Tensor
    known: torch.Tensor


class Words:
    """All words of the lessons, by number; a vocabulary of those that stand in enough of them."""

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        split = [words_of(text) for lesson in lessons for text in lesson.seen.texts]
        heard = Counter(word for words in split for word in set(words))
        self.vocabulary = [word for word, count in heard.most_common() if count >= LEAST]
        rows = {word: row for row, word in enumerate(self.vocabulary, UNKNOWN + 1)}
        self.number = {"": 0}
        for words in split:
            for word in words:
                self.number.setdefault(word, len(self.number))
        self.rows = torch.tensor([0, *(rows.get(word, UNKNOWN) for word in list(self.number)[1:])])
        self.parts = torch.zeros(len(self.number), MOST_PARTS, dtype=torch.long)
        for word, number in self.number.items():
            buckets = parts_of(word)
            self.parts[number, : len(buckets)] = torch.tensor(buckets, dtype=torch.long)
        self.counts = (self.parts > 0).sum(1).clamp(min=1).float()

    def taught(self, lesson: Lesson) -> Taught:
        """A lesson as tensors."""
        words = torch.zeros(len(lesson.seen.texts), LONGEST, dtype=torch.long)
        for row, text in enumerate(lesson.seen.texts):
            numbers = [self.number[word] for word in words_of(text)]
            words[row, : len(numbers)] = torch.tensor(numbers, dtype=torch.long)
        figures = np.hstack([lesson.seen.figures, flow(lesson.seen)]).astype(np.float32)
        codes = torch.tensor(lesson.codings.astype(np.float32))
        return Taught(words, torch.tensor(figures), codes, torch.tensor(lesson.known.astype(np.float32)))


class Reader(nn.Module):
    """The network, with what only learning needs: dropped words and units, and a second way out."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.table = words
        self.word = nn.Embedding(len(words.vocabulary) + 2, WIDE, padding_idx=0)
        self.part = nn.EmbeddingBag(BUCKETS + 1, WIDE, mode="sum", padding_idx=0)
        nn.init.normal_(self.word.weight, 0, 0.1)
        nn.init.normal_(self.part.weight, 0, 0.1)
        self.one = nn.Conv1d(WIDE, FILTERS, 1)
        self.three = nn.Conv1d(WIDE, FILTERS, 3, padding=1)
        self.merge = nn.Linear(4 * FILTERS + len(FIGURES) + FLOW, 2 * STATES)
        self.order = nn.GRU(2 * STATES, STATES, bidirectional=True, batch_first=True)
        self.out = nn.Linear(4 * STATES, len(CODES))
        self.alone = nn.Linear(2 * STATES, len(CODES))
        self.drop = nn.Dropout(0.4)

    def read(self, words: torch.Tensor, figures: torch.Tensor) -> torch.Tensor:
        """Each message by itself: what stands in its words, and its figures."""
        distinct, where = torch.unique(words, return_inverse=True)
        rows = self.table.rows[distinct]
        if self.training:
            unheard = (torch.rand(len(rows)) < 0.1) & (rows > 0)
            rows = torch.where(unheard, torch.full_like(rows, UNKNOWN), rows)
        parts = self.part(self.table.parts[distinct]) / self.table.counts[distinct][:, None]
        vectors = self.word(rows) + parts
        there = (words > 0).float()
        vectors = vectors[where] * there[..., None]
        if self.training:
            vectors = vectors * (torch.rand(words.shape) > 0.1)[..., None]
        vectors = functional.dropout(vectors, 0.2, self.training).transpose(1, 2)
        root = there.sum(1).clamp(min=1)[:, None] ** 0.5
        found = []
        for layer in (self.one, self.three):
            seen = functional.relu(layer(vectors)) * there[:, None, :]
            found += [seen.max(2)[0], seen.sum(2) / root]
        return functional.relu(self.merge(self.drop(torch.cat([*found, figures], 1))))

    def forward(
        self, words: torch.Tensor, figures: torch.Tensor, lengths: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """The log-odds of messages in their order, and of each by itself."""
        batch, steps, _ = words.shape
        words = words[:, :, : max(1, int((words > 0).sum(-1).max()))]
        merged = self.read(words.reshape(batch * steps, -1), figures.reshape(batch * steps, -1))
        merged = self.drop(merged.reshape(batch, steps, -1))
        given = nn.utils.rnn.pack_padded_sequence(merged, lengths, batch_first=True, enforce_sorted=False)
        ordered, _ = nn.utils.rnn.pad_packed_sequence(
            self.order(given)[0], batch_first=True, total_length=steps
        )
        return self.out(torch.cat([merged, self.drop(ordered)], -1)), self.alone(merged)


Stretch = tuple[Taught, int, int]


def stretches(taught: Sequence[Taught]) -> list[Stretch]:
    """Blocks of messages, cut at another place each time."""
    found: list[Stretch] = []
    for one in taught:
        for begin in range(-int(torch.randint(BLOCK, ())), len(one.words), BLOCK):
            start, end = max(0, begin), min(len(one.words), begin + BLOCK)
            if end > start:
                found.append((one, start, end))
    return found


def go_through(reader: Reader, optimiser: torch.optim.Optimizer, given: Sequence[Stretch]) -> None:
    """One batch: the loss of both ways out, over the messages that were coded."""
    words = torch.zeros(len(given), BLOCK, LONGEST, dtype=torch.long)
    figures = torch.zeros(len(given), BLOCK, len(FIGURES) + FLOW)
    codes, known = torch.zeros(len(given), BLOCK, len(CODES)), torch.zeros(len(given), BLOCK)
    for row, (one, start, end) in enumerate(given):
        size = end - start
        words[row, :size], figures[row, :size] = one.words[start:end], one.figures[start:end]
        codes[row, :size], known[row, :size] = one.codes[start:end], one.known[start:end]
    out, alone = reader(words, figures, torch.tensor([end - start for _, start, end in given]))
    loss = functional.binary_cross_entropy_with_logits(out, codes, reduction="none").sum(-1)
    beside = functional.binary_cross_entropy_with_logits(alone, codes, reduction="none").sum(-1)
    total = ((loss + 0.5 * beside) * known).sum() / known.sum().clamp(min=1)
    optimiser.zero_grad()
    total.backward()
    nn.utils.clip_grad_norm_(reader.parameters(), 2.0)
    optimiser.step()


def learn(reader: Reader, rounds: Sequence[Sequence[Stretch]]) -> None:
    """Go through the rounds, with a rate that rises at once and falls to nought."""
    optimiser = torch.optim.AdamW(reader.parameters(), lr=FASTEST, weight_decay=0.01)
    batches = [list(one[i : i + BATCH]) for one in rounds for i in range(0, len(one), BATCH)]
    for step, batch in enumerate(batches):
        for group in optimiser.param_groups:
            group["lr"] = FASTEST * min(1, step / 100) * 0.5 * (1 + math.cos(math.pi * step / len(batches)))
        go_through(reader, optimiser, batch)


def shuffled(given: list[Stretch]) -> list[Stretch]:
    """The same in another order."""
    return [given[i] for i in torch.randperm(len(given))]


def begun(words: Words, taught: Sequence[Taught], seed: int = 0) -> Reader:
    """A network that has learned from the lessons."""
    torch.manual_seed(seed)
    reader = Reader(words)
    share = torch.cat([one.codes[one.known > 0] for one in taught]).mean(0).clamp(1e-4, 1 - 1e-4)
    with torch.no_grad():
        for layer in (reader.out, reader.alone):
            layer.bias.copy_(torch.logit(share))
    reader.train()
    learn(reader, [shuffled(stretches(taught)) for _ in range(ROUNDS)])
    return reader


def exported(reader: Reader) -> Net:
    """The weights as the program keeps them."""
    raw = {name: value.detach().numpy() for name, value in reader.state_dict().items()}
    arrays = {
        "word_vectors": raw["word.weight"],
        "part_vectors": raw["part.weight"],
        "one": raw["one.weight"][:, :, 0].T,
        "one_bias": raw["one.bias"],
        "three": raw["three.weight"].transpose(2, 1, 0),
        "three_bias": raw["three.bias"],
    }
    for name in ("merge", "out"):
        arrays |= {name: raw[f"{name}.weight"].T, f"{name}_bias": raw[f"{name}.bias"]}
    for name, ending in (("ahead", ""), ("back", "_reverse")):
        for what, long in (("in", "ih"), ("on", "hh")):
            arrays[f"{name}_{what}"] = raw[f"order.weight_{long}_l0{ending}"].T
            arrays[f"{name}_{what}_bias"] = raw[f"order.bias_{long}_l0{ending}"]
    return Net(reader.table.vocabulary, {name: np.ascontiguousarray(value) for name, value in arrays.items()})


def learned(chats: Sequence[Chat]) -> Net:
    """The network that learned from the further chats: ten minutes on one core."""
    torch.set_num_threads(1)
    codebook = Codebook.load()
    lessons = [lesson(one, codebook, -1) for one in chats]
    words = Words(lessons)
    return exported(begun(words, [words.taught(one) for one in lessons]))
