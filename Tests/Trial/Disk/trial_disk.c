#include "include/trial_disk.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

enum { sector = 512, regions = 64, most_files = 4096 };

// A write or a new length since the last sync.
struct piece {
    int64_t offset;
    // -1: the file has the length `offset` from then on.
    int64_t length;
    uint8_t *bytes;
    struct piece *next;
};

struct content {
    uint8_t *bytes;
    int64_t size;
    int64_t room;
};

struct disk_file {
    char *path;
    struct content now;
    struct content synced;
    struct piece *first;
    struct piece *last;
    int is_deleted;
    // Locks of a rollback journal.
    int shared;
    void *reserved;
    void *pending;
    void *exclusive;
    // The index of a write-ahead log, and its locks.
    void *region[regions];
    int region_size;
    int shared_slots[SQLITE_SHM_NLOCK];
    void *exclusive_slots[SQLITE_SHM_NLOCK];
};

struct handle {
    sqlite3_file base;
    struct disk_file *file;
    int level;
    int deletes;
    int shared_slots;
    int exclusive_slots;
};

static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static struct disk_file *files[most_files];
static int file_count;
static uint64_t chance_state;
static enum trial_disk_mode mode;
static int64_t operations;
static int64_t dies_at = -1;
static int is_dead;
static int64_t ticks;

