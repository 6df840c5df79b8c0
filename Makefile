# A convenience over plain commands, which README.md also gives for machines without make.
# Packages come from wherever pip and uv are configured to look; nothing here names an index.

.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON  ?= python3
WORKERS ?= 2# test processes side by side; WORKERS=0 runs the tests in one process
TESTS   ?=# for example TESTS="tests/test_repository.py -k hashed"

VENV := .venv
BIN  := $(VENV)/bin

.PHONY: help setup setup-dev browser run test lint format messages bench lock clean

help:
	@echo "make run     install what is needed and start the app on the example study"
	@echo "make test    install what the tests need and run them all, the browser too"
	@echo "make setup   only install;  make setup-dev  also the tools for tests and checks"
	@echo "make lint    formatting, style, import rules and types;  make format  mends the first two"
	@echo "make messages  bring the translations of the interface up to date, and count them"
	@echo "make bench   run every benchmark"
	@echo "make lock    resolve the requirements again from pyproject.toml"

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev

# uv is many times faster than pip; where it can't be had, pip does the same from the same hashes.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Trigpoint needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 setup" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet "uv>=0.9,<1" || echo "uv can't be installed here; going on with pip, slower" >&2
	@touch $@

define install
	if $(BIN)/python -m uv --version >/dev/null 2>&1; then \
	  $(BIN)/python -m uv pip install --compile-bytecode --python $(BIN)/python $(1); \
	else \
	  $(BIN)/python -m pip install $(1); \
	fi
endef

# The locked setuptools builds the project (--no-build-isolation): no unlocked package comes in by the back door.
$(VENV)/.installed: $(VENV)/.created requirements.txt pyproject.toml
	$(call install,--require-hashes -r requirements.txt)
	$(call install,--no-deps --no-build-isolation -e .)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(call install,--require-hashes -r requirements-dev.txt)
	@touch $@

BROWSER := chromium chromium-browser google-chrome
FIND_BROWSER := for name in $(BROWSER); do command -v $$name && exit 0; done; exit 1

browser:
	@if ( $(FIND_BROWSER) ) >/dev/null; then exit 0; fi; \
	if command -v apt-get >/dev/null; then \
	  if [ "$$(id -u)" = 0 ]; then sudo=; elif sudo -n true 2>/dev/null; then sudo=sudo; else sudo=none; fi; \
	  if [ "$$sudo" != none ]; then \
	    $$sudo apt-get update -q && \
	    DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -q -y --no-install-recommends chromium fonts-noto-color-emoji; \
	  fi; \
	fi; \
	if ( $(FIND_BROWSER) ) >/dev/null; then exit 0; fi; \
	echo "*** No Chromium on this machine, and it could not be installed (that needs apt-get and root)." >&2; \
	echo "*** The browser tests will be SKIPPED. Install Chromium to run them." >&2; \
	[ "$$CI" != true ]

run: setup
	$(BIN)/trigpoint run --demo

test: setup-dev browser
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(TESTS)

lint: setup-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: setup-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: setup
	$(BIN)/python -m workbench.catalogue

bench: setup-dev
	@for script in benchmarks/[!_]*.py; do \
	  [ -e "$$script" ] || { echo "benchmarks: there is none yet" >&2; exit 1; }; \
	  echo "== $$script"; $(BIN)/python "$$script" || exit 1; \
	done

# For Python 3.11 to 3.13 on every system, with hashes, without any address. LOCK_OPTIONS=--upgrade takes newer versions.
LOCK_OPTIONS ?=
COMPILE := $(BIN)/python -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-annotate --custom-compile-command "make lock" $(LOCK_OPTIONS)

lock: $(VENV)/.created
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
