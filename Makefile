# tongbao - build, test, demonstrate, install.  `make help` lists the targets.
#
# CC CFLAGS CPPFLAGS LDFLAGS PREFIX DESTDIR are yours; ours are added in other
# variables.  Objects go to build/; SAN=address,undefined and other compilers
# get a folder of their own below it.

CC      ?= gcc
CFLAGS  ?= -O2 -g
PREFIX  ?= /usr/local
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)

VERSION := 0.1.0
ccname  := $(notdir $(firstword $(CC)))
empty   :=
comma   := ,
variant := $(if $(filter-out cc gcc,$(ccname)),-$(ccname))$(if $(SAN),-san-$(subst $(comma),-,$(SAN)))
BUILD   ?= build$(if $(variant),/variant$(variant))

# ISA-L packs and unpacks several times as fast as zlib; where it is not (or ISAL=no) zlib does it.
ISAL    ?= $(shell pkg-config --exists libisal 2>/dev/null && echo yes)
pkgs      := gsl zlib libutf8proc libcmark-gfm nettle $(if $(filter yes,$(ISAL)),libisal)
PKG_CFLAGS = $(shell pkg-config --cflags $(pkgs) 2>/dev/null)
PKG_LIBS   = $(shell pkg-config --libs $(pkgs) 2>/dev/null) -lcmark-gfm-extensions -lcsv -lpthread -lm
XLSX_LIBS  = $(shell pkg-config --libs libzip expat 2>/dev/null)

our_cflags := -std=c17 -D_GNU_SOURCE -Wall -Wextra -Wpedantic -Iinclude -Ietl -fno-common -MMD -MP \
              -include tongbao/banned.h -DTB_VERSION='"$(VERSION)"' \
              -DTB_SHARE_DIR='"$(PREFIX)/share/tongbao"'
dev_flags  := -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Wformat=2
ifdef DEV
our_cflags += -Werror $(dev_flags)
endif
ifeq ($(ISAL),yes)
our_cflags += -DTB_HAVE_ISAL
endif
ifdef SAN
our_cflags += -fsanitize=$(SAN) -fno-omit-frame-pointer -fno-sanitize-recover=all
our_ldflags += -fsanitize=$(SAN)
endif

