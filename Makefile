# The commands of the project. `make run` and `make test` set up what they need and are quick the second time.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
SHARED ?= ../shared
AS_OF ?=

.PHONY: help setup setup-test run test bombs fuzz check score bench bench-scale soak same test-serve torture dist test-latest upgrade-path lock clean

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.ready corpus/register/.index/.ready  ## system packages, .venv, the register's index
	@sh scripts/system-packages.sh run

setup-test: setup
	@sh scripts/system-packages.sh test

$(VENV)/.ready: requirements.lock pyproject.toml
	@sh scripts/system-packages.sh venv "$(or $(PYTHON),python3)"
	@test -x $(PY) || $(or $(PYTHON),python3) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(PY) -m pip --disable-pip-version-check check >/dev/null
	@touch $@

corpus/register/.index/.ready: $(VENV)/.ready $(wildcard corpus/register/*.csv) $(wildcard corpus/register/*.py)
	@$(PY) -m corpus.register build
	@touch $@

run: setup  ## review the sample workspace into workspace/outputs/
	@$(VENV)/bin/rasoat init --samples --workspace workspace
	@$(VENV)/bin/rasoat review --workspace workspace $(if $(AS_OF),--as-of $(AS_OF))
	@$(VENV)/bin/rasoat forms bo-31-01 --workspace workspace --undecided $(if $(AS_OF),--as-of $(AS_OF))

test: setup-test  ## all tests
	@$(PY) -m pytest

bombs: setup-test  ## files that would take much: all of them (test runs a choice), some minutes
	@BOMBS=all $(PY) -m pytest tests/extractors/test_bombs.py

fuzz: setup-test  ## 5,000 seeded mutants of good files, an hour (COUNT=…, SEED=…)
	@$(PY) -m tests.fuzz --count $(or $(COUNT),5000) --seed $(or $(SEED),1)

check: setup  ## ruff, mypy, import walls
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports

score: setup  ## accuracy on the labelled data, held against tests/accuracy/floors.toml
	@$(PY) tests/accuracy/score.py --shared $(SHARED)

bench: setup  ## speed and memory, as ratios in one run
	@$(PY) -m bench

bench-scale: setup  ## nights of 1,000 and 3,000 documents: time, memory, slope (SIZES="10000 100000" by hand)
	@$(PY) -m bench.scale $(SIZES)

soak: setup  ## twenty nights on end: memory, open files, decisions (SIZE=10000 by hand)
	@$(PY) -m bench.soak $(SIZE)

same: setup  ## a part judged is the whole judged, over many made-up years (SAME_SEEDS, SAME_CHANGES)
	@SAME_SEEDS=$${SAME_SEEDS:-20} SAME_CHANGES=$${SAME_CHANGES:-12} $(PY) -m pytest tests/flows/test_same_results.py -p no:cacheprovider

test-serve: setup  ## `rasoat serve` with Prefect through a day and its accidents (minutes)
	@RASOAT_LONG=1 $(PY) -m pytest tests/unattended/test_serve.py

torture: setup  ## kill -9, full disks, damaged stores at seeded points (TORTURE_POINTS=200 by hand)
	@TORTURE_POINTS=$${TORTURE_POINTS:-30} $(PY) -m pytest tests/torture -p no:cacheprovider

test-latest: setup-test  ## smoke tests with the newest libraries: within the bounds, and without (.venv-allowed, .venv-free)
	@$(PY) scripts/test_latest.py

upgrade-path: setup  ## workspaces of older versions, made by those versions, opened with this one
	@$(PY) scripts/upgrade_path.py

dist: setup  ## wheel, source archive and bill of materials (CycloneDX) into dist/
	@$(PY) scripts/dist.py

lock:  ## pin the newest allowed versions, with hashes
	@$(PY) -m pip install --quiet uv
	@$(VENV)/bin/uv pip compile --quiet --generate-hashes --extra dev --python-version 3.11 --no-emit-index-url --no-header --no-annotate pyproject.toml -o requirements.lock

clean:  ## remove what setup and run made
	rm -rf $(VENV) .venv-allowed .venv-free workspace corpus/register/.index build dist *.egg-info
