#define _GNU_SOURCE
#include "process_sandbox.h"

#ifdef __linux__
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int process_sandbox_threads(void) {
    DIR *tasks = opendir("/proc/self/task");
    if (tasks == NULL) return 0;
    int count = 0;
    // The directory is this function's own.
    for (struct dirent *task; (task = readdir(tasks)) != NULL;) count += task->d_name[0] != '.';
    closedir(tasks);
    return count;
}

int process_sandbox_refuse_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? 0 : -errno; }

// What a daemon and the programs of its channels have no use for. Names that this architecture or this version of the
// library does not know are left out.
static const char *const refused[] = {
    // Other processes' memory.
    "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "pidfd_getfd", "kcmp", "perf_event_open",
    "move_pages", "migrate_pages",
    // Parts of the kernel that few programs need and many attacks use.
    "bpf", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "add_key", "keyctl", "request_key",
    "fanotify_init", "fanotify_mark", "open_by_handle_at", "vmsplice", "lookup_dcookie",
    // File systems and namespaces.
    "mount", "umount", "umount2", "mount_setattr", "move_mount", "open_tree", "open_tree_attr", "fsopen", "fsconfig",
    "fsmount", "fspick", "pivot_root", "chroot", "setns", "unshare", "swapon", "swapoff", "quotactl", "quotactl_fd",
    "listmount", "statmount",
    // The machine.
    "init_module", "finit_module", "delete_module", "create_module", "query_module", "get_kernel_syms", "kexec_load",
    "kexec_file_load", "reboot", "acct", "syslog", "sethostname", "setdomainname", "settimeofday", "stime",
    "clock_settime", "clock_settime64", "clock_adjtime", "clock_adjtime64", "adjtimex", "iopl", "ioperm", "pciconfig_read",
    "pciconfig_write", "pciconfig_iobase", "vhangup", "nfsservctl",
    // What is left of older times.
    "modify_ldt", "uselib", "ustat", "sysfs", "_sysctl", "vm86", "vm86old", "remap_file_pages", "bdflush", "afs_syscall",
    "getpmsg", "putpmsg", "security", "tuxcall", "vserver", "idle",
};

#ifndef TIOCLINUX
#define TIOCLINUX 0x541C
#endif

// What makes a namespace.
static const unsigned long namespaces[] = {CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER,
                                           CLONE_NEWPID, CLONE_NEWNET};

// Keeps the first fault of several steps.
static void note(int *fault, int result) {
    if (*fault == 0) *fault = result;
}

static int refuse_parts(scmp_filter_ctx filter) {
    const uint32_t refusal = SCMP_ACT_ERRNO(EPERM), unknown = SCMP_ACT_ERRNO(EAFNOSUPPORT);
    int fault = 0;
    // The C library takes the older call instead, whose flags can be seen here.
    note(&fault, seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0));
    for (unsigned i = 0; i < sizeof namespaces / sizeof *namespaces; i++)
        note(&fault, seccomp_rule_add(filter, refusal, SCMP_SYS(clone), 1,
                                      SCMP_A0(SCMP_CMP_MASKED_EQ, namespaces[i], namespaces[i])));
    // Of the families of sockets four are left: local ones, IPv4, IPv6, and netlink, by which addresses are listed.
    for (unsigned family = 0; family < AF_NETLINK; family++)
        if (family != AF_UNIX && family != AF_INET && family != AF_INET6)
            note(&fault, seccomp_rule_add(filter, unknown, SCMP_SYS(socket), 1, SCMP_A0_32(SCMP_CMP_EQ, family)));
    note(&fault, seccomp_rule_add(filter, unknown, SCMP_SYS(socket), 1, SCMP_A0_32(SCMP_CMP_GT, AF_NETLINK)));
    // Words put into the terminal of whoever started the daemon, by either way.
    note(&fault, seccomp_rule_add(filter, refusal, SCMP_SYS(ioctl), 1, SCMP_A1_32(SCMP_CMP_EQ, TIOCSTI)));
    note(&fault, seccomp_rule_add(filter, refusal, SCMP_SYS(ioctl), 1, SCMP_A1_32(SCMP_CMP_EQ, TIOCLINUX)));
    // Memory at places that can be foretold, and memory that can be run because it can be read.
    // With all bits set the call only asks.
    const unsigned long weak[] = {ADDR_NO_RANDOMIZE, READ_IMPLIES_EXEC};
    for (unsigned i = 0; i < 2; i++)
        note(&fault, seccomp_rule_add(filter, refusal, SCMP_SYS(personality), 1,
                                      SCMP_A0(SCMP_CMP_MASKED_EQ, weak[i] | 0x80000000, weak[i])));
    return fault;
}

