#ifndef LAPWING_WEB_ASSETS_H
#define LAPWING_WEB_ASSETS_H

#include <stddef.h>
#include <stdint.h>

/// A file of the page: a template, a style sheet, a script, or the description of the API.
typedef struct {
    const char *name;
    /// Its bytes, and a zero after the last.
    const uint8_t *text;
} web_asset;

/// The file at a place from 0 on; one without a name after the last.
web_asset web_asset_at(size_t place);

#endif
