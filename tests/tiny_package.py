"""A package of a few kilobytes that loads and decodes (to nonsense): the files, and archives of them."""

import functools
import io
import json
import re
import sys
import tempfile
import zipfile
from pathlib import Path

TOP = "translate-fr_en-1_0"
WORDS = re.findall(
    r"\w+",
    "Bonjour le monde, le conseil de la ville se réunit demain matin à Paris, dit une ministre aux élus",
)


@functools.cache
def _model() -> dict[str, bytes]:
    import numpy as np
    import sentencepiece
    from ctranslate2.specs import TransformerSpec
    from ctranslate2.specs.model_spec import visit_spec

    trained = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(" ".join(WORDS[i:] + WORDS[:i]) for i in range(len(WORDS))),
        model_writer=trained,
        vocab_size=40,
        hard_vocab_limit=False,
        normalization_rule_name="identity",
        num_threads=1,
        minloglevel=2,
    )
    processor = sentencepiece.SentencePieceProcessor(model_proto=trained.getvalue())
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    width = 8
    rows = {"embeddings": len(pieces), "projection": len(pieces), "self_attention/linear_0": 3 * width}
    rows["decoder/layer_0/attention/linear_1"] = 2 * width
    random = np.random.default_rng(3)

    def fill(part, name, value):
        if value is None:
            leaf = name.rpartition("/")[2]
            height = next((count for key, count in rows.items() if key in name), width)
            shape = (height, width) if leaf == "weight" else (width,)
            setattr(part, leaf, random.normal(size=shape).astype(np.float32))

    spec = TransformerSpec.from_config(num_layers=1, num_heads=2)
    visit_spec(spec, fill)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.validate()
    with tempfile.TemporaryDirectory() as folder:
        spec.save(folder)
        files = {f"model/{file.name}": file.read_bytes() for file in Path(folder).iterdir()}
    return files | {"sentencepiece.model": trained.getvalue()}


def tiny_files(**metadata: object) -> dict[str, bytes]:
    """Return the files of the package, with these keys of metadata.json changed."""
    keys = {"package_version": "1.0", "argos_version": "1.9", "from_code": "fr", "to_code": "en"} | metadata
    return {"metadata.json": json.dumps(keys).encode(), **_model()}


def write_archive(path: Path, files: dict[str, bytes], top: str = TOP) -> Path:
    """Write an .argosmodel file with these files in one folder."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{top}/{name}", content)
    return path


def write_folder(path: Path, files: dict[str, bytes]) -> Path:
    """Write the files as an unpacked package."""
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def forget_argos() -> None:
    """Have argostranslate.settings, which reads the environment when it is imported, read it again."""
    for name in [name for name in sys.modules if name.split(".")[0] == "argostranslate"]:
        del sys.modules[name]
