#ifndef LAPWING_REGULAR_EXPRESSION_H
#define LAPWING_REGULAR_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled pattern in RE2 syntax.
typedef struct lapwing_regular_expression lapwing_regular_expression;

/// Compiles a UTF-8 pattern. Returns NULL and writes the reason, cut to `reason_size`, if it is not valid.
lapwing_regular_expression *lapwing_regular_expression_create(
    const char *pattern, size_t length, char *reason, size_t reason_size);

/// Whether the pattern matches anywhere in the text. Safe to call from several threads at once.
bool lapwing_regular_expression_matches(
    const lapwing_regular_expression *expression, const char *text, size_t length);

void lapwing_regular_expression_destroy(lapwing_regular_expression *expression);

#ifdef __cplusplus
}
#endif

#endif
