# demo, test, kills, bench, bench-text, bench-crawl, bench-feeds, train, docs, lint: each makes the virtual environment it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test kills bench bench-text bench-crawl bench-feeds train docs lint clean

demo: $(VENV)/runtime  ## crawl the demo newsroom and show what came out
	@$(BIN)/python -m tests.newsroom.demo

test: $(VENV)/dev  ## the whole suite
	@$(BIN)/python -m pytest -n auto --dist worksteal

kills: $(VENV)/dev  ## a crawl killed at 30 random moments and at every transition of its state, three times over; takes an hour
	@$(BIN)/python -m tests.kills --kills 30 --rounds 3 --transitions

bench: $(VENV)/dev  ## the engine beside trafilatura on saved pages, over 1 GB of text, in whole crawls, and into feeds
	@$(BIN)/python -m tests.bench $(PAGES)
	@$(BIN)/python -m tests.bench_corpus
	@$(BIN)/python -m tests.bench_crawl
	@$(BIN)/python -m tests.bench_feeds

bench-text: $(VENV)/dev  ## what cleaning makes of text that trafilatura has extracted
	@$(BIN)/python -m tests.bench_text $(PAGES)

bench-crawl: $(VENV)/dev  ## a million addresses in sitemaps; a whole crawl beside a bare Scrapy spider
	@$(BIN)/python -m tests.bench_crawl

bench-feeds: $(VENV)/dev  ## a million articles through the exporters, 5 GB of archive through the reader
	@$(BIN)/python -m tests.bench_feeds

train: $(VENV)/dev  ## learn both labellers and the words of interfaces from saved pages; writes crawler/engine/model/
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-train.txt
	@$(BIN)/python -m tests.relative_times
	@$(BIN)/python -m tests.train $(PAGES)
	@$(BIN)/python -m tests.train_lines $(PAGES)
	@$(BIN)/python -m tests.train_interface_words $(PAGES)

docs: $(VENV)/dev  ## write the generated tables of docs/, what the documented commands print, the README's picture
	@$(BIN)/python -m tests.docs
	@$(BIN)/python -m tests.consoles
	@$(BIN)/python -m tests.browser

lint: $(VENV)/dev  ## ruff and mypy
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

clean:  ## remove the virtual environment
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.10 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 10) else 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: $(VENV)/bin/python requirements.txt
	@echo "installing requirements.txt into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev: $(VENV)/runtime requirements-dev.txt requirements-corpora.txt requirements-remote.txt requirements-browser.txt
	@echo "installing requirements-dev.txt into $(VENV)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
