"""Start-up: the command line against its own library, the package against pandas."""

from __future__ import annotations

import subprocess
import sys


def _python(*args: str) -> None:
    subprocess.run([sys.executable, *args], check=True, capture_output=True)


def bench_help() -> tuple[int, str]:
    _python("-m", "mediabias.cli", "--help")
    return 1, "start"


def against_help__import_typer_and_rich() -> None:
    _python("-c", "import typer, rich")


def bench_import() -> tuple[int, str]:
    _python("-c", "import mediabias")
    return 1, "start"


def against_import__import_pandas() -> None:
    _python("-c", "import pandas")
