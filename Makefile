.PHONY: check docs grammar bench

check:
	ruff check .
	ruff format --check .
	mypy
	ttsprep lint
	pytest -q -n 2

docs:
	python -m tests.conformance
	python -m tests.generated_docs

grammar:
	python -m tests.compiled_grammar
	python -m tests.generated_docs

bench:
	for script in tests/benchmarks/[a-z]*.py; do echo "== $$script"; python "$$script"; done
