#!/usr/bin/env python3
"""Runs a command as systemd would run it under a unit's SystemCallFilter lines: any other system call ends it.

Usage: under_filter.py UNIT COMMAND...
As root it becomes nobody first. What groups such as @system-service contain, systemd-analyze says.
"""

import ctypes
import os
import subprocess
import sys

KILL_PROCESS, ALLOW = 0x80000000, 0x7FFF0000
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


def main():
    unit, command = sys.argv[1], sys.argv[2:]
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_rule_add.argtypes = [ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    names = allowed(unit)
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    assert ctypes.CDLL(None).prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
    rules = library.seccomp_init(KILL_PROCESS)
    for name in names:
        number = library.seccomp_syscall_resolve_name(name.encode())
        # Names of other architectures and newer kernels have no number here.
        if number >= 0:
            assert library.seccomp_rule_add(rules, ALLOW, number, 0) == 0, name
    assert library.seccomp_load(rules) == 0
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
