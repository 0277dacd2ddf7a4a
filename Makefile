# Every target does its own set-up. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help demo test lint format fuzz bench soak faults mutants schema golden docs

SOURCES := Sources Tests Package.swift
# What a figure is worth nothing without.
MEASURED = --commit "$$(git rev-parse --short HEAD 2>/dev/null || echo none)" --machine "$$(nproc) x $$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)"

help: ## List what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: ## Invoice an example association's dues and cost shares of 2027, from agreements to e-invoices and a look-up over HTTP
	@.ci/setup
	swift build --product os2medlem
	@.build/debug/os2medlem demo

# A test may start servers and programs of its own; more at a time than the machine can run makes every deadline short and nothing faster.
TEST := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=3 swift test --skip-build

test: ## Run every test: Swift, the judges of e-invoices and of the API, the rules of the house
	@.ci/setup test
	.ci/build
	$(TEST)
	swift run --skip-build Faults --rounds 6
	@$(MAKE) --no-print-directory lint
	.ci/schema
	.ci/readme
	.ci/documents
	.ci/api
	.ci/containers
	.ci/anywhere
	.ci/fuzz 1

lint: ## Check the format, the arrows between modules and the words
	@.ci/setup test
	swift format lint --strict --recursive --parallel $(SOURCES)
	.ci/arrows
	.ci/words

format: ## Bring all Swift files into the one format
	swift format --in-place --recursive --parallel $(SOURCES)

fuzz: ## Ask the API as the tests do, with made-up requests of every role, and many more of them; minutes
	@.ci/setup test
	swift build --product os2medlem
	.ci/fuzz 25

bench: ## Measure posting against the database's own speed, and look-ups against pgbench; minutes
	@.ci/setup bench
	swift build -c release --product os2medlem
	swift build -c release --product Bench
	.build/release/Bench posting $(MEASURED) && .build/release/Bench lookup $(MEASURED)

soak: ## Look at the server's memory under ten minutes of look-ups
	@.ci/setup bench
	swift build -c release --product os2medlem
	swift build -c release --product Bench
	.build/release/Bench lookup --organisations 10000 --rounds 1 --soak 600 $(MEASURED)

faults: ## Kill a posting run in a hundred ways and check the books after each; minutes
	@.ci/setup
	swift build -c release --product os2medlem
	swift run -c release Faults --rounds 100

mutants: ## Spoil the program in one place at a time and show that a test notices; an hour
	@.ci/setup
	.ci/mutants

schema: ## Write sql/schema.sql and sql/grants.txt anew, after a change of the migrations
	@.ci/setup
	swift build --build-tests
	.ci/schema write
	OS2MEDLEM_WRITE_GOLDEN=yes swift test --skip-build --filter everyRoleMayDoWhatTheFileSaysAndNothingElse

golden: ## Write the golden e-invoices anew, after a change that is meant
	@.ci/setup
	OS2MEDLEM_WRITE_GOLDEN=yes swift test --filter GoldenTests

docs: ## Say what there is to read; nothing is built
	@echo 'No site is built; the documentation is these files:'
	@find README.md CONTRIBUTING.md docs -name '*.md' 2>/dev/null | sort
