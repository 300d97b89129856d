/* The pages of docs/findings as part of the program; a test compares this list with the folder. */
#include "finding_pages.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t address_private[] = {
#embed "../../docs/findings/address.private.md"
};
static const uint8_t alias_dangling[] = {
#embed "../../docs/findings/alias.dangling.md"
};
static const uint8_t alias_failing[] = {
#embed "../../docs/findings/alias.failing.md"
};
static const uint8_t alias_taken[] = {
#embed "../../docs/findings/alias.taken.md"
};
static const uint8_t change_confirmed[] = {
#embed "../../docs/findings/change.confirmed.md"
};
static const uint8_t change_different[] = {
#embed "../../docs/findings/change.different.md"
};
static const uint8_t change_missing[] = {
#embed "../../docs/findings/change.missing.md"
};
static const uint8_t delegation_changed[] = {
#embed "../../docs/findings/delegation.changed.md"
};
static const uint8_t delegation_glue[] = {
#embed "../../docs/findings/delegation.glue.md"
};
static const uint8_t delegation_hijacked[] = {
#embed "../../docs/findings/delegation.hijacked.md"
};
static const uint8_t delegation_lame[] = {
#embed "../../docs/findings/delegation.lame.md"
};
static const uint8_t delegation_mismatch[] = {
#embed "../../docs/findings/delegation.mismatch.md"
};
static const uint8_t delegation_missing[] = {
#embed "../../docs/findings/delegation.missing.md"
};
static const uint8_t delegation_single[] = {
#embed "../../docs/findings/delegation.single.md"
};
static const uint8_t dependency_expiring[] = {
#embed "../../docs/findings/dependency.expiring.md"
};
static const uint8_t dependency_free[] = {
#embed "../../docs/findings/dependency.free.md"
};
static const uint8_t dependency_missing[] = {
#embed "../../docs/findings/dependency.missing.md"
};
static const uint8_t dependency_taken[] = {
#embed "../../docs/findings/dependency.taken.md"
};
static const uint8_t dnssec_algorithm[] = {
#embed "../../docs/findings/dnssec.algorithm.md"
};
static const uint8_t dnssec_broken[] = {
#embed "../../docs/findings/dnssec.broken.md"
};
static const uint8_t dnssec_costly[] = {
#embed "../../docs/findings/dnssec.costly.md"
};
static const uint8_t dnssec_denial[] = {
#embed "../../docs/findings/dnssec.denial.md"
};
static const uint8_t dnssec_downgraded[] = {
#embed "../../docs/findings/dnssec.downgraded.md"
};
static const uint8_t dnssec_expired[] = {
#embed "../../docs/findings/dnssec.expired.md"
};
static const uint8_t dnssec_expiring[] = {
#embed "../../docs/findings/dnssec.expiring.md"
};
static const uint8_t dnssec_incomplete[] = {
#embed "../../docs/findings/dnssec.incomplete.md"
};
static const uint8_t dnssec_island[] = {
#embed "../../docs/findings/dnssec.island.md"
};
static const uint8_t dnssec_iterations[] = {
#embed "../../docs/findings/dnssec.iterations.md"
};
static const uint8_t dnssec_signals[] = {
#embed "../../docs/findings/dnssec.signals.md"
};
static const uint8_t dnssec_unsigned[] = {
#embed "../../docs/findings/dnssec.unsigned.md"
};
static const uint8_t drift_records[] = {
#embed "../../docs/findings/drift.records.md"
};
static const uint8_t drift_resolver[] = {
#embed "../../docs/findings/drift.resolver.md"
};
static const uint8_t drift_source[] = {
#embed "../../docs/findings/drift.source.md"
};
static const uint8_t drift_ttl[] = {
#embed "../../docs/findings/drift.ttl.md"
};
static const uint8_t health_failing[] = {
#embed "../../docs/findings/health.failing.md"
};
static const uint8_t monitor_clock[] = {
#embed "../../docs/findings/monitor.clock.md"
};
static const uint8_t monitor_intercepted[] = {
#embed "../../docs/findings/monitor.intercepted.md"
};
static const uint8_t monitor_memory[] = {
#embed "../../docs/findings/monitor.memory.md"
};
static const uint8_t monitor_offline[] = {
#embed "../../docs/findings/monitor.offline.md"
};
static const uint8_t monitor_path[] = {
#embed "../../docs/findings/monitor.path.md"
};
static const uint8_t parent_failing[] = {
#embed "../../docs/findings/parent.failing.md"
};
static const uint8_t path_hijacked[] = {
#embed "../../docs/findings/path.hijacked.md"
};
static const uint8_t place_foreign[] = {
#embed "../../docs/findings/place.foreign.md"
};
static const uint8_t place_path[] = {
#embed "../../docs/findings/place.path.md"
};
static const uint8_t policy_weakened[] = {
#embed "../../docs/findings/policy.weakened.md"
};
static const uint8_t record_changed[] = {
#embed "../../docs/findings/record.changed.md"
};
static const uint8_t record_failing[] = {
#embed "../../docs/findings/record.failing.md"
};
static const uint8_t record_flux[] = {
#embed "../../docs/findings/record.flux.md"
};
static const uint8_t record_hijacked[] = {
#embed "../../docs/findings/record.hijacked.md"
};
static const uint8_t record_lost[] = {
#embed "../../docs/findings/record.lost.md"
};
static const uint8_t record_unexpected[] = {
#embed "../../docs/findings/record.unexpected.md"
};
static const uint8_t registration_changed[] = {
#embed "../../docs/findings/registration.changed.md"
};
static const uint8_t registration_expiring[] = {
#embed "../../docs/findings/registration.expiring.md"
};
static const uint8_t registration_hold[] = {
#embed "../../docs/findings/registration.hold.md"
};
static const uint8_t registration_parked[] = {
#embed "../../docs/findings/registration.parked.md"
};
static const uint8_t registration_undated[] = {
#embed "../../docs/findings/registration.undated.md"
};
static const uint8_t registration_unlocked[] = {
#embed "../../docs/findings/registration.unlocked.md"
};
static const uint8_t registry_differs[] = {
#embed "../../docs/findings/registry.differs.md"
};
static const uint8_t registry_unavailable[] = {
#embed "../../docs/findings/registry.unavailable.md"
};
static const uint8_t resolution_failing[] = {
#embed "../../docs/findings/resolution.failing.md"
};
static const uint8_t resolver_divergent[] = {
#embed "../../docs/findings/resolver.divergent.md"
};
static const uint8_t resolver_failing[] = {
#embed "../../docs/findings/resolver.failing.md"
};
static const uint8_t resolver_poisoned[] = {
#embed "../../docs/findings/resolver.poisoned.md"
};
static const uint8_t resolver_rewrites[] = {
#embed "../../docs/findings/resolver.rewrites.md"
};
static const uint8_t resolver_stale[] = {
#embed "../../docs/findings/resolver.stale.md"
};
static const uint8_t resolvers_silent[] = {
#embed "../../docs/findings/resolvers.silent.md"
};
static const uint8_t serial_backwards[] = {
#embed "../../docs/findings/serial.backwards.md"
};
static const uint8_t server_denies[] = {
#embed "../../docs/findings/server.denies.md"
};
static const uint8_t server_disagrees[] = {
#embed "../../docs/findings/server.disagrees.md"
};
static const uint8_t server_silent[] = {
#embed "../../docs/findings/server.silent.md"
};
static const uint8_t servers_refuse[] = {
#embed "../../docs/findings/servers.refuse.md"
};
static const uint8_t servers_silent[] = {
#embed "../../docs/findings/servers.silent.md"
};
static const uint8_t transport_edns[] = {
#embed "../../docs/findings/transport.edns.md"
};
static const uint8_t transport_size[] = {
#embed "../../docs/findings/transport.size.md"
};
static const uint8_t transport_tcp[] = {
#embed "../../docs/findings/transport.tcp.md"
};
static const uint8_t ttl_cut[] = {
#embed "../../docs/findings/ttl.cut.md"
};
static const uint8_t ttl_low[] = {
#embed "../../docs/findings/ttl.low.md"
};
static const uint8_t ttl_uneven[] = {
#embed "../../docs/findings/ttl.uneven.md"
};
static const uint8_t zone_changed[] = {
#embed "../../docs/findings/zone.changed.md"
};
static const uint8_t zone_open[] = {
#embed "../../docs/findings/zone.open.md"
};
static const uint8_t zone_stale[] = {
#embed "../../docs/findings/zone.stale.md"
};
static const uint8_t zone_unavailable[] = {
#embed "../../docs/findings/zone.unavailable.md"
};

