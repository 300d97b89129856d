#define _GNU_SOURCE
#include "process_memory.h"

#ifdef __linux__
#include <link.h>
#include <malloc.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef __GLIBC__
void process_memory_share_heaps(void) {
    mallopt(M_ARENA_MAX, 2);
}
#else
void process_memory_share_heaps(void) {}
#endif

/// Lets go of the read-only parts of the program or a library.
static int release(struct dl_phdr_info *object, size_t size, void *unused) {
    (void)size;
    // The kernel's own code is no file to come back from.
    if (strstr(object->dlpi_name, "vdso") != NULL) return 0;
    (void)unused;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    for (unsigned i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        // What may be written holds the loader's relocations, and those are nowhere else.
        if (part->p_type != PT_LOAD || (part->p_flags & PF_W)) continue;
        uintptr_t start = (object->dlpi_addr + part->p_vaddr + page - 1) & ~(page - 1);
        uintptr_t end = (object->dlpi_addr + part->p_vaddr + part->p_memsz) & ~(page - 1);
        if (end > start) madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

void process_memory_trim_heaps(void) {
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

void process_memory_release_code(void) { dl_iterate_phdr(release, NULL); }
#else
void process_memory_share_heaps(void) {}
void process_memory_trim_heaps(void) {}
void process_memory_release_code(void) {}
#endif
