# `make demo` and `make test` are all that a newcomer needs; `make help` lists the rest.

PYTHON ?= python3
CORPORA ?= ../shared/eval
BIN := .venv/bin

.DEFAULT_GOAL := help

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

# What runs everything has to have everything: on CI a test fails, not skips, without a browser or kcat.
setup: .venv/.done .venv/.compiled $(if $(filter true,$(CI)),browser)  ## make the environment in .venv from the lock file, and install the project into it

.venv/.done: pyproject.toml deploy/requirements-dev.txt
	@command -v "$${CC:-cc}" >/dev/null \
	  || { test "$(CI)" = true && apt-get update -qq && apt-get install -qq --yes --no-install-recommends gcc libc6-dev; } \
	  || { echo "A C compiler is needed, for the core's inner loops: apt-get install gcc libc6-dev"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Python 3.11 to 3.13 is needed: make setup PYTHON=/path/to/python3.12"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement deploy/requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# What has a .pxd beside it is compiled, and anew whenever it changes: the compiled module stands before its source.
TYPES := $(wildcard workers/*/*.pxd)

.venv/.compiled: .venv/.done hatch_build.py $(TYPES) $(TYPES:.pxd=.py)
	$(BIN)/python hatch_build.py
	@touch $@

.venv/.train-done: .venv/.done deploy/requirements-train.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement deploy/requirements-train.txt
	@touch $@

.venv/.bench-done: .venv/.done deploy/requirements-bench.txt
	$(BIN)/python -m pip install --quiet --require-hashes --requirement deploy/requirements-bench.txt
	@touch $@

# Prometheus is in no registry of Python's, so it comes from Debian's; without it, the tests that need it say so.
.venv/.deploy-done: .venv/.done deploy/requirements-deploy.txt deploy/get_prometheus.sh
	$(BIN)/python -m pip install --quiet --require-hashes --requirement deploy/requirements-deploy.txt
	sh deploy/get_prometheus.sh .venv/prometheus
	@touch $@

browser: .venv/.done  ## a headless Chromium, and kcat, zsh and fish where apt-get has them: for the tests that want them
	@if command -v kcat && { command -v chromium || command -v chromium-browser || command -v google-chrome; }; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get && apt-get update -qq; then \
	  DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends chromium kcat zsh fish; \
	else $(BIN)/playwright install chromium-headless-shell; fi

demo: setup  ## broker, topics, workers and sample pages, from start to end
	$(BIN)/broadsheet demo

test: setup .venv/.deploy-done  ## every test, with a real broker
	$(BIN)/python -m pytest

check: .venv/.deploy-done  ## style, types and the directions of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

quality: setup .venv/.train-done  ## how well pages are taken apart, cross-validated, beside the public extractors
	$(BIN)/python -m tests.quality.run $(CORPORA)

train: setup .venv/.train-done  ## train the models anew from the corpora
	$(BIN)/python -m tests.train.train --corpora $(CORPORA)

pictures: browser  ## take the README's pictures anew, with today's models
	$(BIN)/python -m tests.browser.pictures

chaos: setup  ## every fault, many times, each over 3,000 pages, and an audit after each (long)
	BROADSHEET_CHAOS=full $(BIN)/python -m pytest tests/chaos

soak: setup  ## half an hour of all faults mixed: memory has to stay flat, latency has not to drift (long)
	$(BIN)/python -m tests.chaos.soak

bench: setup .venv/.bench-done  ## speed: the core beside the public extractors, growth, start, deduplication, the pipeline
	$(BIN)/python -m tests.bench.run $(CORPORA)

pip-audit: setup  ## ask a database of vulnerabilities about every locked package (exit code 3: it cannot be asked)
	$(BIN)/python deploy/audit_dependencies.py

lock: setup  ## pin every dependency anew, with hashes, for the supported Pythons and platforms
	$(BIN)/uv pip compile $(LOCK) --output-file deploy/requirements.txt --extra trends pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --output-file deploy/requirements-dev.txt --extra broker --group dev pyproject.toml
	$(BIN)/uv pip compile $(LOCK) --output-file deploy/requirements-train.txt --constraint deploy/requirements-dev.txt \
	  --group pyproject.toml:train
	$(BIN)/uv pip compile $(LOCK) --output-file deploy/requirements-build.txt --constraint deploy/requirements-dev.txt \
	  --group pyproject.toml:build
	$(BIN)/uv pip compile $(LOCK) --output-file deploy/requirements-deploy.txt --constraint deploy/requirements-dev.txt \
	  --group pyproject.toml:deploy
	$(BIN)/uv pip compile $(LOCK) --output-file deploy/requirements-bench.txt --constraint deploy/requirements-dev.txt \
	  --group pyproject.toml:bench

LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: help setup browser demo test check quality train pictures chaos soak bench pip-audit lock
