"""Notebooks opened in JupyterLab, in a browser, and run from top to bottom; screenshots go to ``build/screenshots``.

`make browser` opens all of them; without MEDIABIAS_BROWSER_ALL it is the one with the viewer, since all of them run in
``tests/test_notebooks.py`` too.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
EVERY = sorted(p.name for p in (ROOT / "notebooks").glob("*.ipynb"))
NOTEBOOKS = EVERY if os.environ.get("MEDIABIAS_BROWSER_ALL") else [name for name in EVERY if name.startswith("05")]
SHOTS = ROOT / "build" / "screenshots"

#: What each code cell has come to: its number, and the kinds of its outputs.
CELLS = """() => {
  const cells = window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells;
  return cells.filter(c => c.cell_type === 'code').map(c => [c.execution_count, c.outputs.map(o =>
    [o.output_type, o.ename || '', Object.keys(o.data || {})])]);
}"""
IDLE = """() => {
  const widget = window.jupyterapp && window.jupyterapp.shell.currentWidget;
  const session = widget && widget.context && widget.context.sessionContext.session;
  return !!(session && session.kernel && session.kernel.status === 'idle' && widget.context.isReady && widget.content);
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A JupyterLab of its own, on copies of the notebooks beside the sample's data; nobody's settings are read or written."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(ROOT / "data", folder / "data")
    if (ROOT / "build" / "features").exists():
        shutil.copytree(ROOT / "build", folder / "build", ignore=shutil.ignore_patterns("screenshots"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")}
    options = ["--no-browser", "--allow-root", "--expose-app-in-browser", f"--port={port}", "--ip=127.0.0.1",
               "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"]  # fmt: skip
    log = (folder / "log").open("w")
    env = os.environ | own | {"JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(folder / "spaces"),
                              "JUPYTER_PREFER_ENV_PATH": "1", "IPYTHONDIR": str(folder / "ipython")}  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options], cwd=folder / "notebooks", stdout=log, stderr=log, env=env
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urlopen(f"{address}/api", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, (folder / "log").read_text()
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_in_the_browser(browser: Any, lab: str, name: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    try:
        # A space of its own: another notebook that was open is not opened again.
        page.goto(f"{lab}/lab/workspaces/{Path(name).stem}/tree/{name}?reset")
        page.wait_for_function(IDLE, timeout=60_000)
        page.evaluate("() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }")
        deadline = time.monotonic() + 180
        while any(count is None for count, _ in page.evaluate(CELLS)) or not page.evaluate(IDLE):
            errors = [o for _, outputs in page.evaluate(CELLS) for o in outputs if o[0] == "error"]
            assert not errors and time.monotonic() < deadline, errors
            page.wait_for_timeout(300)
        cells = page.evaluate(CELLS)
        kinds = [kind for _, outputs in cells for _, _, data in outputs for kind in data]
        assert not [o for _, outputs in cells for o in outputs if o[0] == "error"]
        assert "text/html" in kinds or "image/png" in kinds
        SHOTS.mkdir(parents=True, exist_ok=True)
        for n, at in enumerate((0.0, 0.35, 0.7, 1.0)):
            page.evaluate(
                "at => { const box = document.querySelector('.jp-WindowedPanel-outer'); box.scrollTop = at * box.scrollHeight; }",
                at,
            )
            page.wait_for_timeout(300)
            page.screenshot(path=SHOTS / f"{Path(name).stem}-{n + 1}.png")
        if "image/png" in kinds:
            assert page.evaluate(
                "() => [...document.querySelectorAll('.jp-RenderedImage img')].some(i => i.naturalWidth > 100)"
            )
    finally:
        page.close()
