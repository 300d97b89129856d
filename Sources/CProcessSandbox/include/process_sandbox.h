#ifndef PROCESS_SANDBOX_H
#define PROCESS_SANDBOX_H

#include <stdint.h>

/// How many threads the process has; 0 where that cannot be told.
int process_sandbox_threads(void);

/// Neither this process nor what it starts gains privileges by starting a program. 0, or -errno.
int process_sandbox_refuse_privileges(void);

/// From now on all threads of this process and what they start are refused what no daemon needs (EPERM). 0, or -errno.
int process_sandbox_filter_calls(void);

/// The version of Landlock that this kernel has; 0 where it has none.
int process_sandbox_landlock(void);

/// From now on this thread, those that it starts and the programs that they start write below these directories only,
/// and to devices. Directories that are not there are left out. 0, or -errno.
int process_sandbox_limit_writes(const char *const *directories, int count);

#endif
