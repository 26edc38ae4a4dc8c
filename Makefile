# Every command a contributor needs. `make help` lists them.
PY := .venv/bin/python
UV := .venv/bin/uv
# Tests start Python a few hundred times: what is compiled is kept, whatever the machine says.
unexport PYTHONDONTWRITEBYTECODE

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

demo: .venv/run ## set up, bring in the demo centre, inspect it, serve it on 127.0.0.1:8000
	DEMO=1 $(PY) manage.py demo $(if $(filter 0,$(SERVE)),--no-serve)

test: .venv/dev ## everything that must hold: check, PostgreSQL, processes, browser
	tests/prepare-machine
	$(MAKE) --no-print-directory check
	$(MAKE) --no-print-directory --jobs 2 --output-sync=target outside postgres

check: .venv/dev ## the part to run hourly: lint, types, contracts, unit tests on SQLite
	$(MAKE) --no-print-directory --jobs 3 lint types unit

unit: .venv/dev ## the unit tests on SQLite
	$(PY) -m pytest -n 2 --maxschedchunk 20 -m "not browser and not processes"

# Real processes and browsers wait more than they compute: three at a time, and PostgreSQL's turn
# behind them with what they leave of the machine.
outside: .venv/dev ## what starts real processes or drives a browser
	$(PY) -m pytest -n 3 --dist loadfile -m "processes or browser" lingzhi tests/browser

postgres: .venv/dev ## what touches the database once more, on PostgreSQL
	nice -n 10 $(PY) tests/on_postgres.py -n 2 --maxschedchunk 20 -m "(database and not processes or both) and not browser and not once" lingzhi tests

types: .venv/dev ## the types
	.venv/bin/mypy lingzhi lingzhi_engine config

lint: .venv/dev ## the style, the contracts between the apps, the templates, the migrations
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/djlint --lint --quiet lingzhi
	$(PY) manage.py makemigrations --check --dry-run

bench: .venv/dev ## make bench NAME=inspect: one program of benchmarks/
	$(PY) benchmarks/$(NAME).py

format: .venv/dev ## format the code
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

messages: .venv/dev ## extract the texts, generate zh-Hant, name what lacks a translation
	$(PY) manage.py translations --update

lock: .venv/dev ## resolve the dependencies anew
	$(UV) pip compile -q pyproject.toml --extra postgres --group dev --generate-hashes --no-emit-index-url --no-header --no-annotate --upgrade -o requirements-dev.txt
	$(UV) pip compile -q pyproject.toml --extra postgres -c requirements-dev.txt --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.txt

.venv/bin/python:
	python3 -m venv .venv

# uv is quick; where it finds no index of its own, pip installs the same hashes.
.venv/run: .venv/bin/python requirements.txt
	$(call install,requirements.txt)
	$(PY) -m config.catalogues
	@touch $@

.venv/dev: .venv/bin/python requirements-dev.txt
	$(call install,requirements-dev.txt)
	$(PY) -m config.catalogues
	@touch $@ .venv/run

define install
$(PY) -m pip install --quiet --disable-pip-version-check uv || true
$(UV) pip install --quiet --require-hashes -r $(1) || $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
endef

.PHONY: help demo test check unit outside postgres types lint bench format messages lock
