"""A loaded Argos model: text in, scored hypotheses with attention out.

Decoding goes straight to CTranslate2. `argostranslate.translate` walks through an article paragraph by paragraph, with
one decoder call for each; here all sentences of a call are decoded together.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from dragoman.engine.packages import Package, checksum, read

# The most tokens (sentences × their padded length) that are decoded at once, and the fewest that a batch is cut down to
# so that every core has work. Measured on two cores: from 512 to 2048 the speed is the same, below 256 it falls.
BATCH_TOKENS = 1024
SMALL_BATCH_TOKENS = 256
# Sentences are padded to a multiple of this number of tokens. The wider, the fuller are the batches of a short article;
# beyond 32 it costs more than it gains.
PADDING = 32
# Fills up a batch in which no sentence has the padded length. Models end the translation of nothing at once.
_FILLER = "</s>"
# The most tokens that a sentence may have on either side. Models know a limited number of positions (the bundled one
# 384), and fail beyond them; the ladder cuts sentences well before.
POSITIONS = 320
_BYTE_PIECES = re.compile(r"(?:<0x[0-9A-Fa-f]{2}>)+")


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One candidate translation.

    `score` is the decoder's: the mean log-probability of a token, ≤ 0, rounded to 4 places. `pieces` are the target
    tokens. `attention()` gives a row for each piece: its weights on the source tokens of `Model.encode`; those of the
    first piece are even.
    """

    text: str
    score: float
    pieces: tuple[str, ...]
    attention: Callable[[], Sequence[Sequence[float]]]
    complete: bool = True  # False: the decoder was stopped by the length limit


class _Tokenizer(Protocol):
    def encode(self, sentence: str) -> list[str]: ...


