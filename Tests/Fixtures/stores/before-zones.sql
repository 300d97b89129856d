-- A store as it was before whole zones were kept in it.
CREATE TABLE acknowledgement (
    incident TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    severity TEXT NOT NULL
);
CREATE TABLE act (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    person TEXT NOT NULL,
    incident TEXT,
    domain TEXT,
    text TEXT NOT NULL
);
CREATE TABLE announcement (
    id INTEGER PRIMARY KEY,
    -- Null for every domain.
    domain TEXT,
    began INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    -- A rule of RFC 5545, and the clock by which it is meant, JSON; null for a window that comes once.
    rule TEXT,
    clock TEXT,
    -- Subjects, JSON; null for all.
    covers TEXT,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    -- When it has come for the last time; null where there is no end.
    over INTEGER
, content TEXT);
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    domain TEXT NOT NULL,
    name TEXT NOT NULL,
    type INTEGER NOT NULL,
    at INTEGER NOT NULL,
    document TEXT NOT NULL
);
INSERT INTO "change" VALUES(1,'old.example.','old.example.',1,1790000000000,'{"name":"old.example.","kind":"A","old":["192.0.2.9"],"new":[],"seenBy":["ns1.example.net."]}');
CREATE TABLE domain (
    name TEXT PRIMARY KEY,
    added INTEGER NOT NULL,
    -- Options of a domain that was added at run time; null for those of the configuration file.
    options TEXT,
    -- What the judge remembers, and when it was last written.
    state BLOB,
    state_at INTEGER,
    learnt_at INTEGER
, source TEXT);
INSERT INTO "domain" VALUES('old.example.',1789913600000,NULL,X'7B2276657273696F6E223A312C226C6561726E744174223A313738393931333630303030302C22726F756E6473223A3238382C22636C6F636B223A7B2277616C6C223A313739303030303030303030302C226D6F6E6F746F6E6963223A38363430302C226F6666736574223A307D2C2264656C65676174696F6E223A7B22686F737473223A5B7B226E616D65223A226E73312E6578616D706C652E6E65742E222C22616464726573736573223A5B223139322E302E322E31225D2C226C6173744C6973746564223A313739303030303030303030307D5D2C22646570656E64656E63696573223A5B226E73312E6578616D706C652E6E65742E225D7D2C22626173656C696E65223A7B22686F737473223A5B226E73312E6578616D706C652E6E65742E222C5B223139322E302E322E31225D5D2C22676C7565223A5B5D2C226E7354544C223A333630302C22616E6E6F756E636564223A5B226E73312E6578616D706C652E6E65742E222C313738393931333630303030305D2C2272657469726564223A5B5D2C22676C75654469666665727353696E6365223A5B5D2C22616273656E74506F6C6C73223A302C226661696C696E67506F6C6C73223A307D2C2273657473223A5B5D2C2273657276657273223A5B5D2C2273657269616C73223A5B7B2273657269616C223A372C226669727374223A313738393931333630303030307D5D2C227265736F6C76657273223A7B7D2C22636861696E223A7B226473223A5B5D2C22646E736B6579223A5B5D2C227369676E696E6773223A5B5D7D2C227265676973747279223A7B7D2C22646570656E64656E63696573223A5B5D2C227072657061726174696F6E223A7B7D2C22616E6E6F756E63656D656E7473223A5B5D2C22626F6F6B223A7B226E657874223A332C226F70656E223A5B7B226964223A226F6C642E6578616D706C652D32222C22646F6D61696E223A226F6C642E6578616D706C652E222C226361757365223A226C6F7373222C22636F6465223A227265636F72642E6C6F7374222C22696E636964656E74436C617373223A227265636F7264732D6C6F7374222C227365766572697479223A22637269746963616C222C2273696E6365223A313739303030303030303030302C226F70656E65644174223A313739303030303030303030302C226C617374466F756E64223A313739303030303030303030302C2274657874223A7B22686561646C696E65223A22676F6E65222C226661637473223A5B5D2C2267726F756E6473223A5B5D7D2C226368616E676573223A5B5D2C227061676564223A747275652C22636C656172696E67223A7B22616273656E74223A7B22706F6C6C73223A327D7D2C22686F6C6473223A5B5D2C226D6973736564223A302C227374657073223A5B5D2C226E756D626572223A312C2265766964656E6365223A5B5D7D5D2C22636C6F736564223A5B7B226964223A226F6C642E6578616D706C652D31222C22646F6D61696E223A226F6C642E6578616D706C652E222C226361757365223A226C6F7373222C22636F6465223A227265636F72642E6C6F7374222C22696E636964656E74436C617373223A227265636F7264732D6C6F7374222C227365766572697479223A22637269746963616C222C2273696E6365223A313739303030303030303030302C226F70656E65644174223A313739303030303030303030302C226C617374466F756E64223A313739303030303030303030302C2274657874223A7B22686561646C696E65223A22676F6E65222C226661637473223A5B5D2C2267726F756E6473223A5B5D7D2C226368616E676573223A5B5D2C227061676564223A747275652C22636C656172696E67223A7B22616273656E74223A7B22706F6C6C73223A327D7D2C22686F6C6473223A5B5D2C226D6973736564223A302C227374657073223A5B5D2C226E756D626572223A312C2265766964656E6365223A5B5D2C22636C6F7365644174223A313739303030303036303030307D5D2C22737573706963696F6E73223A7B7D7D7D',1790000000000,1789913600000,NULL);
INSERT INTO "domain" VALUES('added.example.',1790000000000,'{}',NULL,NULL,NULL,NULL);
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES('first');
INSERT INTO "grdb_migrations" VALUES('incidents in the order of their list');
INSERT INTO "grdb_migrations" VALUES('silences of one finding, and what they hold back');
INSERT INTO "grdb_migrations" VALUES('rows by age');
INSERT INTO "grdb_migrations" VALUES('rows that cannot be read');
INSERT INTO "grdb_migrations" VALUES('acts, acknowledgements, announced windows, and why nobody was told');
INSERT INTO "grdb_migrations" VALUES('silences of one record');
INSERT INTO "grdb_migrations" VALUES('memory in parts, and each incident once');
INSERT INTO "grdb_migrations" VALUES('incidents by the cause that they share');
INSERT INTO "grdb_migrations" VALUES('incidents in the order of their list, with what they are filtered by');
INSERT INTO "grdb_migrations" VALUES('what domains were imported from');
INSERT INTO "grdb_migrations" VALUES('announcements that say what will be there');
CREATE TABLE incident (
    id TEXT PRIMARY KEY,
    domain TEXT NOT NULL,
    class TEXT NOT NULL,
    severity TEXT NOT NULL,
    opened INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    closed INTEGER,
    document TEXT NOT NULL
, kept INTEGER);
INSERT INTO "incident" VALUES('old.example-1','old.example.','records-lost','critical',1790000000000,1790000000000,1790000060000,'{"id":"old.example-1","domain":"old.example.","cause":"loss","code":"record.lost","incidentClass":"records-lost","severity":"critical","since":1790000000000,"openedAt":1790000000000,"lastFound":1790000000000,"text":{"headline":"gone","facts":[],"grounds":[]},"changes":[],"paged":true,"clearing":{"absent":{"polls":2}},"holds":[],"missed":0,"steps":[],"number":1,"evidence":[],"closedAt":1790000060000}',NULL);
INSERT INTO "incident" VALUES('old.example-2','old.example.','records-lost','critical',1790000000000,1790000000000,NULL,'{"id":"old.example-2","domain":"old.example.","cause":"loss","code":"record.lost","incidentClass":"records-lost","severity":"critical","since":1790000000000,"openedAt":1790000000000,"lastFound":1790000000000,"text":{"headline":"gone","facts":[],"grounds":[]},"changes":[],"paged":true,"clearing":{"absent":{"polls":2}},"holds":[],"missed":0,"steps":[],"number":1,"evidence":[]}',NULL);
CREATE TABLE incident_event (
    id INTEGER PRIMARY KEY,
    incident TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Null until the deliverer has decided what to say about it.
    spoken INTEGER,
    document TEXT NOT NULL
, held INTEGER, tellings TEXT);
INSERT INTO "incident_event" VALUES(1,'old.example-1',1790000000000,1790000000000,'{"id":"old.example-1.1","incident":"old.example-1","kind":"open","code":"record.lost","incidentClass":"records-lost","severity":"critical","page":true,"domain":"old.example.","title":"gone","text":"gone","changes":[],"since":1790000000000,"at":1790000000000}',NULL,NULL);
INSERT INTO "incident_event" VALUES(2,'old.example-2',1790000000000,NULL,'{"id":"old.example-2.1","incident":"old.example-2","kind":"open","code":"record.lost","incidentClass":"records-lost","severity":"critical","page":true,"domain":"old.example.","title":"gone","text":"gone","changes":[],"since":1790000000000,"at":1790000000000}',NULL,NULL);
CREATE TABLE memo (key TEXT PRIMARY KEY, value BLOB NOT NULL);
INSERT INTO "memo" VALUES('said','{"told":{"old.example-1 ops":1790000000000}}');
CREATE TABLE memory (
    domain TEXT NOT NULL,
    part TEXT NOT NULL,
    -- Which version of Lapwing can read it.
    form INTEGER NOT NULL,
    -- JSON made small by zlib, its length in front.
    body BLOB NOT NULL,
    PRIMARY KEY (domain, part)
) WITHOUT ROWID;
CREATE TABLE notice (
    id TEXT PRIMARY KEY,
    channel TEXT NOT NULL,
    incident TEXT NOT NULL,
    created INTEGER NOT NULL,
    document TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try INTEGER NOT NULL,
    -- When it was received, or given up on.
    finished INTEGER,
    receipt TEXT
);
INSERT INTO "notice" VALUES('old.example-1.1@ops','ops','old.example-1',1790000000000,'{"id":"old.example-1.1@ops","channel":"ops","incident":"old.example-1","event":"open","incidentClass":"records-lost","severity":"critical","page":true,"domain":"old.example.","title":"gone","text":"gone","changes":[],"since":1790000000000,"at":1790000000000,"domains":["old.example."]}',2,1790000040000,NULL,'503');
CREATE TABLE registration (
    domain TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    expires INTEGER,
    document TEXT NOT NULL
);
CREATE TABLE request (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    -- accept, check, note
    kind TEXT NOT NULL,
    domain TEXT NOT NULL,
    incident TEXT,
    text TEXT,
    done INTEGER
);
INSERT INTO "request" VALUES(1,1790000000000,'accept','old.example.','old.example-2','ann',NULL);
INSERT INTO "request" VALUES(2,1790000000000,'note','old.example.','old.example-1','called the registrar',1790000000000);
CREATE TABLE sighting (
    id INTEGER PRIMARY KEY,
    domain TEXT NOT NULL,
    source TEXT NOT NULL,
    name TEXT NOT NULL,
    type INTEGER NOT NULL,
    -- Null where the source rotates so fast that single values are no longer kept.
    data TEXT,
    ttl INTEGER,
    began INTEGER NOT NULL,
    -- Null while it is what the source serves.
    ended INTEGER
);
INSERT INTO "sighting" VALUES(1,'old.example.','authority ns1.example.net. 192.0.2.1','old.example.',1,'["192.0.2.9"]',300,1789913600000,1790000000000);
INSERT INTO "sighting" VALUES(2,'old.example.','parent','old.example.',2,'["ns1.example.net."]',3600,1789913600000,NULL);
CREATE TABLE silence (
    id INTEGER PRIMARY KEY,
    domain TEXT,
    class TEXT,
    began INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    reason TEXT NOT NULL
, code TEXT, name TEXT, type INTEGER);
INSERT INTO "silence" VALUES(1,'old.example.','records-lost',1790000000000,1790003600000,'work',NULL,NULL,NULL);
INSERT INTO "silence" VALUES(2,NULL,NULL,1789992800000,1789996400000,'over',NULL,NULL,NULL);
CREATE TABLE unreadable (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    -- The table and what names the row there.
    source TEXT NOT NULL,
    row TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- What it held, where the row itself goes on to be used.
    data BLOB,
    UNIQUE (source, row)
);
CREATE INDEX sighting_of_domain ON sighting (domain, began);
CREATE INDEX sighting_now ON sighting (domain) WHERE ended IS NULL;
CREATE INDEX change_of_domain ON change (domain, at);
CREATE INDEX incident_of_domain ON incident (domain, opened);
CREATE INDEX incident_by_time ON incident (updated);
CREATE INDEX event_of_incident ON incident_event (incident, at);
CREATE INDEX event_unspoken ON incident_event (id) WHERE spoken IS NULL;
CREATE INDEX notice_waiting ON notice (next_try) WHERE finished IS NULL;
CREATE INDEX notice_of_incident ON notice (incident);
CREATE INDEX request_waiting ON request (id) WHERE done IS NULL;
CREATE INDEX registration_by_expiry ON registration (expires);
CREATE INDEX event_held ON incident_event (held) WHERE held IS NOT NULL;
CREATE INDEX sighting_by_age ON sighting (ended) WHERE ended IS NOT NULL;
CREATE INDEX incident_by_age ON incident (closed) WHERE closed IS NOT NULL;
CREATE INDEX notice_by_age ON notice (finished) WHERE finished IS NOT NULL;
CREATE INDEX request_by_age ON request (done) WHERE done IS NOT NULL;
CREATE INDEX change_by_age ON change (at);
CREATE INDEX act_of_incident ON act (incident, id);
CREATE INDEX incident_by_cause ON incident (iif(json_valid(document), json_extract(document, '$.shared'), NULL), class, opened, id);
CREATE INDEX incident_open ON incident (updated DESC, id, domain, severity, opened, closed)
WHERE closed IS NULL;
CREATE INDEX incident_closed ON incident (updated DESC, id, domain, severity, opened, closed)
WHERE closed IS NOT NULL;