// SplitMix64.
static uint64_t chance(void) {
    uint64_t z = (chance_state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

// MARK: Contents

static void *allocated(size_t size) {
    void *memory = calloc(1, size ? size : 1);
    if (!memory) abort();
    return memory;
}

static void grow(struct content *content, int64_t size) {
    if (size > content->room) {
        int64_t room = content->room ? content->room : 4096;
        while (room < size) room *= 2;
        uint8_t *bytes = allocated((size_t)room);
        if (content->size) memcpy(bytes, content->bytes, (size_t)content->size);
        free(content->bytes);
        content->bytes = bytes;
        content->room = room;
    }
    if (size > content->size) {
        memset(content->bytes + content->size, 0, (size_t)(size - content->size));
        content->size = size;
    }
}

static void apply(struct content *content, const struct piece *piece, int64_t length) {
    if (piece->length < 0) {
        if (piece->offset < content->size) content->size = piece->offset;
        else grow(content, piece->offset);
        return;
    }
    if (length == 0) return;
    grow(content, piece->offset + length);
    memcpy(content->bytes + piece->offset, piece->bytes, (size_t)length);
}

static void copy(struct content *to, const struct content *from) {
    grow(to, from->size);
    to->size = from->size;
    if (from->size) memcpy(to->bytes, from->bytes, (size_t)from->size);
}

static void note(struct disk_file *file, int64_t offset, int64_t length, const void *bytes) {
    struct piece *piece = allocated(sizeof *piece);
    piece->offset = offset;
    piece->length = length;
    if (length > 0) {
        piece->bytes = allocated((size_t)length);
        memcpy(piece->bytes, bytes, (size_t)length);
    }
    if (file->last) file->last->next = piece;
    else file->first = piece;
    file->last = piece;
    apply(&file->now, piece, length);
}

static void settle(struct disk_file *file) {
    for (struct piece *piece = file->first; piece;) {
        struct piece *next = piece->next;
        apply(&file->synced, piece, piece->length);
        free(piece->bytes);
        free(piece);
        piece = next;
    }
    file->first = file->last = NULL;
}

static struct disk_file *found(const char *path) {
    for (int i = 0; i < file_count; i++)
        if (!files[i]->is_deleted && files[i]->path && strcmp(files[i]->path, path) == 0) return files[i];
    return NULL;
}

static struct disk_file *made(const char *path) {
    if (file_count == most_files) abort();
    struct disk_file *file = allocated(sizeof *file);
    if (path) file->path = strdup(path);
    files[file_count++] = file;
    return file;
}

// Counts an operation; false once the process is dead.
static int counts(void) {
    if (is_dead) return 0;
    operations++;
    if (dies_at >= 0 && operations > dies_at) is_dead = 1;
    return !is_dead;
}

// MARK: One file

#define LOCKED(body)                  \
    pthread_mutex_lock(&guard);       \
    int result = body;                \
    pthread_mutex_unlock(&guard);     \
    return result

static int release_locks(struct handle *handle, int level) {
    struct disk_file *file = handle->file;
    if (file->exclusive == handle) file->exclusive = NULL;
    if (file->pending == handle) file->pending = NULL;
    if (file->reserved == handle) file->reserved = NULL;
    if (level == SQLITE_LOCK_NONE && handle->level >= SQLITE_LOCK_SHARED) file->shared--;
    handle->level = level;
    return SQLITE_OK;
}

static int file_close(sqlite3_file *base) {
    struct handle *handle = (struct handle *)base;
    pthread_mutex_lock(&guard);
    release_locks(handle, SQLITE_LOCK_NONE);
    if (handle->deletes) handle->file->is_deleted = 1;
    pthread_mutex_unlock(&guard);
    return SQLITE_OK;
}

static int read_bytes(struct disk_file *file, void *buffer, int amount, int64_t offset) {
    int64_t there = file->now.size - offset;
    if (there >= amount) {
        memcpy(buffer, file->now.bytes + offset, (size_t)amount);
        return SQLITE_OK;
    }
    memset(buffer, 0, (size_t)amount);
    if (there > 0) memcpy(buffer, file->now.bytes + offset, (size_t)there);
    return SQLITE_IOERR_SHORT_READ;
}

static int file_read(sqlite3_file *base, void *buffer, int amount, sqlite3_int64 offset) {
    LOCKED(read_bytes(((struct handle *)base)->file, buffer, amount, offset));
}

static int write_bytes(struct disk_file *file, const void *buffer, int amount, int64_t offset) {
    if (!counts()) return SQLITE_IOERR_WRITE;
    if (mode == trial_disk_broken) return SQLITE_IOERR_WRITE;
    if (mode == trial_disk_read_only) return SQLITE_READONLY;
    if (mode == trial_disk_full && offset + amount > file->now.size) return SQLITE_FULL;
    note(file, offset, amount, buffer);
    return SQLITE_OK;
}

static int file_write(sqlite3_file *base, const void *buffer, int amount, sqlite3_int64 offset) {
    LOCKED(write_bytes(((struct handle *)base)->file, buffer, amount, offset));
}

static int set_length(struct disk_file *file, int64_t size) {
    if (!counts()) return SQLITE_IOERR_TRUNCATE;
    if (mode == trial_disk_broken) return SQLITE_IOERR_TRUNCATE;
    note(file, size, -1, NULL);
    return SQLITE_OK;
}

static int file_truncate(sqlite3_file *base, sqlite3_int64 size) {
    LOCKED(set_length(((struct handle *)base)->file, size));
}

static int bring_to_disk(struct disk_file *file) {
    if (!counts()) return SQLITE_IOERR_FSYNC;
    if (mode == trial_disk_broken) return SQLITE_IOERR_FSYNC;
    settle(file);
    return SQLITE_OK;
}

static int file_sync(sqlite3_file *base, int flags) {
    (void)flags;
    LOCKED(bring_to_disk(((struct handle *)base)->file));
}

static int file_size(sqlite3_file *base, sqlite3_int64 *size) {
    pthread_mutex_lock(&guard);
    *size = ((struct handle *)base)->file->now.size;
    pthread_mutex_unlock(&guard);
    return SQLITE_OK;
}

static int take_lock(struct handle *handle, int level) {
    struct disk_file *file = handle->file;
    if (handle->level >= level) return SQLITE_OK;
    if (level == SQLITE_LOCK_SHARED) {
        if (file->pending || file->exclusive) return SQLITE_BUSY;
        file->shared++;
        handle->level = level;
        return SQLITE_OK;
    }
    if (file->reserved && file->reserved != handle) return SQLITE_BUSY;
    file->reserved = handle;
    if (level == SQLITE_LOCK_EXCLUSIVE) {
        file->pending = handle;
        if (file->shared > 1) {
            handle->level = SQLITE_LOCK_PENDING;
            return SQLITE_BUSY;
        }
        file->exclusive = handle;
    }
    handle->level = level;
    return SQLITE_OK;
}

static int file_lock(sqlite3_file *base, int level) { LOCKED(take_lock((struct handle *)base, level)); }

static int file_unlock(sqlite3_file *base, int level) {
    struct handle *handle = (struct handle *)base;
    LOCKED(handle->level > level ? release_locks(handle, level) : SQLITE_OK);
}

static int file_is_reserved(sqlite3_file *base, int *out) {
    pthread_mutex_lock(&guard);
    *out = ((struct handle *)base)->file->reserved != NULL;
    pthread_mutex_unlock(&guard);
    return SQLITE_OK;
}

static int file_control(sqlite3_file *base, int operation, void *argument) {
    (void)base, (void)operation, (void)argument;
    return SQLITE_NOTFOUND;
}

static int file_sector(sqlite3_file *base) {
    (void)base;
    return sector;
}

static int file_characteristics(sqlite3_file *base) {
    (void)base;
    return 0;
}

static int map_region(struct disk_file *file, int number, int size, int extends, void volatile **out) {
    *out = NULL;
    if (number >= regions) return SQLITE_NOMEM;
    if (!file->region[number] && !extends) return SQLITE_OK;
    file->region_size = size;
    if (!file->region[number]) file->region[number] = allocated((size_t)size);
    *out = file->region[number];
    return SQLITE_OK;
}

static int file_shm_map(sqlite3_file *base, int number, int size, int extends, void volatile **out) {
    LOCKED(map_region(((struct handle *)base)->file, number, size, extends, out));
}

static int slot_locks(struct handle *handle, int first, int count, int flags) {
    struct disk_file *file = handle->file;
    for (int slot = first; slot < first + count; slot++) {
        int bit = 1 << slot;
        if (flags & SQLITE_SHM_UNLOCK) continue;
        if (file->exclusive_slots[slot] && file->exclusive_slots[slot] != handle) return SQLITE_BUSY;
        if ((flags & SQLITE_SHM_EXCLUSIVE) && file->shared_slots[slot] > ((handle->shared_slots & bit) != 0))
            return SQLITE_BUSY;
    }
    for (int slot = first; slot < first + count; slot++) {
        int bit = 1 << slot;
        if (flags & SQLITE_SHM_UNLOCK) {
            if (handle->shared_slots & bit) file->shared_slots[slot]--;
            if (handle->exclusive_slots & bit) file->exclusive_slots[slot] = NULL;
            handle->shared_slots &= ~bit;
            handle->exclusive_slots &= ~bit;
        } else if (flags & SQLITE_SHM_SHARED) {
            if (!(handle->shared_slots & bit)) file->shared_slots[slot]++;
            handle->shared_slots |= bit;
        } else {
            file->exclusive_slots[slot] = handle;
            handle->exclusive_slots |= bit;
        }
    }
    return SQLITE_OK;
}

static int file_shm_lock(sqlite3_file *base, int first, int count, int flags) {
    LOCKED(slot_locks((struct handle *)base, first, count, flags));
}

static void file_shm_barrier(sqlite3_file *base) {
    (void)base;
    __sync_synchronize();
}

static int file_shm_unmap(sqlite3_file *base, int deletes) {
    struct handle *handle = (struct handle *)base;
    pthread_mutex_lock(&guard);
    slot_locks(handle, 0, SQLITE_SHM_NLOCK, SQLITE_SHM_UNLOCK);
    if (deletes) {
        for (int i = 0; i < regions; i++) {
            free(handle->file->region[i]);
            handle->file->region[i] = NULL;
        }
    }
    pthread_mutex_unlock(&guard);
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_is_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

// MARK: All files

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *out) {
    (void)vfs;
    struct handle *handle = (struct handle *)base;
    memset(handle, 0, sizeof *handle);
    pthread_mutex_lock(&guard);
    struct disk_file *file = path ? found(path) : NULL;
    int refuses = path && !file && (is_dead || mode == trial_disk_broken || mode == trial_disk_read_only);
    if ((!file && !(flags & SQLITE_OPEN_CREATE)) || refuses) {
        pthread_mutex_unlock(&guard);
        return SQLITE_CANTOPEN;
    }
    handle->file = file ? file : made(path);
    handle->deletes = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
    handle->base.pMethods = &methods;
    if (out) *out = flags;
    pthread_mutex_unlock(&guard);
    return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int syncs) {
    (void)vfs, (void)syncs;
    pthread_mutex_lock(&guard);
    struct disk_file *file = found(path);
    int result = SQLITE_OK;
    if (!file) result = SQLITE_IOERR_DELETE_NOENT;
    else if (!counts() || mode == trial_disk_broken) result = SQLITE_IOERR_DELETE;
    else file->is_deleted = 1;
    pthread_mutex_unlock(&guard);
    return result;
}

static int disk_access(sqlite3_vfs *vfs, const char *path, int flags, int *out) {
    (void)vfs, (void)flags;
    pthread_mutex_lock(&guard);
    struct disk_file *file = found(path);
    *out = file != NULL && (flags != SQLITE_ACCESS_EXISTS || file->now.size > 0);
    pthread_mutex_unlock(&guard);
    return SQLITE_OK;
}

static int disk_path(sqlite3_vfs *vfs, const char *path, int room, char *out) {
    (void)vfs;
    sqlite3_snprintf(room, out, "%s", path);
    return SQLITE_OK;
}

static int disk_randomness(sqlite3_vfs *vfs, int count, char *out) {
    (void)vfs;
    pthread_mutex_lock(&guard);
    for (int i = 0; i < count; i++) out[i] = (char)chance();
    pthread_mutex_unlock(&guard);
    return count;
}

static int disk_sleep(sqlite3_vfs *vfs, int microseconds) {
    (void)vfs;
    return microseconds;
}

static int disk_time(sqlite3_vfs *vfs, sqlite3_int64 *out) {
    (void)vfs;
    *out = 212845000000000 + ticks++;
    return SQLITE_OK;
}

static int disk_day(sqlite3_vfs *vfs, double *out) {
    sqlite3_int64 now;
    disk_time(vfs, &now);
    *out = (double)now / 86400000.0;
    return SQLITE_OK;
}

static int disk_error(sqlite3_vfs *vfs, int room, char *out) {
    (void)vfs, (void)room, (void)out;
    return 0;
}

int trial_disk_install(uint64_t seed) {
    static sqlite3_vfs vfs = {
        .iVersion = 2,
        .szOsFile = sizeof(struct handle),
        .mxPathname = 1024,
        .zName = "trial",
        .xOpen = disk_open,
        .xDelete = disk_delete,
        .xAccess = disk_access,
        .xFullPathname = disk_path,
        .xRandomness = disk_randomness,
        .xSleep = disk_sleep,
        .xCurrentTime = disk_day,
        .xGetLastError = disk_error,
        .xCurrentTimeInt64 = disk_time,
    };
    chance_state = seed;
    return sqlite3_vfs_register(&vfs, 1) == SQLITE_OK;
}

// MARK: What becomes of it

void trial_disk_set_mode(enum trial_disk_mode wanted) {
    pthread_mutex_lock(&guard);
    mode = wanted;
    pthread_mutex_unlock(&guard);
}

void trial_disk_die_after(int64_t count) {
    pthread_mutex_lock(&guard);
    dies_at = operations + count;
    pthread_mutex_unlock(&guard);
}

void trial_disk_die(void) {
    pthread_mutex_lock(&guard);
    is_dead = 1;
    pthread_mutex_unlock(&guard);
}

int trial_disk_is_dead(void) {
    pthread_mutex_lock(&guard);
    int result = is_dead;
    pthread_mutex_unlock(&guard);
    return result;
}

int64_t trial_disk_operations(void) {
    pthread_mutex_lock(&guard);
    int64_t result = operations;
    pthread_mutex_unlock(&guard);
    return result;
}

void trial_disk_restart(const char *from, const char *to, int without_power) {
    pthread_mutex_lock(&guard);
    size_t length = strlen(from);
    int count = file_count;
    for (int i = 0; i < count; i++) {
        struct disk_file *old = files[i];
        if (old->is_deleted || !old->path || strncmp(old->path, from, length) != 0) continue;
        char *path = allocated(strlen(to) + strlen(old->path) - length + 1);
        strcpy(path, to);
        strcat(path, old->path + length);
        struct disk_file *file = made(path);
        free(path);
        if (!without_power) {
            copy(&file->now, &old->now);
        } else {
            copy(&file->now, &old->synced);
            for (struct piece *piece = old->first; piece; piece = piece->next) {
                uint64_t fate = chance() % 4;
                // One in four is torn at a sector; of the others two thirds are there.
                if (fate == 0) continue;
                int64_t part = piece->length;
                if (fate == 1 && part > sector) part = (int64_t)(chance() % (uint64_t)(part / sector)) * sector;
                apply(&file->now, piece, part);
            }
        }
        copy(&file->synced, &file->now);
        old->is_deleted = 1;
    }
    is_dead = 0;
    dies_at = -1;
    mode = trial_disk_well;
    pthread_mutex_unlock(&guard);
}

uint64_t trial_disk_digest(const char *directory) {
    pthread_mutex_lock(&guard);
    uint64_t hash = 14695981039346656037u;
    size_t length = strlen(directory);
    for (int i = 0; i < file_count; i++) {
        struct disk_file *file = files[i];
        if (file->is_deleted || !file->path || strncmp(file->path, directory, length) != 0) continue;
        for (int64_t at = 0; at < file->now.size; at++) hash = (hash ^ file->now.bytes[at]) * 1099511628211u;
    }
    pthread_mutex_unlock(&guard);
    return hash;
}
