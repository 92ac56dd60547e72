"""The tests with every Python that is here, with the oldest dependencies that are allowed, and of the built package.

``.venv/bin/nox`` runs all of it; ``-s lowest`` or ``-s package`` one session; ``-- tests/compare`` passes arguments to pytest.
"""

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.reuse_existing_virtualenvs = True
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
#: What the tests need besides the package.
TESTS = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), "dev")
#: Tests of what is the same with any dependency (the repository's own files, notebooks, the paper), and of numbers that were computed
#: with the locked versions: another runtime rounds the model's 8-bit sums otherwise, and finds one attribution in four hundred more.
ONCE = (
    *(
        f"tests/test_{name}.py"
        for name in ("repository", "notebooks", "paper", "contributing", "docs", "golden", "planted")
    ),
    "tests/features/test_cards.py",
)


@nox.session(python=PYTHONS)
def newest(session: nox.Session) -> None:
    """Run the tests with the newest dependencies."""
    session.install("--upgrade", "-e", ".[cluster,spacy]", "uv", *TESTS)
    _test(session)


@nox.session(python="3.11")
def lowest(session: nox.Session) -> None:
    """Run the tests with the oldest dependencies that pyproject.toml allows."""
    session.install("uv", *TESTS)
    session.install("--resolution", "lowest-direct", "-e", ".[cluster]")
    _test(session)


@nox.session(python=PYTHONS)
def package(session: nox.Session) -> None:
    """Build wheel and source distribution, install each into an empty environment, and run it on the sample."""
    out = session.create_tmp()
    session.install("build", "setuptools>=77")
    session.run("python", "-m", "build", "--no-isolation", "--outdir", out, silent=True)
    for kind in ("*.whl", "*.tar.gz"):
        (built,) = __import__("pathlib").Path(out).glob(kind)
        session.install("--reinstall-package", "mediabias", str(built))
        with session.chdir(out):
            data = f"{session.invoked_from}/data"
            session.run("mediabias", "read", f"{data}/raw", "--meta", f"{data}/events.csv", "--out", "corpus")
            session.run("mediabias", "extract", "corpus", "--out", "features")
            session.run("mediabias", "compare", "features", "--out", "effects", "--resamples", "99")
            session.run("mediabias", "verify", "corpus", "features")


@nox.session(python="3.11")
def audit(session: nox.Session) -> None:
    """Look up the locked dependencies among known vulnerabilities; needs a network."""
    session.install("pip-audit")
    session.run("pip-audit", "--requirement", "requirements.lock", "--disable-pip")


def _test(session: nox.Session) -> None:
    chosen = session.posargs or [*(f"--ignore={path}" for path in ONCE)]
    session.run("python", "-m", "pytest", "-q", "-W", "default", *chosen)
