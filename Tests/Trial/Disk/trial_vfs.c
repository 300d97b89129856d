#include "disk_contents.h"

#include <stdlib.h>
#include <string.h>

// The disk as SQLite sees it: https://www.sqlite.org/vfs.html.

struct handle {
    sqlite3_file base;
    struct disk_file *file;
    int level;
    int deletes;
    int shared_slots;
    int exclusive_slots;
};

static int64_t ticks;

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
    begin_chance(seed);
    return sqlite3_vfs_register(&vfs, 1) == SQLITE_OK;
}
