#define _GNU_SOURCE
#include "program_start.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <unistd.h>

// A descriptor to read the bytes from, or -errno.
static int memory_with(const void *bytes, size_t length) {
    int file = memfd_create("input", MFD_CLOEXEC);
    if (file < 0) return -errno;
    for (size_t written = 0; written < length;) {
        ssize_t count = write(file, (const char *)bytes + written, length - written);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            int fault = count < 0 ? errno : EIO;
            close(file);
            return -fault;
        }
        written += (size_t)count;
    }
    if (lseek(file, 0, SEEK_SET) == 0) return file;
    int fault = errno;
    close(file);
    return -fault;
}

pid_t program_start(char *const *line, char *const *environment, const void *input, size_t length, int *output) {
    int given = memory_with(input, length);
    if (given < 0) return given;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        int fault = errno;
        close(given);
        return -fault;
    }
    // Only this side's: a program expects that it can write.
    fcntl(ends[0], F_SETFL, O_NONBLOCK);

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, given, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    pid_t process = 0;
    int fault = posix_spawn(&process, line[0], &actions, &attributes, line, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(given);
    close(ends[1]);
    if (fault != 0) {
        close(ends[0]);
        return -fault;
    }
    *output = ends[0];
    return process;
}
