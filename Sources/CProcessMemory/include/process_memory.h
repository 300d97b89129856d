#ifndef PROCESS_MEMORY_H
#define PROCESS_MEMORY_H

/// Keeps the allocator from holding a heap for each thread that comes from now on.
void process_memory_share_heaps(void);

/// Gives back what is not in use: freed memory, and the pages of the program that are not needed any more.
///
/// Code comes back from the system's page cache when it is used again.
void process_memory_give_back(void);

#endif