# Rooms: base and model are one library; every stage is a library and a main.c;
# the front door is etl/tongbao.c with its commands.  A helper is built like a stage,
# but is a converter (config/README.md) and links what no other program needs.
rooms    := base model collect process analyse disseminate command xlsx
stages   := collect process analyse disseminate
helpers  := xlsx
srcs     := $(foreach r,$(rooms),$(filter-out %/main.c,$(wildcard etl/$(r)/*.c etl/$(r)/*/*.c)))
objs     := $(srcs:%.c=$(BUILD)/obj/%.o)
library  := $(BUILD)/libtongbao.a
programs := $(stages:%=$(BUILD)/bin/tongbao-%) $(helpers:%=$(BUILD)/bin/tongbao-%) $(BUILD)/bin/tongbao
sample   := $(wildcard datasets/sample-city/*.c)
tools    := $(BUILD)/bin/sample-city
hostile  := $(BUILD)/hostile
pack     := $(BUILD)/pack
catalogue := $(BUILD)/catalogue
bench_rules := $(BUILD)/bench_rules
parts    := $(BUILD)/parts
unit     := $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(wildcard tests/unit/test_*.c))

# Short lines unless V=1.
Q       := $(if $(V),,@)
say      = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all help deps demo check tests check-r clean install uninstall bench bench-collect bench-rules headers format tidy check-long \
        run-demo fuzz fuzz-programs

all: $(programs) $(tools) ## build the programs into build/bin

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | \
	  awk -F'\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

deps: ## install the Debian packages that are missing
	@.ci/deps

demo: deps ## install, build, and run the nightly job on the shipped profiles
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(MAKE) --no-print-directory run-demo

run-demo:
	@tests/demo $(BUILD)

check: deps ## install, build, and run the fast tests
	@$(MAKE) --no-print-directory -j$(JOBS) all tests
	@tests/run $(BUILD)

check-long: deps ## the slow tests: faults at every system call, valgrind, fuzzing for a while
	@$(MAKE) --no-print-directory -j$(JOBS) all tests $(BUILD)/failing_malloc.so
	@tests/run $(BUILD) long

check-r: $(parts) ## statistics beside R's, where Rscript is installed
	@tests/r/check $(BUILD)

tests: $(unit) $(hostile) $(pack) $(catalogue)

$(BUILD)/bin/tongbao-xlsx $(BUILD)/unit/test_xlsx $(BUILD)/fuzz_xlsx $(pack): PKG_LIBS += $(XLSX_LIBS)

$(library): $(objs)
	@mkdir -p $(@D)
	@rm -f $@
	$(call say,AR,$@)
	$(Q)ar rcs $@ $^

$(BUILD)/bin/tongbao: $(BUILD)/obj/etl/tongbao.o $(library)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/bin/tongbao-%: $(BUILD)/obj/etl/%/main.o $(library)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/bin/sample-city: $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard datasets/sample-city/*.c)) $(library)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(our_cflags) $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(library)
	@mkdir -p $(@D)
	$(call say,TEST,$@)
	$(Q)$(CC) $(our_cflags) $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $< \
	  $(library) -lcmocka $(PKG_LIBS)

$(hostile): $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/property/*.c)) $(library)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(bench_rules): $(BUILD)/obj/tests/bench/rules.o $(library)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(catalogue): $(patsubst %.c,$(BUILD)/obj/%.o,$(wildcard tests/catalogue/*.c)) $(library)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

$(pack): $(BUILD)/obj/tests/pack/pack.o $(library)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(parts): $(BUILD)/obj/tests/r/parts.o $(library)
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(CFLAGS) $(our_ldflags) $(LDFLAGS) -o $@ $^ $(PKG_LIBS)

$(BUILD)/failing_malloc.so: tests/faults/failing_malloc.c
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(filter-out -fsanitize=%,$(our_cflags)) $(CPPFLAGS) $(CFLAGS) -fPIC -shared $(LDFLAGS) -o $@ $<

# The whole library with libFuzzer's counters, apart from the other builds.
SECONDS ?= 20
fuzzers := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz: ## fuzz each target for SECONDS (20) with clang; TARGETS="csv cell" picks some
	@command -v clang >/dev/null || { echo "fuzz: skipped: clang is not installed"; exit 0; }; \
	$(MAKE) --no-print-directory CC=clang SAN=fuzzer-no-link,address,undefined BUILD=$(BUILD)/fuzz \
	  fuzz-programs && tests/fuzz/run $(BUILD)/fuzz $(SECONDS) $(or $(TARGETS),$(fuzzers))

fuzz-programs: $(fuzzers:%=$(BUILD)/fuzz_%)

$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c $(library)
	$(call say,FUZZ,$@)
	$(Q)$(CC) $(our_cflags) $(PKG_CFLAGS) $(CPPFLAGS) $(CFLAGS) $(our_ldflags) -fsanitize=fuzzer $(LDFLAGS) \
	  -o $@ $< $(library) $(PKG_LIBS)

bench: all $(bench_rules) ## measure speed and memory (never a test)
	@tests/bench/run $(BUILD)
	@$(bench_rules)

bench-rules: $(bench_rules) ## the same of rules alone: 1,500 targets, 3,000 units, 60 months
	@$(bench_rules)

bench-collect: all ## the same of intake and reading alone: 1 GB plain, gzip'd, in one file, all rejected
	@tests/bench/collect $(BUILD)

headers: ## compile each public header alone
	@for h in include/tongbao/*.h etl/*/*.h etl/*/*/*.h; do \
	  echo "#include \"$$h\"" | $(CC) $(filter-out -MMD -MP,$(our_cflags)) -I. $(PKG_CFLAGS) -fsyntax-only -x c - || exit 1; \
	done; echo "headers: each stands alone"

format: ## lay the text out by .clang-format
	clang-format -i etl/*.c etl/*/*.c etl/*/*/*.c etl/*/*.h etl/*/*/*.h include/tongbao/*.h tests/*/*.c datasets/*/*.c

tidy: ## clang-tidy over the tree
	clang-tidy --quiet $(srcs) -- $(our_cflags) $(PKG_CFLAGS)

# Where things go.  init looks for templates beside the programs first, so a tree
# that was built for another PREFIX, or is moved, still finds them.
bindir   = $(DESTDIR)$(PREFIX)/bin
sharedir = $(DESTDIR)$(PREFIX)/share/tongbao
mandir   = $(DESTDIR)$(PREFIX)/share/man/man1
unitdir  = $(DESTDIR)$(PREFIX)/lib/systemd/system
systemd := tongbao@.service tongbao@.timer

install: all ## install programs, templates, examples, man page, systemd units (PREFIX, DESTDIR)
	install -d $(bindir) $(sharedir)/templates $(mandir) $(unitdir)
	install -m 755 $(programs) $(bindir)
	install -m 644 reports/templates/* $(sharedir)/templates
	for d in config/*/; do install -d $(sharedir)/$$d && install -m 644 $$d* $(sharedir)/$$d || exit 1; done
	install -m 644 config/*.md $(sharedir)/config
	install -m 644 etl/command/tongbao.1 $(mandir)
	for u in $(systemd); do \
	  sed 's|@BINDIR@|$(PREFIX)/bin|g' etl/command/systemd/$$u >$(unitdir)/$$u && chmod 644 $(unitdir)/$$u || exit 1; done
	sed 's|@BINDIR@|$(PREFIX)/bin|g' etl/command/systemd/tongbao.cron >$(sharedir)/tongbao.cron
	chmod 644 $(sharedir)/tongbao.cron

uninstall: ## remove what install put in place; data and profiles stay
	rm -f $(addprefix $(bindir)/,$(notdir $(programs))) $(mandir)/tongbao.1 $(addprefix $(unitdir)/,$(systemd))
	rm -rf $(sharedir)

clean: ## remove build/
	rm -rf build

-include $(shell find $(BUILD)/obj $(BUILD)/unit -name '*.d' 2>/dev/null)
