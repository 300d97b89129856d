#!/usr/bin/env python3
"""Runs a command as systemd would run it under a unit's SystemCallFilter lines: any other system call ends it.

Usage: under_filter.py [--errors] UNIT COMMAND...
With --errors it fails with EPERM instead, as the unit says, and so does what MemoryDenyWriteExecute= refuses.
As root it becomes nobody first. What groups such as @system-service contain, systemd-analyze says.
"""

import ctypes
import errno
import os
import subprocess
import sys

KILL_PROCESS, ALLOW, ERROR = 0x80000000, 0x7FFF0000, 0x00050000 | errno.EPERM
# SCMP_CMP_MASKED_EQ, and what is asked of memory.
MASKED, WRITE, EXECUTE = 7, 2, 4
NO_NEW_PRIVILEGES = 38
NOBODY = 65534


def members(word):
    """The system calls that a word of a filter stands for."""
    if not word.startswith("@"):
        return {word}
    text = subprocess.run(["systemd-analyze", "syscall-filter", word], check=True, capture_output=True, text=True).stdout
    words = [line.strip() for line in text.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return set().union(*(members(inner) for inner in words))


def allowed(unit):
    """systemd.exec(5): the first line says whether the list allows or forbids; later ones add to it or take away."""
    lines = [line.split("=", 1)[1].strip() for line in open(unit) if line.startswith("SystemCallFilter=")]
    assert lines and not lines[0].startswith("~"), "the first SystemCallFilter must be a list of what is allowed"
    found = members("@default")
    for line in lines:
        named = set().union(*(members(word) for word in line.lstrip("~").split()))
        found = found - named if line.startswith("~") else found | named
    return found


class Comparison(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("kind", ctypes.c_int), ("mask", ctypes.c_uint64), ("value", ctypes.c_uint64)]


def refuse_memory(library):
    """systemd.exec(5), MemoryDenyWriteExecute=: memory that is written and run, and memory that is made to run later."""
    rules = library.seccomp_init(ALLOW)
    for name, bits in (("mmap", WRITE | EXECUTE), ("mprotect", EXECUTE), ("pkey_mprotect", EXECUTE)):
        number = library.seccomp_syscall_resolve_name(name.encode())
        comparison = Comparison(2, MASKED, bits, bits)
        assert library.seccomp_rule_add_array(rules, ERROR, number, 1, ctypes.byref(comparison)) == 0, name
    assert library.seccomp_load(rules) == 0


def main():
    has_errors = sys.argv[1] == "--errors"
    unit, *command = sys.argv[2 if has_errors else 1:]
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_rule_add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    library.seccomp_rule_add_array.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p]
    names = allowed(unit)
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    assert ctypes.CDLL(None).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
    rules = library.seccomp_init(ERROR if has_errors else KILL_PROCESS)
    if has_errors:
        refuse_memory(library)
    for name in names:
        number = library.seccomp_syscall_resolve_name(name.encode())
        # Names of other architectures and newer kernels have no number here.
        if number >= 0:
            assert library.seccomp_rule_add(rules, ALLOW, number, 0) == 0, name
    assert library.seccomp_load(rules) == 0
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
