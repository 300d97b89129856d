#ifndef DISK_CONTENTS_H
#define DISK_CONTENTS_H

// What both halves of the disk share: its files, and what decides about writes. Everything is used with `guard` held.

#include "include/trial_disk.h"

#include <pthread.h>
#include <sqlite3.h>

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

extern pthread_mutex_t guard;
extern enum trial_disk_mode mode;
extern int is_dead;

// The next number of the seed's sequence.
uint64_t chance(void);
// Memory of zeros.
void *allocated(size_t size);
// Writes bytes into a file, or gives it another length where `length` is -1.
void note(struct disk_file *file, int64_t offset, int64_t length, const void *bytes);
// Brings what was written to the platter.
void settle(struct disk_file *file);
// The file of a path; NULL when there is none.
struct disk_file *found(const char *path);
// A new file; it has no name where the path is NULL.
struct disk_file *made(const char *path);
// Counts a write or a sync; false once the process is dead.
int counts(void);
// Begins the sequence of numbers.
void begin_chance(uint64_t seed);

#endif
