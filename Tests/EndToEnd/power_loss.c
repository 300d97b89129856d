/* Preloaded: keeps, beside each file of a store, what of it would be on the disk if the power failed now.
 *
 * NAME.durable is the file as of its last sync; NAME.pending lists what was written since: records of two 64-bit numbers,
 * offset and length, or size and -1 where the file was cut. NAME.entered exists once the directory was synced after the file
 * was made. All of it survives `kill -9`; power_loss.py makes of it what a disk might hold after a loss of power.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { most_files = 8, most_descriptors = 65536 };

struct record {
    int64_t offset, length;
};

struct kept {
    char path[512];
    int durable, pending, real;
    struct record *records;
    size_t count, room;
};

static struct kept files[most_files];
static unsigned char kept_by[most_descriptors];
static int used;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static int (*real_open)(const char *, int, ...);
static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_cut)(int, off64_t);
static int (*real_sync)(int);
static int (*real_close)(int);
static int (*real_unlink)(const char *);

__attribute__((constructor)) static void find(void) {
    real_open = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open64");
    real_pwrite = (ssize_t(*)(int, const void *, size_t, off64_t))dlsym(RTLD_NEXT, "pwrite64");
    real_write = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    real_cut = (int (*)(int, off64_t))dlsym(RTLD_NEXT, "ftruncate64");
    real_sync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    real_close = (int (*)(int))dlsym(RTLD_NEXT, "close");
    real_unlink = (int (*)(const char *))dlsym(RTLD_NEXT, "unlink");
}

static int ends(const char *path, const char *end) {
    size_t length = strlen(path), tail = strlen(end);
    return length >= tail && strcmp(path + length - tail, end) == 0;
}

static int is_kept(const char *path) { return ends(path, ".db") || ends(path, ".db-wal") || ends(path, ".db-journal"); }

static int beside(const char *path, const char *end, int flags) {
    char name[600];
    snprintf(name, sizeof name, "%s%s", path, end);
    return real_open(name, flags | O_CREAT | O_CLOEXEC, 0600);
}

static struct kept *of(int descriptor) {
    if (descriptor < 0 || descriptor >= most_descriptors || kept_by[descriptor] == 0) return NULL;
    return &files[kept_by[descriptor] - 1];
}

static void note(struct kept *file, int64_t offset, int64_t length) {
    struct record record = {offset, length};
    if (file->count == file->room) {
        file->room = file->room ? 2 * file->room : 256;
        file->records = realloc(file->records, file->room * sizeof record);
    }
    file->records[file->count++] = record;
    real_write(file->pending, &record, sizeof record);
}

static void copy(struct kept *file, int64_t offset, int64_t length) {
    static char buffer[1 << 16];
    while (length > 0) {
        size_t part = length < (int64_t)sizeof buffer ? (size_t)length : sizeof buffer;
        ssize_t count = pread64(file->real, buffer, part, offset);
        if (count <= 0) return;
        real_pwrite(file->durable, buffer, (size_t)count, offset);
        offset += count;
        length -= count;
    }
}

/* All that was written is on the disk now. */
static void settle(struct kept *file) {
    for (size_t place = 0; place < file->count; place++)
        if (file->records[place].length >= 0) copy(file, file->records[place].offset, file->records[place].length);
    struct stat status;
    if (fstat(file->real, &status) == 0) real_cut(file->durable, status.st_size);
    real_cut(file->pending, 0);
    file->count = 0;
}

static void begin(int descriptor, const char *path, int was_there) {
    int place = 0;
    while (place < used && strcmp(files[place].path, path) != 0) place++;
    if (place == most_files || descriptor >= most_descriptors) return;
    struct kept *file = &files[place];
    if (place == used) {
        used++;
        snprintf(file->path, sizeof file->path, "%s", path);
        file->real = real_open(path, O_RDONLY | O_CLOEXEC);
        file->durable = beside(path, ".beginning", O_RDWR | O_TRUNC);
        file->pending = beside(path, ".pending", O_RDWR | O_APPEND | O_TRUNC);
        struct stat status;
        /* What lay there when the process began lay on the disk. */
        if (fstat(file->real, &status) == 0) copy(file, 0, status.st_size);
        if (was_there) real_close(beside(path, ".entered", O_RDWR));
        /* Until it is whole the file itself is what lies on the disk. */
        char whole[600], beginning[600];
        snprintf(whole, sizeof whole, "%s.durable", path);
        snprintf(beginning, sizeof beginning, "%s.beginning", path);
        rename(beginning, whole);
    }
    kept_by[descriptor] = (unsigned char)(place + 1);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = va_arg(rest, int);
    va_end(rest);
    int was_there = access(path, F_OK) == 0;
    int descriptor = real_open(path, flags, mode);
    if (descriptor >= 0 && path[0] == '/' && is_kept(path)) {
        int before = errno;
        pthread_mutex_lock(&turn);
        begin(descriptor, path, was_there);
        pthread_mutex_unlock(&turn);
        errno = before;
    }
    return descriptor;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t length, off64_t offset) {
    struct kept *file = of(descriptor);
    if (!file) return real_pwrite(descriptor, bytes, length, offset);
    pthread_mutex_lock(&turn);
    note(file, offset, (int64_t)length);
    ssize_t count = real_pwrite(descriptor, bytes, length, offset);
    pthread_mutex_unlock(&turn);
    return count;
}

ssize_t write(int descriptor, const void *bytes, size_t length) {
    struct kept *file = of(descriptor);
    if (!file) return real_write(descriptor, bytes, length);
    pthread_mutex_lock(&turn);
    note(file, lseek64(descriptor, 0, SEEK_CUR), (int64_t)length);
    ssize_t count = real_write(descriptor, bytes, length);
    pthread_mutex_unlock(&turn);
    return count;
}

int ftruncate64(int descriptor, off64_t size) {
    struct kept *file = of(descriptor);
    if (!file) return real_cut(descriptor, size);
    pthread_mutex_lock(&turn);
    note(file, size, -1);
    int status = real_cut(descriptor, size);
    pthread_mutex_unlock(&turn);
    return status;
}

static int synced(int descriptor) {
    struct kept *file = of(descriptor);
    struct stat status;
    pthread_mutex_lock(&turn);
    if (file) {
        settle(file);
    } else if (fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode)) {
        for (int place = 0; place < used; place++)
            if (files[place].path[0]) real_close(beside(files[place].path, ".entered", O_RDWR));
    }
    pthread_mutex_unlock(&turn);
    return 0;
}

int fdatasync(int descriptor) { return synced(descriptor); }
int fsync(int descriptor) { return synced(descriptor); }

int close(int descriptor) {
    if (descriptor >= 0 && descriptor < most_descriptors) kept_by[descriptor] = 0;
    return real_close(descriptor);
}

int unlink(const char *path) {
    pthread_mutex_lock(&turn);
    int status = real_unlink(path);
    if (status == 0 && is_kept(path))
        for (int place = 0; place < used; place++) {
            struct kept *file = &files[place];
            if (strcmp(file->path, path) != 0) continue;
            real_cut(file->durable, 0);
            real_cut(file->pending, 0);
            file->count = 0;
            real_close(file->real);
            file->real = -1;
            file->path[0] = 0;
            char name[600];
            snprintf(name, sizeof name, "%s.entered", path);
            real_unlink(name);
        }
    pthread_mutex_unlock(&turn);
    return status;
}
