"""Run notebooks top to bottom, or strip them of what a run left behind.

    python notebooks/run.py --out build/notebooks notebooks/*.ipynb    run copies; the stored notebooks stay as they are
    python notebooks/run.py --strip notebooks/*.ipynb                  drop outputs before a commit
    python notebooks/run.py --check notebooks/*.ipynb                  fail when one holds outputs

The same notebook on the same data gives the same bytes: no times are recorded and cell ids are kept.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from traitlets.config import Config

#: What JupyterLab writes by itself and a reader does not need: versions of the machine that it ran on.
KERNEL = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}


def run(notebook: Path, out: Path, timeout: int = 600) -> Path:
    """Run `notebook` in its own folder, as JupyterLab does, and write the copy with outputs into `out`.

    Raises
    ------
    CellExecutionError
        When a cell fails; the copy is written up to that cell, for reading.
    """
    nb = nbformat.read(notebook, as_version=4)
    target = out / notebook.name
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as private:
        # A user's own start-up files, history and kernels must not reach the analysis.
        env = {**os.environ, "IPYTHONDIR": private, "JUPYTER_PREFER_ENV_PATH": "1"}
        # Files instead of ports, where the system has such sockets: nobody else on the machine can listen.
        transport = "tcp" if os.name == "nt" else "ipc"
        client = NotebookClient(
            nb,
            kernel_name="python3",
            timeout=timeout,
            record_timing=False,
            resources={"metadata": {"path": str(notebook.parent)}},
            config=Config(KernelManager={"transport": transport, "connection_file": f"{private}/kernel.json"}),
        )
        try:
            client.execute(env=env)
        finally:
            strip_metadata(nb)
            nbformat.write(nb, target)
    return target


def strip_metadata(nb: nbformat.NotebookNode) -> None:
    """Keep of the notebook's metadata only the kernel's name."""
    nb.metadata = nbformat.from_dict(KERNEL)


def strip(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Drop outputs, counters and machine metadata; keep tags and cell ids."""
    strip_metadata(nb)
    for cell in nb.cells:
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k == "tags"})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return nb


def stripped_text(notebook: Path) -> str:
    """Return the stored form of `notebook`: stripped, with a newline at the end."""
    return nbformat.writes(strip(nbformat.read(notebook, as_version=4))) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line and do what it says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notebooks", nargs="+", type=Path)
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--out", type=Path, help="folder for the executed copies")
    action.add_argument("--strip", action="store_true")
    action.add_argument("--check", action="store_true")
    args = parser.parse_args(arguments)
    failed = 0
    for notebook in args.notebooks:
        if args.out:
            try:
                run(notebook, args.out)
            except CellExecutionError as error:
                print(f"{notebook}: a cell failed; see {args.out / notebook.name}\n{error}", file=sys.stderr)
                return 1
        elif stripped_text(notebook) != notebook.read_text(encoding="utf-8"):
            if args.strip:
                notebook.write_text(stripped_text(notebook), encoding="utf-8")
            else:
                print(
                    f"{notebook}: not in stored form; strip it: python notebooks/run.py --strip {notebook}",
                    file=sys.stderr,
                )
                failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main())
