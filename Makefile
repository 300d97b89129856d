# Everything is built once, in release configuration, and serves the binary and the tests alike.

PREFIX ?= /usr/local
SWIFT ?= swift
BINARY = .build/release/lapwing

.PHONY: demo test build lint install bench fuzz soak mutate clean

demo:
	script/bootstrap build
	$(SWIFT) build -c release --product lapwing
	$(BINARY) demo

test:
	script/bootstrap test
	$(MAKE) build
	script/test

build:
	script/bootstrap build
	$(SWIFT) build -c release --build-tests

lint:
	script/lint

install:
	test -x $(BINARY) || { script/bootstrap build && $(SWIFT) build -c release --product lapwing; }
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/lapwing"

# The measurements and long runs; not part of `make test`.
bench:
	script/bootstrap bench
	script/bench

fuzz soak mutate:
	script/bootstrap test
	script/$@

clean:
	$(SWIFT) package clean
