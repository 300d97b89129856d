-- A store as the first version wrote it, with something in each table.
CREATE TABLE domain (
    name TEXT PRIMARY KEY,
    added INTEGER NOT NULL,
    -- Options of a domain that was added at run time; null for those of the configuration file.
    options TEXT,
    -- What the judge remembers, and when it was last written.
    state BLOB,
    state_at INTEGER,
    learnt_at INTEGER
);
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
CREATE INDEX sighting_of_domain ON sighting (domain, began);
CREATE INDEX sighting_now ON sighting (domain) WHERE ended IS NULL;
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    domain TEXT NOT NULL,
    name TEXT NOT NULL,
    type INTEGER NOT NULL,
    at INTEGER NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX change_of_domain ON change (domain, at);
CREATE TABLE incident (
    id TEXT PRIMARY KEY,
    domain TEXT NOT NULL,
    class TEXT NOT NULL,
    severity TEXT NOT NULL,
    opened INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    closed INTEGER,
    document TEXT NOT NULL
);
CREATE INDEX incident_of_domain ON incident (domain, opened);
CREATE INDEX incident_by_time ON incident (updated);
CREATE TABLE incident_event (
    id INTEGER PRIMARY KEY,
    incident TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Null until the deliverer has decided what to say about it.
    spoken INTEGER,
    document TEXT NOT NULL
);
CREATE INDEX event_of_incident ON incident_event (incident, at);
CREATE INDEX event_unspoken ON incident_event (id) WHERE spoken IS NULL;
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
CREATE INDEX notice_waiting ON notice (next_try) WHERE finished IS NULL;
CREATE INDEX notice_of_incident ON notice (incident);
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
CREATE INDEX request_waiting ON request (id) WHERE done IS NULL;
CREATE TABLE silence (
    id INTEGER PRIMARY KEY,
    domain TEXT,
    class TEXT,
    began INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    reason TEXT NOT NULL
);
CREATE TABLE registration (
    domain TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    expires INTEGER,
    document TEXT NOT NULL
);
CREATE INDEX registration_by_expiry ON registration (expires);
CREATE TABLE memo (key TEXT PRIMARY KEY, value BLOB NOT NULL);
INSERT INTO domain VALUES ('old.example.', 1789913600000, NULL, CAST('{"version":1,"learntAt":1789913600000,"rounds":288,"clock":{"wall":1790000000000,"monotonic":86400,"offset":0},"delegation":{"hosts":[{"name":"ns1.example.net.","addresses":["192.0.2.1"],"lastListed":1790000000000}],"dependencies":["ns1.example.net."]},"baseline":{"hosts":["ns1.example.net.",["192.0.2.1"]],"glue":[],"nsTTL":3600,"announced":["ns1.example.net.",1789913600000],"retired":[],"glueDiffersSince":[],"absentPolls":0,"failingPolls":0},"sets":[],"servers":[],"serials":[{"serial":7,"first":1789913600000}],"resolvers":{},"chain":{"ds":[],"dnskey":[],"signings":[]},"registry":{},"dependencies":[],"preparation":{},"announcements":[],"book":{"next":3,"open":[{"id":"old.example-2","domain":"old.example.","cause":"loss","code":"record.lost","incidentClass":"records-lost","severity":"critical","since":1790000000000,"openedAt":1790000000000,"lastFound":1790000000000,"text":{"headline":"gone","facts":[],"grounds":[]},"changes":[],"paged":true,"clearing":{"absent":{"polls":2}},"holds":[],"missed":0,"steps":[],"number":1,"evidence":[]}],"closed":[{"id":"old.example-1","domain":"old.example.","cause":"loss","code":"record.lost","incidentClass":"records-lost","severity":"critical","since":1790000000000,"openedAt":1790000000000,"lastFound":1790000000000,"text":{"headline":"gone","facts":[],"grounds":[]},"changes":[],"paged":true,"clearing":{"absent":{"polls":2}},"holds":[],"missed":0,"steps":[],"number":1,"evidence":[],"closedAt":1790000060000}],"suspicions":{}}}' AS BLOB), 1790000000000, 1789913600000);
INSERT INTO domain VALUES ('added.example.', 1790000000000, '{}', NULL, NULL, NULL);
INSERT INTO sighting VALUES (1, 'old.example.', 'authority ns1.example.net. 192.0.2.1', 'old.example.', 1, '["192.0.2.9"]', 300, 1789913600000, 1790000000000);
INSERT INTO sighting VALUES (2, 'old.example.', 'parent', 'old.example.', 2, '["ns1.example.net."]', 3600, 1789913600000, NULL);
INSERT INTO change VALUES (1, 'old.example.', 'old.example.', 1, 1790000000000, '{"name":"old.example.","kind":"A","old":["192.0.2.9"],"new":[],"seenBy":["ns1.example.net."]}');
INSERT INTO incident VALUES ('old.example-1', 'old.example.', 'records-lost', 'critical', 1790000000000, 1790000000000, 1790000060000, '{"id":"old.example-1","domain":"old.example.","cause":"loss","code":"record.lost","incidentClass":"records-lost","severity":"critical","since":1790000000000,"openedAt":1790000000000,"lastFound":1790000000000,"text":{"headline":"gone","facts":[],"grounds":[]},"changes":[],"paged":true,"clearing":{"absent":{"polls":2}},"holds":[],"missed":0,"steps":[],"number":1,"evidence":[],"closedAt":1790000060000}');
INSERT INTO incident VALUES ('old.example-2', 'old.example.', 'records-lost', 'critical', 1790000000000, 1790000000000, NULL, '{"id":"old.example-2","domain":"old.example.","cause":"loss","code":"record.lost","incidentClass":"records-lost","severity":"critical","since":1790000000000,"openedAt":1790000000000,"lastFound":1790000000000,"text":{"headline":"gone","facts":[],"grounds":[]},"changes":[],"paged":true,"clearing":{"absent":{"polls":2}},"holds":[],"missed":0,"steps":[],"number":1,"evidence":[]}');
INSERT INTO incident_event VALUES (1, 'old.example-1', 1790000000000, 1790000000000, '{"id":"old.example-1.1","incident":"old.example-1","kind":"open","code":"record.lost","incidentClass":"records-lost","severity":"critical","page":true,"domain":"old.example.","title":"gone","text":"gone","changes":[],"since":1790000000000,"at":1790000000000}');
INSERT INTO incident_event VALUES (2, 'old.example-2', 1790000000000, NULL, '{"id":"old.example-2.1","incident":"old.example-2","kind":"open","code":"record.lost","incidentClass":"records-lost","severity":"critical","page":true,"domain":"old.example.","title":"gone","text":"gone","changes":[],"since":1790000000000,"at":1790000000000}');
INSERT INTO notice VALUES ('old.example-1.1@ops', 'ops', 'old.example-1', 1790000000000, '{"id":"old.example-1.1@ops","channel":"ops","incident":"old.example-1","event":"open","incidentClass":"records-lost","severity":"critical","page":true,"domain":"old.example.","title":"gone","text":"gone","changes":[],"since":1790000000000,"at":1790000000000,"domains":["old.example."]}', 2, 1790000040000, NULL, '503');
INSERT INTO request VALUES (1, 1790000000000, 'accept', 'old.example.', 'old.example-2', 'ann', NULL);
INSERT INTO request VALUES (2, 1790000000000, 'note', 'old.example.', 'old.example-1', 'called the registrar', 1790000000000);
INSERT INTO silence VALUES (1, 'old.example.', 'records-lost', 1790000000000, 1790003600000, 'work');
INSERT INTO silence VALUES (2, NULL, NULL, 1789992800000, 1789996400000, 'over');
INSERT INTO memo VALUES ('said', '{"told":{"old.example-1 ops":1790000000000}}');
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES ('first');