int process_sandbox_filter_calls(void) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL) return -ENOMEM;
    // Calls in the manner of another architecture would go past the filter.
    int fault = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(EPERM));
    note(&fault, seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1));
    for (unsigned i = 0; fault == 0 && i < sizeof refused / sizeof *refused; i++) {
        int call = seccomp_syscall_resolve_name(refused[i]);
        if (call >= 0) fault = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0);
    }
    if (fault == 0) fault = refuse_parts(filter);
    if (fault == 0) fault = seccomp_load(filter);
    seccomp_release(filter);
    // Some versions say -1 for any fault.
    return fault == 0 || fault < -1 ? fault : -EINVAL;
}

// The kernel's interface, which the headers of older systems lack in part.
struct ruleset_attributes {
    uint64_t handled_access_fs;
};
struct path_beneath_attributes {
    uint64_t allowed_access;
    int32_t parent;
} __attribute__((packed));

enum {
    write_file = 1 << 1,
    remove_directory = 1 << 4,
    remove_file = 1 << 5,
    make_character_device = 1 << 6,
    make_directory = 1 << 7,
    make_regular = 1 << 8,
    make_socket = 1 << 9,
    make_fifo = 1 << 10,
    make_block_device = 1 << 11,
    make_link = 1 << 12,
    refer = 1 << 13,
    truncate_file = 1 << 14,
};
enum { create_ruleset = 444, add_rule = 445, restrict_self = 446, version = 1, path_beneath = 1 };

int process_sandbox_landlock(void) {
    long found = syscall(create_ruleset, NULL, 0, version);
    return found > 0 ? (int)found : 0;
}

static int allow(int ruleset, const char *path, uint64_t access) {
    struct path_beneath_attributes rule = {.allowed_access = access};
    rule.parent = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent < 0) return 0;
    int fault = syscall(add_rule, ruleset, path_beneath, &rule, 0) == 0 ? 0 : -errno;
    close(rule.parent);
    return fault;
}

int process_sandbox_limit_writes(const char *const *directories, int count) {
    int found = process_sandbox_landlock();
    if (found == 0) return -ENOSYS;
    uint64_t writes = write_file | remove_directory | remove_file | make_character_device | make_directory |
                      make_regular | make_socket | make_fifo | make_block_device | make_link;
    // Before version 2 nothing can be moved from one directory to another; before version 3 any file that can be named
    // can be cut short by truncate(2).
    if (found >= 2) writes |= refer;
    if (found >= 3) writes |= truncate_file;
    struct ruleset_attributes attributes = {.handled_access_fs = writes};
    int ruleset = (int)syscall(create_ruleset, &attributes, sizeof attributes, 0);
    if (ruleset < 0) return -errno;
    int fault = allow(ruleset, "/dev", writes & (write_file | truncate_file));
    // Devices are for the administrator to make.
    uint64_t granted = writes & ~(uint64_t)(make_character_device | make_block_device);
    for (int i = 0; fault == 0 && i < count; i++) fault = allow(ruleset, directories[i], granted);
    if (fault == 0 && syscall(restrict_self, ruleset, 0) != 0) fault = -errno;
    close(ruleset);
    return fault;
}
#else
#include <errno.h>

int process_sandbox_threads(void) { return 0; }
int process_sandbox_refuse_privileges(void) { return -ENOSYS; }
int process_sandbox_filter_calls(void) { return -ENOSYS; }
int process_sandbox_landlock(void) { return 0; }
int process_sandbox_limit_writes(const char *const *directories, int count) {
    (void)directories;
    (void)count;
    return -ENOSYS;
}
#endif