static const finding_page pages[] = {
    {"address.private", address_private, sizeof address_private},
    {"alias.dangling", alias_dangling, sizeof alias_dangling},
    {"alias.failing", alias_failing, sizeof alias_failing},
    {"alias.taken", alias_taken, sizeof alias_taken},
    {"change.confirmed", change_confirmed, sizeof change_confirmed},
    {"change.different", change_different, sizeof change_different},
    {"change.missing", change_missing, sizeof change_missing},
    {"delegation.changed", delegation_changed, sizeof delegation_changed},
    {"delegation.glue", delegation_glue, sizeof delegation_glue},
    {"delegation.hijacked", delegation_hijacked, sizeof delegation_hijacked},
    {"delegation.lame", delegation_lame, sizeof delegation_lame},
    {"delegation.mismatch", delegation_mismatch, sizeof delegation_mismatch},
    {"delegation.missing", delegation_missing, sizeof delegation_missing},
    {"delegation.single", delegation_single, sizeof delegation_single},
    {"dependency.expiring", dependency_expiring, sizeof dependency_expiring},
    {"dependency.free", dependency_free, sizeof dependency_free},
    {"dependency.missing", dependency_missing, sizeof dependency_missing},
    {"dependency.taken", dependency_taken, sizeof dependency_taken},
    {"dnssec.algorithm", dnssec_algorithm, sizeof dnssec_algorithm},
    {"dnssec.broken", dnssec_broken, sizeof dnssec_broken},
    {"dnssec.costly", dnssec_costly, sizeof dnssec_costly},
    {"dnssec.denial", dnssec_denial, sizeof dnssec_denial},
    {"dnssec.downgraded", dnssec_downgraded, sizeof dnssec_downgraded},
    {"dnssec.expired", dnssec_expired, sizeof dnssec_expired},
    {"dnssec.expiring", dnssec_expiring, sizeof dnssec_expiring},
    {"dnssec.incomplete", dnssec_incomplete, sizeof dnssec_incomplete},
    {"dnssec.island", dnssec_island, sizeof dnssec_island},
    {"dnssec.iterations", dnssec_iterations, sizeof dnssec_iterations},
    {"dnssec.signals", dnssec_signals, sizeof dnssec_signals},
    {"dnssec.unsigned", dnssec_unsigned, sizeof dnssec_unsigned},
    {"drift.records", drift_records, sizeof drift_records},
    {"drift.resolver", drift_resolver, sizeof drift_resolver},
    {"drift.source", drift_source, sizeof drift_source},
    {"drift.ttl", drift_ttl, sizeof drift_ttl},
    {"health.failing", health_failing, sizeof health_failing},
    {"monitor.clock", monitor_clock, sizeof monitor_clock},
    {"monitor.intercepted", monitor_intercepted, sizeof monitor_intercepted},
    {"monitor.memory", monitor_memory, sizeof monitor_memory},
    {"monitor.offline", monitor_offline, sizeof monitor_offline},
    {"monitor.path", monitor_path, sizeof monitor_path},
    {"parent.failing", parent_failing, sizeof parent_failing},
    {"path.hijacked", path_hijacked, sizeof path_hijacked},
    {"place.foreign", place_foreign, sizeof place_foreign},
    {"place.path", place_path, sizeof place_path},
    {"policy.weakened", policy_weakened, sizeof policy_weakened},
    {"record.changed", record_changed, sizeof record_changed},
    {"record.failing", record_failing, sizeof record_failing},
    {"record.flux", record_flux, sizeof record_flux},
    {"record.hijacked", record_hijacked, sizeof record_hijacked},
    {"record.lost", record_lost, sizeof record_lost},
    {"record.unexpected", record_unexpected, sizeof record_unexpected},
    {"registration.changed", registration_changed, sizeof registration_changed},
    {"registration.expiring", registration_expiring, sizeof registration_expiring},
    {"registration.hold", registration_hold, sizeof registration_hold},
    {"registration.parked", registration_parked, sizeof registration_parked},
    {"registration.undated", registration_undated, sizeof registration_undated},
    {"registration.unlocked", registration_unlocked, sizeof registration_unlocked},
    {"registry.differs", registry_differs, sizeof registry_differs},
    {"registry.unavailable", registry_unavailable, sizeof registry_unavailable},
    {"resolution.failing", resolution_failing, sizeof resolution_failing},
    {"resolver.divergent", resolver_divergent, sizeof resolver_divergent},
    {"resolver.failing", resolver_failing, sizeof resolver_failing},
    {"resolver.poisoned", resolver_poisoned, sizeof resolver_poisoned},
    {"resolver.rewrites", resolver_rewrites, sizeof resolver_rewrites},
    {"resolver.stale", resolver_stale, sizeof resolver_stale},
    {"resolvers.silent", resolvers_silent, sizeof resolvers_silent},
    {"serial.backwards", serial_backwards, sizeof serial_backwards},
    {"server.denies", server_denies, sizeof server_denies},
    {"server.disagrees", server_disagrees, sizeof server_disagrees},
    {"server.silent", server_silent, sizeof server_silent},
    {"servers.refuse", servers_refuse, sizeof servers_refuse},
    {"servers.silent", servers_silent, sizeof servers_silent},
    {"transport.edns", transport_edns, sizeof transport_edns},
    {"transport.size", transport_size, sizeof transport_size},
    {"transport.tcp", transport_tcp, sizeof transport_tcp},
    {"ttl.cut", ttl_cut, sizeof ttl_cut},
    {"ttl.low", ttl_low, sizeof ttl_low},
    {"ttl.uneven", ttl_uneven, sizeof ttl_uneven},
    {"zone.changed", zone_changed, sizeof zone_changed},
    {"zone.open", zone_open, sizeof zone_open},
    {"zone.stale", zone_stale, sizeof zone_stale},
    {"zone.unavailable", zone_unavailable, sizeof zone_unavailable},
};

finding_page finding_page_at(size_t place) {
    finding_page none = {NULL, NULL, 0};
    return place < sizeof pages / sizeof pages[0] ? pages[place] : none;
}
