#ifndef LAPWING_FINDING_PAGES_H
#define LAPWING_FINDING_PAGES_H

#include <stddef.h>
#include <stdint.h>

/// What the documentation says of one kind of finding, as Markdown.
typedef struct {
    const char *code;
    const uint8_t *text;
    size_t size;
} finding_page;

/// The page at a place from 0 on; one without a code after the last.
finding_page finding_page_at(size_t place);

#endif
