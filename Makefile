# make demo    sets up and takes a small Closed repository all the way
# make test    sets up and passes the tests
# make check   tests, lint, types, imports and documents
.PHONY: demo test check lint types imports setup clean

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin

demo: .venv/.demo
	$(BIN)/python -P -m opensafe demo

test: .venv/.dev
	$(BIN)/python -m pytest -n auto

check: lint types imports test

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.dev
	$(BIN)/mypy

imports: .venv/.dev
	$(BIN)/lint-imports

setup: .venv/.dev

.venv/.demo: pyproject.toml
	@test -n "$(PYTHON)" || { echo "opensafe needs Python 3.11 or newer: install it, or say make PYTHON=/path/to/python"; exit 2; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.dev: pyproject.toml .venv/.demo
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

clean:
	rm -rf .venv
