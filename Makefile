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
	install -s -m 755 $(BINARY) "$(DESTDIR)$(PREFIX)/bin/lapwing"
	install -d "$(DESTDIR)$(PREFIX)/lib/systemd/system" "$(DESTDIR)$(PREFIX)/lib/sysusers.d"
	sed 's|/usr/local/bin/|$(PREFIX)/bin/|' contrib/systemd/lapwing.service \
		>"$(DESTDIR)$(PREFIX)/lib/systemd/system/lapwing.service"
	chmod 644 "$(DESTDIR)$(PREFIX)/lib/systemd/system/lapwing.service"
	install -m 644 contrib/systemd/lapwing.sysusers.conf "$(DESTDIR)$(PREFIX)/lib/sysusers.d/lapwing.conf"

# The Debian package, and a run of it in a bare Debian 12 (as root).
.PHONY: deb deb-test
deb:
	script/bootstrap package
	$(SWIFT) build -c release --product lapwing
	script/package

# An image of the Open Container Initiative.
.PHONY: image
image:
	script/bootstrap package
	$(SWIFT) build -c release --product lapwing
	script/image

# The documentation as pages, for a browser: .build/docs/index.html.
.PHONY: docs
docs:
	script/bootstrap docs
	script/site

deb-test:
	script/bootstrap deb-test
	$(SWIFT) build -c release --product lapwing
	script/deb-test

# The measurements and long runs; not part of `make test`.
bench:
	script/bootstrap bench
	script/bench

fuzz soak mutate:
	script/bootstrap test
	script/$@

# Every scenario in every way: at three phases, through resolver and client, with and without rest. An hour of CPU.
.PHONY: stories
stories: build
	LAPWING_ALL_STORIES=1 $(SWIFT) test -c release --skip-build --disable-xctest --filter LapwingSimulationTests
	Tests/scenarios/run --all

# Seeds of the whole program in a simulated world, others each time: make vopr MINUTES=60
MINUTES ?= 10
.PHONY: vopr
vopr:
	script/bootstrap build
	$(SWIFT) build -c release --product lapwing-trial
	Tests/Trial/run --minutes $(MINUTES)

clean:
	$(SWIFT) package clean
