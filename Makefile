# make         start the dashboard
# make test    everything that CI checks
# make help    the rest
#
# PYTHON names the interpreter (3.11 or newer) that .venv is made with.

PYTHON ?= python3
UV := uv==0.13.9
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input

# A stamp is written only after the work it stands for is complete.
MADE := $(VENV)/made.stamp
RUN := $(VENV)/run.stamp
DEV := $(VENV)/dev.stamp
COMPILED := $(VENV)/compiled.stamp
KERNELS := analytics/kernels.py $(wildcard analytics/engine/*.py analytics/algorithms/*.py)

# The driver is found on PATH: nothing to download, nothing to report.
export SE_OFFLINE := true
export SE_AVOID_STATS := true

.DEFAULT_GOAL := run
.NOTPARALLEL:
.PHONY: run test lint types contracts unit e2e coverage bench pictures browser format pins clean help

run: $(RUN) $(COMPILED) ## start the dashboard (HOST and PORT tell where)
	@exec $(PY) -m app

test: lint types contracts unit e2e ## everything that CI checks

lint: $(DEV) ## style and format
	$(PY) -m ruff check
	$(PY) -m ruff format --check

types: $(DEV) ## mypy, strict
	$(PY) -m mypy

contracts: $(DEV) ## who may import whom
	$(VENV)/bin/lint-imports --no-logo

unit: $(DEV) $(COMPILED) ## the tests that need no browser
	$(PY) -m pytest -m "not browser" --numprocesses auto

e2e: $(DEV) browser ## the tests in a browser
	$(PY) -m pytest -m browser --numprocesses auto --maxprocesses 4

coverage: $(DEV) ## which branches no unit test takes
	$(PY) -m pytest -m "not browser" --cov

bench: $(DEV) browser ## compare with the peers, as ratios of one run
	$(PIP) install --quiet -r requirements-bench.txt
	$(PY) -m benchmarks

pictures: $(DEV) $(COMPILED) browser ## take the pictures of docs/pictures anew
	$(PY) -m docs.screenshots

browser: ## install Chromium and its driver, unless they are here
	@.ci/browser

format: $(DEV) ## format the code and mend what can be mended
	$(PY) -m ruff format
	$(PY) -m ruff check --fix

COMPILE = $(PY) -m uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--annotation-style line --custom-compile-command "make pins" $(UPGRADE)

pins: $(MADE) ## compile requirements*.txt (UPGRADE=--upgrade renews all pins)
	@$(PIP) install --quiet $(UV)
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml -o requirements-dev.txt --group dev -c requirements.txt
	$(COMPILE) -o requirements-bench.txt --group bench -c requirements.txt

clean: ## remove everything that make has made
	rm -rf $(VENV) .coverage htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

$(MADE):
	@.ci/venv "$(PYTHON)" $(VENV)
	@touch $@

# An interrupted installation may leave half a package that pip takes for whole. The pins are
# complete, and leave out what a package asks for but is not used.
install = touch $(VENV)/incomplete && \
	$(PIP) install --quiet --no-deps $(if $(wildcard $(VENV)/incomplete),--force-reinstall) -r $< && \
	rm $(VENV)/incomplete

$(RUN): requirements.txt $(MADE)
	@echo "Installing the pinned requirements: a minute, this once." >&2
	@$(install)
	@touch $@

# Numba keeps what it compiles beside the sources: no user waits for it.
$(COMPILED): $(KERNELS) $(RUN)
	@echo "Compiling the numeric kernels: half a minute, this once." >&2
	@$(PY) -m analytics.kernels
	@touch $@

$(DEV): requirements-dev.txt requirements.txt $(MADE)
	@echo "Installing the pinned development requirements: a minute or two, this once." >&2
	@$(install)
	@touch $(RUN) $@
