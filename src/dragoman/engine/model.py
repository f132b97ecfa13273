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
from dragoman.engine.queue import POSITIONS, Job, Task, padded_length, run

# Fills up a batch in which no sentence has the padded length. Models end the translation of nothing at once.
_FILLER = "</s>"
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
            self.threads = threads or processors()
            self._translator = ctranslate2.Translator(
                package.name,
                device="cpu",
                compute_type="default",
                inter_threads=self.threads,
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
        self, sources: Sequence[Sequence[str]], *, hypotheses: int = 1, no_repeat: int = 0
    ) -> list[list[Hypothesis]]:
        """Decode tokenised sentences and return for each its hypotheses, best first; none for one without tokens.

        Args:
            sources: Tokens as `encode` gives them.
            hypotheses: How many to return for each.
            no_repeat: If not 0, no sequence of that many tokens comes twice.

        """
        results: list[list[Hypothesis]] = [[] for _ in sources]

        def task(index: int) -> Task:
            results[index] = yield Job(sources[index], hypotheses, no_repeat)

        for _ in run(self, map(task, range(len(sources)))):
            pass
        return results

    def decode(
        self, sources: Sequence[Sequence[str]], *, hypotheses: int = 1, no_repeat: int = 0, beam: int = 0
    ) -> list[list[Hypothesis]]:
        """Decode one batch: sentences with the same `padded_length`, none of them empty. See `Job`.

        Every sentence is padded to a length that its own length alone decides on, and so gets the same translation to
        the bit whatever it is decoded with, on however many threads. Were it padded to the longest sentence of its
        batch, its company would change the order in which numbers are added, and int8 rounding makes a visible
        difference of that now and then.
        """
        longest = max(map(len, sources))
        padded = padded_length(longest)
        # English is rarely longer than French; past this it is a loop.
        limit = min(2 * padded + 16, POSITIONS)
        batch = [list(tokens) for tokens in sources]
        if longest < padded:
            batch.append([_FILLER] * padded)
        prefix = [self.package.target_prefix] if self.package.target_prefix else None
        results = self._translator.translate_batch(
            batch,
            target_prefix=[prefix] * len(batch) if prefix else None,
            beam_size=beam or max(self.beam, hypotheses),
            num_hypotheses=hypotheses,
            no_repeat_ngram_size=no_repeat,
            max_batch_size=len(batch),
            max_input_length=POSITIONS,
            max_decoding_length=limit,
            replace_unknowns=True,
            return_scores=True,
            return_attention=True,
        )
        return [self._hypotheses(result, limit, 1 if prefix else 0) for result in results[: len(sources)]]

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
