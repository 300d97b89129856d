"""A private network, mount and process namespace, and the way in.

Everything the lab writes lies on a tmpfs that only its mount namespace has, and every process of the
lab is in one process namespace, so ending its first process, even by SIGKILL, leaves nothing behind.
Where a container forbids a process namespace with its own /proc, the lab does without one and each
server dies with the first process instead.
"""

import os
import subprocess
import sys

MARK = "lapwing-lab:"
PRIVATE = ["--map-root-user", "--net", "--mount"]
PROCESSES = ["--pid", "--mount-proc"]   # Swift's runtime reads /proc by its own process id
MOUNT_POINTS = ("/srv", "/media", "/opt", "/mnt")


def find(name):
    """The process id, as seen from here, of the first process of the lab called `name`."""
    wanted = (MARK + name).encode()
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/cmdline", "rb") as file:
                arguments = file.read().split(b"\0")
        except OSError:
            continue
        # The mark stands twice: in `unshare` and in its child, which is the one to enter.
        if wanted in arguments and os.path.basename(arguments[0]).startswith(b"python"):
            return int(entry)
    return None


def may_have_processes():
    return subprocess.run(["unshare", *PRIVATE, *PROCESSES, "--fork", "true"], capture_output=True).returncode == 0


def start(name, program, options):
    """Starts the first process of a lab and waits until it says that it is ready; returns what it said."""
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    command = [
        "unshare", *PRIVATE, *(PROCESSES if may_have_processes() else []), "--fork", "--kill-child",
        sys.executable, program, MARK + name, str(writer), *options,
    ]
    subprocess.Popen(command, close_fds=False, start_new_session=True, stdin=subprocess.DEVNULL)
    os.close(writer)
    # `unshare` keeps the pipe open as long as it lives, so the end of the answer is marked.
    said = b""
    with os.fdopen(reader, "rb", buffering=0) as answers:
        while not said.endswith(b"\0"):
            part = answers.read(4096)
            if not part:
                break
            said += part
    return said.decode().strip("\0\n ")


def enter(process, name, directory, command):
    """Replaces this process by `command` inside the lab whose first process is `process`."""
    os.environ["LAB_DIR"] = directory
    os.environ["LAPWING_LAB"] = name
    own_processes = os.readlink(f"/proc/{process}/ns/pid") != os.readlink("/proc/self/ns/pid")
    inside = ["sh", "-c", 'cd "$0" && exec "$@"', os.getcwd(), *command]
    os.execvp("nsenter", [
        "nsenter", "--target", str(process), "--user", "--net", "--mount",
        *(["--pid"] if own_processes else []), "--preserve-credentials", "--", *inside,
    ])


def make_directory():
    """Mounts the lab's tmpfs over the first empty directory that every Debian has; returns the lab's directory."""
    for place in MOUNT_POINTS:
        if os.path.isdir(place) and not os.listdir(place):
            subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "lapwing-lab", place], check=True)
            directory = os.path.join(place, "lab")
            os.mkdir(directory)
            return directory
    raise SystemExit("lab: none of " + " ".join(MOUNT_POINTS) + " is an empty directory to mount on")


def cover(path, text):
    """Lets `path`, inside the lab only, hold `text`; does nothing if the machine has no such file."""
    if not os.path.exists(path):
        return
    own = os.path.join(os.environ["LAB_DIR"], "etc-" + os.path.basename(path))
    with open(own, "w") as file:
        file.write(text)
    subprocess.run(["mount", "--bind", own, os.path.realpath(path)], check=True)


def add_addresses(addresses):
    """Puts addresses on the loopback interface. IPv6 ones are left out where the kernel has none."""
    lines = ["link set lo up"]
    for address in addresses:
        if ":" not in address:
            lines.append(f"addr add {address}/32 dev lo")
        elif has_ipv6():
            lines.append(f"addr add {address}/128 dev lo nodad")
    subprocess.run(["ip", "-batch", "-"], input="\n".join(lines) + "\n", text=True, check=True)


def has_ipv6():
    return os.path.exists("/proc/net/if_inet6")
