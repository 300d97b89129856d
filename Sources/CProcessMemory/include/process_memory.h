#ifndef PROCESS_MEMORY_H
#define PROCESS_MEMORY_H

/// Keeps the allocator from holding a heap for each thread that comes from now on.
void process_memory_share_heaps(void);

/// Gives freed memory back.
void process_memory_trim_heaps(void);

/// Lets go of the pages of the program and its libraries; code comes back from the page cache when it is used again.
void process_memory_release_code(void);

#endif
