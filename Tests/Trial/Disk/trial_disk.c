#include "disk_contents.h"

#include <stdlib.h>
#include <string.h>

pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static struct disk_file *files[most_files];
static int file_count;
static uint64_t chance_state;
enum trial_disk_mode mode;
static int64_t operations;
static int64_t dies_at = -1;
int is_dead;

// SplitMix64.
uint64_t chance(void) {
    uint64_t z = (chance_state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void begin_chance(uint64_t seed) { chance_state = seed; }

// MARK: Contents

void *allocated(size_t size) {
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

void note(struct disk_file *file, int64_t offset, int64_t length, const void *bytes) {
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

void settle(struct disk_file *file) {
    for (struct piece *piece = file->first; piece;) {
        struct piece *next = piece->next;
        apply(&file->synced, piece, piece->length);
        free(piece->bytes);
        free(piece);
        piece = next;
    }
    file->first = file->last = NULL;
}

struct disk_file *found(const char *path) {
    for (int i = 0; i < file_count; i++)
        if (!files[i]->is_deleted && files[i]->path && strcmp(files[i]->path, path) == 0) return files[i];
    return NULL;
}

struct disk_file *made(const char *path) {
    if (file_count == most_files) abort();
    struct disk_file *file = allocated(sizeof *file);
    if (path) file->path = strdup(path);
    files[file_count++] = file;
    return file;
}

// Counts an operation; false once the process is dead.
int counts(void) {
    if (is_dead) return 0;
    operations++;
    if (dies_at >= 0 && operations > dies_at) is_dead = 1;
    return !is_dead;
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