def processors() -> int:
    """Return the number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Model:
    """A translation model in memory.

    Args:
        package: Where it is read from. Nothing is unpacked on disk.
        beam: Beam size of the decoder. Argos Translate's default is 4.
        threads: Batches that are decoded at the same time, each on one core.

    Raises:
        DragomanError: The package cannot be read.

    """

    def __init__(self, package: Package, *, beam: int = 4, threads: int = 0) -> None:
        self.package = package
        self.beam = beam
        prefix = "model/"
        # Unpacking and hashing run beside the imports and the loading: together they take half of the start.
        with ThreadPoolExecutor(1) as background:
            reading = background.submit(read, package)
            import ctranslate2

            files = reading.result()
            hashing = background.submit(checksum, files)
            self._tokenizer, self._joiner = _tokenizer(package, files)
            self._threads = threads or processors()
            self._translator = ctranslate2.Translator(
                package.name,
                device="cpu",
                compute_type="default",
                inter_threads=self._threads,
                intra_threads=1,
                files={name[len(prefix) :]: data for name, data in files.items() if name.startswith(prefix)},
            )
            self.checksum = hashing.result()

    def encode(self, text: str) -> list[str]:
        """Return the source tokens of a sentence."""
        return self._tokenizer.encode(text)

    def pieces_to_text(self, pieces: Iterable[str]) -> str:
        """Return the text that target tokens spell."""
        return self._joiner(pieces)

    def translate(
        self,
        sources: Sequence[Sequence[str]],
        *,
        hypotheses: int = 1,
        no_repeat: int = 0,
        progress: Callable[[int], None] | None = None,
    ) -> list[list[Hypothesis]]:
        """Decode tokenised sentences and return for each its hypotheses, best first.

        Every sentence is padded to a length that its own length alone decides on (`_padded`), and so gets the same
        translation to the bit whatever it is decoded with, on however many threads. Were it padded to the longest
        sentence of its batch, its company would change the order in which numbers are added, and int8 rounding makes a
        visible difference of that now and then.

        Args:
            sources: Tokens as `encode` gives them.
            hypotheses: How many to return for each.
            no_repeat: If not 0, no sequence of that many tokens comes twice.
            progress: Called with the number of sentences that have just been done.

        """
        results: list[list[Hypothesis]] = [[] for _ in sources]
        prefix = [self.package.target_prefix] if self.package.target_prefix else None
        pending: list[tuple[int, int, Any]] = []
        for padded, indices in _batches([len(tokens) for tokens in sources], self._threads):
            # English is rarely longer than French; past this it is a loop.
            limit = min(2 * padded + 16, POSITIONS)
            batch = [list(sources[index]) for index in indices]
            if max(map(len, batch)) < padded:
                batch.append([_FILLER] * padded)
            futures = self._translator.translate_batch(
                batch,
                target_prefix=[prefix] * len(batch) if prefix else None,
                beam_size=max(self.beam, hypotheses),
                num_hypotheses=hypotheses,
                no_repeat_ngram_size=no_repeat,
                max_batch_size=len(batch),
                max_input_length=POSITIONS,
                max_decoding_length=limit,
                replace_unknowns=True,
                return_scores=True,
                return_attention=True,
                asynchronous=True,
            )
            pending.extend((index, limit, future) for index, future in zip(indices, futures, strict=False))
        for index, limit, future in pending:
            results[index] = self._hypotheses(future.result(), limit, 1 if prefix else 0)
            if progress:
                progress(1)
        return results

    def _hypotheses(self, result: Any, limit: int, skip: int) -> list[Hypothesis]:  # noqa: ANN401
        return [
            Hypothesis(
                text=self.pieces_to_text(pieces[skip:]),
                score=round(score, 4),
                pieces=tuple(pieces[skip:]),
                attention=partial(_attention, result, rank, skip),
                complete=len(pieces) < limit,
            )
            for rank, (pieces, score) in enumerate(zip(result.hypotheses, result.scores, strict=True))
        ]


def _padded(length: int) -> int:
    """Return the number of tokens that a sentence of `length` tokens is padded to."""
    return min(-(-length // PADDING) * PADDING, POSITIONS)


def _batches(lengths: Sequence[int], threads: int) -> list[tuple[int, list[int]]]:
    """Return (padded length, indices of the sentences) of each batch, the longest sentences first.

    The sentences of one padded length are dealt out, so that every batch gets one that has it where there are enough.
    Empty sentences are in none.
    """
    groups: dict[int, list[int]] = {}
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        if lengths[index]:
            groups.setdefault(_padded(lengths[index]), []).append(index)
    total = sum(padded * len(group) for padded, group in groups.items())
    most = BATCH_TOKENS
    if threads > 1:
        most = min(BATCH_TOKENS, max(SMALL_BATCH_TOKENS, total // (2 * threads)))
    batches = []
    for padded, group in groups.items():
        count = -(-len(group) // max(1, most // padded))
        batches += [(padded, group[number::count]) for number in range(count)]
    return batches


def _attention(result: Any, rank: int, skip: int) -> Sequence[Sequence[float]]:  # noqa: ANN401 (CTranslate2 has no types)
    """Return the rows of one hypothesis, the first one even.

    CTranslate2 (seen in 4.8.5) gives sentence i of a batch the first row of sentence i // beam, as beams are not spread
    out yet at the first step: it would depend on the company, and mostly be wrong.
    """
    rows = list(result.attention[rank][skip:])
    if rows and rows[0]:
        rows[0] = [1 / len(rows[0])] * len(rows[0])
    return rows


def _tokenizer(package: Package, files: dict[str, bytes]) -> tuple[_Tokenizer, Callable[[Iterable[str]], str]]:
    if package.tokenizer == "sentencepiece":
        return _SentencePiece(files["sentencepiece.model"]), _join_sentencepiece
    from argostranslate.tokenizer import BPETokenizer

    with tempfile.TemporaryDirectory() as folder:  # it reads its codes from a file
        path = Path(folder) / "bpe.model"
        path.write_bytes(files["bpe.model"])
        bpe = BPETokenizer(path, package.from_code, package.to_code)
        bpe.lazy_load()
    return bpe, lambda pieces: str(bpe.decode(list(pieces))).strip()


class _SentencePiece:
    def __init__(self, model: bytes) -> None:
        import sentencepiece

        self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)

    def encode(self, sentence: str) -> list[str]:
        return list(self._processor.encode(sentence, out_type=str))


def _join_sentencepiece(pieces: Iterable[str]) -> str:
    """Join target pieces: `▁` is a space, and runs of byte pieces are UTF-8, as Argos Translate reads them."""
    text = "".join(piece for piece in pieces if piece not in ("<unk>", "<s>", "</s>"))
    text = _BYTE_PIECES.sub(
        lambda run: bytes.fromhex(run[0].replace("<0x", "").replace(">", "")).decode("utf-8", "replace"), text
    )
    return " ".join(text.replace("▁", " ").split())
