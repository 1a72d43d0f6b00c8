# make demo    install, code the example case, write its briefs          (minutes the first time)
# make test    install, run all tests
# make check   what must be green before a commit: format, lint, types, imports, fast tests
# make bench   measure speed, memory and coding quality against the floors
# make train   fit the coder's model on corpus/ and put it in its place     (an hour or two; needs torch)
# make docs    build the documentation site
# make screens drive every page of the workbench in a browser; pictures of the docs  (needs a Chromium)
# make lock    resolve the dependencies anew
# make clean   remove what the others made
#
# Needs Python 3.11, 3.12 or 3.13, make and a package index. To name the Python: make test PYTHON=python3.12

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help demo test check bench train docs screens lock science science-quick clean

VENV    := .venv
BIN     := $(VENV)/bin
WORKERS ?= 2
# Our own forgotten encodings become test failures instead of surprises on other systems.
PYTEST  := PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest -n $(WORKERS)
PIP     := $(BIN)/python -m pip --disable-pip-version-check
LOCKING := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --generate-hashes \
           --no-emit-index-url --no-emit-find-links --python-version 3.11 \
           --custom-compile-command "make lock"

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

# A Python counts when it is 3.11 to 3.13 and can make an environment (some systems ship venv apart).
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3 python
PROBE := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))

$(BIN)/python:
	@for python in $(CANDIDATES); do \
	  if "$$python" -c "$(PROBE)" >/dev/null 2>&1; then \
	    echo "making $(VENV) with $$("$$python" --version)"; \
	    exec "$$python" -m venv $(VENV); \
	  fi; \
	done; \
	echo "No usable Python 3.11, 3.12 or 3.13 (with its venv module) among: $(strip $(CANDIDATES))" >&2; \
	echo "Install one (on Debian: python3 and python3-venv), or say which: make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
	exit 1

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	@echo "installing what requirements.lock names into $(VENV): a minute or two"
	@$(PIP) install --quiet --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-site: requirements-site.lock $(VENV)/.installed
	@$(PIP) install --quiet --require-hashes -r requirements-site.lock
	@touch $@

# The training libraries stay out of the environment that the coder runs in.
TRAINING := .venv-train
$(TRAINING)/.installed: requirements.lock pyproject.toml $(VENV)/.installed
	@$(BIN)/python -m venv $(TRAINING)
	@$(TRAINING)/bin/python -m pip --disable-pip-version-check install --quiet -r requirements.lock
	@$(TRAINING)/bin/python -m pip --disable-pip-version-check install --quiet --no-build-isolation -e '.[train]'
	@touch $@

train: $(TRAINING)/.installed
	OMP_NUM_THREADS=$(WORKERS) $(TRAINING)/bin/python -m inconcert.train.fit --threads $(WORKERS) --half \
		--stage 1 --hold --warm 251 --epochs 3 --keep $(TRAINING)/first.pt
	OMP_NUM_THREADS=$(WORKERS) $(TRAINING)/bin/python -m inconcert.train.fit --threads $(WORKERS) --half \
		--stage 2 --begin $(TRAINING)/first.pt --epochs 3 --keep $(TRAINING)/second.pt
	OMP_NUM_THREADS=$(WORKERS) $(TRAINING)/bin/python -m inconcert.train.fit --threads $(WORKERS) --half \
		--stage 3 --begin $(TRAINING)/second.pt --epochs 3 --keep $(TRAINING)/third.pt
	OMP_NUM_THREADS=1 $(TRAINING)/bin/python -m inconcert.train.calibrate
	OMP_NUM_THREADS=1 $(TRAINING)/bin/python -m inconcert.train.gate
	OMP_NUM_THREADS=1 $(TRAINING)/bin/python -m inconcert.train.calibrate
	OMP_NUM_THREADS=1 $(BIN)/inconcert grade corpus/test/detection.txt

demo: $(VENV)/.installed
	$(BIN)/inconcert demo --out demo

test: $(VENV)/.installed
	$(PYTEST)

check: $(VENV)/.installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -q -m "not slow"

# Options for the run go into BENCH: make bench BENCH="--key KEY.jsonl --texts DIR"
# Tables of size and power on simulated worlds, then mutated files for every reader: hours; and a few minutes.
science: $(VENV)/.installed
	$(BIN)/python bench/science.py --workers $(WORKERS) --out science.json
	$(BIN)/python bench/labour.py --workers $(WORKERS)
	$(BIN)/python bench/turns.py --workers $(WORKERS)
	$(BIN)/python bench/fuzz.py

science-quick: $(VENV)/.installed
	$(BIN)/python bench/science.py --quick --workers $(WORKERS)

bench: $(VENV)/.installed
	$(BIN)/python bench/run.py --out bench.json $(BENCH)

docs: $(VENV)/.installed-site
	$(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

# CHROME=/path/to/chromium names the browser; CASE=FOLDER another case than the example.
SCREENS := build/screens
CASE ?= demo
$(SCREENS)/axe/.installed: scripts/screens-requirements.txt $(VENV)/.installed
	@$(PIP) install --quiet --upgrade --require-hashes --no-deps --target $(SCREENS)/axe -r $<
	@touch $@

screens: $(VENV)/.installed
	@CHROME="$(CHROME)" $(BIN)/python scripts/screens.py --find
	@$(MAKE) --no-print-directory $(SCREENS)/axe/.installed
	@test "$(CASE)" != demo -o -f demo/briefs/brief.md || $(MAKE) --no-print-directory demo
	CHROME="$(CHROME)" $(BIN)/python scripts/screens.py --case "$(CASE)" --work $(SCREENS) \
		--axe $(SCREENS)/axe/axe_playwright_python/axe.min.js --pictures docs/images

# The address of a package index never enters a lock: it is taken from the environment (UV_INDEX_URL).
lock: | $(BIN)/python
	@test -x $(BIN)/uv || $(PIP) install --quiet --require-hashes -r requirements.lock
	$(LOCKING) $(UPGRADE) --group dev pyproject.toml --output-file requirements.lock
	$(LOCKING) $(UPGRADE) --group site --constraints requirements.lock --output-file requirements-site.lock

clean:
	rm -rf $(VENV) $(TRAINING) demo docs/_build dist build bench.json science.json \
	  .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests bench docs -name __pycache__ -type d -prune -exec rm -rf {} +
