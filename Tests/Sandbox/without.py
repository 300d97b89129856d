#!/usr/bin/env python3
"""Runs a command on a kernel that seems to lack one system call: without.py CALL COMMAND..."""

import ctypes
import errno
import os
import sys

ERROR, ALLOW = 0x00050000, 0x7FFF0000

library = ctypes.CDLL("libseccomp.so.2")
library.seccomp_init.restype = ctypes.c_void_p
library.seccomp_rule_add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint]
library.seccomp_load.argtypes = [ctypes.c_void_p]
assert ctypes.CDLL(None).prctl(38, 1, 0, 0, 0) == 0
rules = library.seccomp_init(ALLOW)
number = library.seccomp_syscall_resolve_name(sys.argv[1].encode())
assert library.seccomp_rule_add(rules, ERROR | errno.ENOSYS, number, 0) == 0
assert library.seccomp_load(rules) == 0
os.execv(sys.argv[2], sys.argv[2:])
