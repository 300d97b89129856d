#ifndef PROGRAM_START_H
#define PROGRAM_START_H

#include <stddef.h>
#include <sys/types.h>

// Starts a program in a process group of its own, without a shell.
//
// line and environment end with NULL; line[0] is a path. The bytes at input are its whole standard input, from memory, so
// that a program that reads nothing blocks nobody. What it writes to both outputs can be read from *output, which does not
// block and is the caller's to close. No other descriptor is passed on. Returns the process, or -errno.
pid_t program_start(char *const *line, char *const *environment, const void *input, size_t length, int *output);

#endif
