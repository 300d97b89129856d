/* The files of the page as part of the program: each of Sources/LapwingWeb/Assets has its three lines here. A test compares
   this list with the folder. */
#include "web_assets.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const web_asset assets[] = {
    {"act.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/act.mustache" suffix(, 0)
    }},
    {"add.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/add.mustache" suffix(, 0)
    }},
    {"api.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/api.mustache" suffix(, 0)
    }},
    {"board.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/board.mustache" suffix(, 0)
    }},
    {"cause.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/cause.mustache" suffix(, 0)
    }},
    {"channels.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/channels.mustache" suffix(, 0)
    }},
    {"check-form.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/check-form.mustache" suffix(, 0)
    }},
    {"check-row.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/check-row.mustache" suffix(, 0)
    }},
    {"check-run.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/check-run.mustache" suffix(, 0)
    }},
    {"check-verdict.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/check-verdict.mustache" suffix(, 0)
    }},
    {"client.css", (const uint8_t[]){
#embed "../LapwingWeb/Assets/client.css" suffix(, 0)
    }},
    {"client.js", (const uint8_t[]){
#embed "../LapwingWeb/Assets/client.js" suffix(, 0)
    }},
    {"client.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/client.mustache" suffix(, 0)
    }},
    {"clients.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/clients.mustache" suffix(, 0)
    }},
    {"compare.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/compare.mustache" suffix(, 0)
    }},
    {"domain.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/domain.mustache" suffix(, 0)
    }},
    {"domains.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/domains.mustache" suffix(, 0)
    }},
    {"expiry.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/expiry.mustache" suffix(, 0)
    }},
    {"feeds.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/feeds.mustache" suffix(, 0)
    }},
    {"filters.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/filters.mustache" suffix(, 0)
    }},
    {"finding.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/finding.mustache" suffix(, 0)
    }},
    {"findings.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/findings.mustache" suffix(, 0)
    }},
    {"incident.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/incident.mustache" suffix(, 0)
    }},
    {"incidents.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/incidents.mustache" suffix(, 0)
    }},
    {"journal.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/journal.mustache" suffix(, 0)
    }},
    {"languages.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/languages.mustache" suffix(, 0)
    }},
    {"lapwing.css", (const uint8_t[]){
#embed "../LapwingWeb/Assets/lapwing.css" suffix(, 0)
    }},
    {"lapwing.js", (const uint8_t[]){
#embed "../LapwingWeb/Assets/lapwing.js" suffix(, 0)
    }},
    {"layout.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/layout.mustache" suffix(, 0)
    }},
    {"login.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/login.mustache" suffix(, 0)
    }},
    {"maintenance.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/maintenance.mustache" suffix(, 0)
    }},
    {"message.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/message.mustache" suffix(, 0)
    }},
    {"moment.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/moment.mustache" suffix(, 0)
    }},
    {"openapi.json", (const uint8_t[]){
#embed "../LapwingWeb/Assets/openapi.json" suffix(, 0)
    }},
    {"prose.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/prose.mustache" suffix(, 0)
    }},
    {"report.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/report.mustache" suffix(, 0)
    }},
    {"resolvers.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/resolvers.mustache" suffix(, 0)
    }},
    {"saved.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/saved.mustache" suffix(, 0)
    }},
    {"shared.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/shared.mustache" suffix(, 0)
    }},
    {"silences.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/silences.mustache" suffix(, 0)
    }},
    {"span.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/span.mustache" suffix(, 0)
    }},
    {"stranger.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/stranger.mustache" suffix(, 0)
    }},
    {"sure.mustache", (const uint8_t[]){
#embed "../LapwingWeb/Assets/sure.mustache" suffix(, 0)
    }},
};

web_asset web_asset_at(size_t place) {
    web_asset none = {NULL, NULL};
    return place < sizeof assets / sizeof assets[0] ? assets[place] : none;
}
