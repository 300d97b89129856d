#ifndef TRIAL_DISK_H
#define TRIAL_DISK_H

#include <stdint.h>

// A disk in memory on which SQLite keeps its files, which fails when it is told to and loses power between any two writes.
//
// Everything is decided by one seed: the same calls leave the same bytes.

// What a disk does when something is written.
enum trial_disk_mode {
    trial_disk_well,
    // No room: what would make a file longer is refused.
    trial_disk_full,
    // Writing and syncing are refused.
    trial_disk_broken,
    // Opening for writing and writing are refused.
    trial_disk_read_only,
};

// Makes it the disk of all connections that are opened from now on. Returns false if SQLite refuses.
int trial_disk_install(uint64_t seed);

// What it does from now on.
void trial_disk_set_mode(enum trial_disk_mode mode);

// The process dies after so many further writes and syncs: what comes then reaches no file.
void trial_disk_die_after(int64_t operations);
// It dies now.
void trial_disk_die(void);
// Whether it is dead.
int trial_disk_is_dead(void);

// The files below one directory as the next process finds them, below another one. Where the power was lost, of what was
// written since the last sync of a file each piece is there, is not there, or is there in part.
void trial_disk_restart(const char *from, const char *to, int without_power);

// Writes and syncs so far.
int64_t trial_disk_operations(void);
// A number made of all bytes of all files below a directory.
uint64_t trial_disk_digest(const char *directory);

#endif
