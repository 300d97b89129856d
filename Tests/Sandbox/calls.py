#!/usr/bin/env python3
"""Tries system calls and writes from within a channel's program, and writes down what came of each: calls.py FILE.

The numbers of calls are the system's library's; arguments are such that a call that is let through does no harm.
"""

import ctypes
import errno
import json
import os
import socket
import subprocess
import sys

LIBRARY = ctypes.CDLL("libseccomp.so.2")
LIBRARY.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
SYSTEM = ctypes.CDLL(None, use_errno=True)
NEW_USER, NO_RANDOM = 0x10000000, 0x0040000
REFUSED = [
    "ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "perf_event_open", "move_pages", "bpf", "userfaultfd",
    "io_uring_setup", "add_key", "keyctl", "request_key", "fanotify_init", "open_by_handle_at", "mount", "umount2", "move_mount",
    "fsopen", "open_tree", "pivot_root", "chroot", "setns", "unshare", "swapon", "swapoff", "init_module", "finit_module",
    "delete_module", "kexec_load", "kexec_file_load", "reboot", "acct", "syslog", "sethostname", "setdomainname", "settimeofday",
    "clock_settime", "iopl", "ioperm", "modify_ldt",
]


def called(name, *arguments):
    """The name of the error, or "done"."""
    number = LIBRARY.seccomp_syscall_resolve_name(name.encode())
    if number < 0:
        return None
    ctypes.set_errno(0)
    result = SYSTEM.syscall(number, *[ctypes.c_long(argument) for argument in arguments], *[ctypes.c_long(-1)] * (5 - len(arguments)))
    if result >= 0:
        return "done"
    return errno.errorcode[ctypes.get_errno()]


def tried(action):
    try:
        action()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"


def write(path):
    with open(path, "w") as out:
        out.write("written")


def own(name):
    with open("/proc/self/status") as lines:
        return next(line.split(":\t")[1].strip() for line in lines if line.startswith(name))


def made():
    """What came of each call, and what should have."""
    wanted = {name: "EPERM" for name in REFUSED}
    calls = {name: called(name) for name in REFUSED}
    wanted |= {"clone3": "ENOSYS", "clone": "EPERM", "personality": "EPERM"}
    calls |= {"clone3": called("clone3"), "clone": called("clone", NEW_USER, 0, 0, 0, 0),
              "personality": called("personality", NO_RANDOM)}
    for family in (3, 17, 21, 31, 38, 40):
        wanted[f"socket {family}"] = "EAFNOSUPPORT"
        calls[f"socket {family}"] = tried(lambda: socket.socket(family, socket.SOCK_RAW))
    for family in (socket.AF_UNIX, socket.AF_INET):
        wanted[f"socket {int(family)}"] = "done"
        calls[f"socket {int(family)}"] = tried(lambda: socket.socket(family, socket.SOCK_STREAM))
    return {name: what for name, what in calls.items() if what is not None}, wanted


def main():
    beside = os.path.dirname(sys.argv[1])
    outside = os.path.join(os.path.dirname(beside), "outside")
    # Where nothing is laid aside they would be carried out.
    calls, wanted = made() if own("NoNewPrivs") == "1" else ({}, {})
    identity = os.path.join(outside, "id")
    found = {
        "calls": calls, "wanted": wanted, "NoNewPrivs": own("NoNewPrivs"), "Seccomp": own("Seccomp:"),
        "outside": tried(lambda: write(os.path.join(outside, "written"))),
        "beside": tried(lambda: write(os.path.join(beside, "draft"))),
        "reading": tried(lambda: open("/etc/passwd").read()),
        "child": subprocess.run(["/bin/ls", "/"], stdout=subprocess.DEVNULL).returncode,
        "identity": subprocess.run([identity, "-u"], capture_output=True, text=True).stdout.strip()
        if os.path.exists(identity) else None,
    }
    with open(sys.argv[1], "w") as out:
        json.dump(found, out)


main()
