"""The files of a trained model: read, held to their checksums, and opened for onnxruntime."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import onnxruntime

from mediabias.errors import ModelError


def open_session(model: bytes) -> onnxruntime.InferenceSession:
    """Return a session that runs on one thread."""
    options = onnxruntime.SessionOptions()
    # One thread a run, and as many runs at a time as there are processors: sums are never split in another way.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def checked_files(folder: Path) -> dict[str, bytes]:
    """Read the files of a model and compare their checksums with the settings'."""
    try:
        files = {"settings.json": (folder / "settings.json").read_bytes()}
        for name, sha256 in json.loads(files["settings.json"])["files"].items():
            files[name] = (folder / name).read_bytes()
            if hashlib.sha256(files[name]).hexdigest() != sha256:
                raise ModelError(
                    f"{folder / name}: damaged (its checksum is not the one in settings.json); install mediabias again"
                )
    except FileNotFoundError as error:
        raise ModelError(f"{error.filename}: missing from the attribution model; install mediabias again") from error
    except (ValueError, KeyError) as error:
        raise ModelError(
            f"{folder / 'settings.json'}: not the settings of a model ({error}); install mediabias again"
        ) from error
    return files
