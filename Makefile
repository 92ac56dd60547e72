# The commands that people type. Needs Python 3.11 or newer, git and make; everything else goes into .venv.
#   make paper   the sample corpus, features, notebooks, figures and paper/build/paper.pdf
#   make test    the tests that a change needs at once, in two to three minutes; ARGS=tests/compare chooses among them
#   make test-all all tests: notebooks, other processes, built packages, a browser, real corpora where they are
#   make setup   only the environment, .venv
#   make lab     JupyterLab on the notebooks; ARGS="--no-browser --port 9000" passes flags on
#   make docs    the documentation as a site, in build/docs
#   make site    the same, served on this machine; ARGS=9000 for another port than 8000
#   make browser every notebook in JupyterLab and what we display in a browser of this machine's own; with screenshots
#   make lint    ruff, mypy and the import layers
#   make bench   how fast and how good it is; with MEDIABIAS_REAL=FOLDER of real corpora on these too, with intervals
#   make lock    write requirements.lock anew after a change of pyproject.toml
#   make clean   remove what the commands above built (.venv stays)

# The first interpreter that is new enough; PYTHON=/path/to/python chooses another.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
UV := uv==0.13.9
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
READY := .venv/ready

# What a shell may carry along from elsewhere must not change what is installed here.
unexport VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME
# Without the compiled modules each process that a test starts compiles the libraries anew.
unexport PYTHONDONTWRITEBYTECODE
unexport UV_PYTHON UV_CONFIG_FILE UV_CONSTRAINT UV_OVERRIDE UV_RESOLUTION UV_PRERELEASE UV_EXCLUDE_NEWER UV_SYSTEM_PYTHON
export UV_PYTHON_DOWNLOADS := never

.DEFAULT_GOAL := paper
.PHONY: setup paper test test-all lab docs site browser lint bench lock clean

setup: $(READY)

paper: $(READY)
	@$(BIN)/doit

# As many processes as there are cores; each with one thread, since two pools of threads on one core wait for each other.
PYTEST := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -q --numprocesses auto --maxprocesses 8

test: $(READY)
	@$(PYTEST) --fast --durations 3 --durations-min 5 $(ARGS)

test-all: $(READY)
	@$(PYTEST) $(ARGS)

lab: $(READY)
	@$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS) notebooks

docs: $(READY)
	@$(BIN)/doit notebooks
	@$(BIN)/sphinx-build -q -W --keep-going -b html docs build/docs
	@echo build/docs/index.html

site: docs
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory build/docs $(or $(ARGS),8000)

browser: $(READY)
	@MEDIABIAS_BROWSER_ALL=1 $(BIN)/python -m pytest -q tests/browser

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	@$(BIN)/python -m tests.benchmarks
	@$(BIN)/python -m tests.fuzz --seconds 60
	@$(BIN)/python -m tests.real

# --no-config: the lock must follow from pyproject.toml alone, not from somebody's own settings.
lock: $(READY)
	$(BIN)/uv pip compile --quiet --no-config --universal --upgrade --generate-hashes --no-annotate --no-header \
		--extra spacy --extra cluster --group dev pyproject.toml --output-file requirements.lock

clean:
	rm -rf build docs/generated paper/build .doit.json .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache

$(READY): requirements.lock pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "mediabias needs Python 3.11 or newer; '$(PYTHON)' is not. Give one: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv || { rm -rf .venv; \
		echo "$(PYTHON) cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 2; }
	@echo "Installing into .venv (once)"
	@$(PIP) install $(UV) && $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock \
		|| { echo "uv could not; trying pip, which knows this machine's settings but takes longer" >&2; \
		$(PIP) install --require-hashes -r requirements.lock; }
	@# A path, not a finder: from the folder above a clone, Python would else find the clone itself, an empty package.
	@$(PIP) install --no-deps --no-build-isolation --config-settings editable_mode=compat --editable .
	@touch $@
