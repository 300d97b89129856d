"""Every key of the configuration: changed in a running daemon, its effect or its refusal is seen. One part of the table."""

import importlib
import os
import sys

from table import case, covered, expect_equal, main, reader_keys

PARTS = ["domain", "channel", "telling", "service", "people", "zone"]

part = sys.argv.pop(1)
if part in PARTS:
    importlib.import_module(f"{part}_keys")
    with open(os.path.join(os.environ["COVERED"], part), "w") as out:
        out.write("\n".join(sorted(covered)))
else:
    @case
    def no_key_of_the_reader_is_left_out():
        keys = reader_keys()
        written = {line for name in PARTS for line in open(os.path.join(os.environ["COVERED"], name)).read().split()}
        expect_equal(sorted(keys - written), [], "keys in no row")
        expect_equal(sorted(written - keys), [], "rows of keys that the reader has not")

main()
