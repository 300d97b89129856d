import Foundation

/// The migrations from an empty file to the present tables. New ones are only ever added at the end.
enum Migrations {
    static let all: Migrator = {
        var migrator = Migrator()
        migrator.registerMigration("first") { database in
            for statement in first + database.dialect.noticeNumbering { try database.execute(statement) }
        }
        migrator.registerMigration("incidents in the order of their list") { database in
            try database.execute("CREATE INDEX incident_open ON incident (updated DESC, id) WHERE closed IS NULL")
            try database.execute("CREATE INDEX incident_closed ON incident (updated DESC, id) WHERE closed IS NOT NULL")
        }
        migrator.registerMigration("silences of one finding, and what they hold back") { database in
            try database.execute("ALTER TABLE silence ADD COLUMN code TEXT")
            // The end of a silence that mutes the event; null without one.
            try database.execute("ALTER TABLE incident_event ADD COLUMN held INTEGER")
            try database.execute("CREATE INDEX event_held ON incident_event (held) WHERE held IS NOT NULL")
        }
        migrator.registerMigration("rows by age") { database in
            for (table, column) in [
                ("sighting", "ended"), ("incident", "closed"), ("notice", "finished"), ("request", "done"),
            ] {
                try database.execute("CREATE INDEX \(table)_by_age ON \(table) (\(column)) WHERE \(column) IS NOT NULL")
            }
            try database.execute("CREATE INDEX change_by_age ON change (at)")
        }
        migrator.registerMigration("rows that cannot be read") { database in
            try database.execute(
                """
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
                )
                """)
        }
        migrator.registerMigration("acts, acknowledgements, announced windows, and why nobody was told") { database in
            // The delivery decisions for the event at each channel, JSON; null until the deliverer has decided.
            try database.execute("ALTER TABLE incident_event ADD COLUMN tellings TEXT")
            for statement in acts { try database.execute(statement) }
        }
        migrator.registerMigration("silences of one record") { database in
            try database.execute("ALTER TABLE silence ADD COLUMN name TEXT")
            try database.execute("ALTER TABLE silence ADD COLUMN type INTEGER")
        }
        migrator.registerMigration("memory in parts, and each incident once") { database in
            try database.execute(
                """
                CREATE TABLE memory (
                    domain TEXT NOT NULL,
                    part TEXT NOT NULL,
                    -- Which version of Lapwing can read it.
                    form INTEGER NOT NULL,
                    -- JSON made small by zlib, its length in front.
                    body BLOB NOT NULL,
                    PRIMARY KEY (domain, part)
                ) WITHOUT ROWID
                """)
            // 1 while the domain's memory refers to the incident; null for history.
            try database.execute("ALTER TABLE incident ADD COLUMN kept INTEGER")
        }
        migrator.registerMigration("incidents by the cause that they share") { database in
            try database.execute(
                "CREATE INDEX incident_by_cause ON incident (\(Store.sharedCause(database.dialect)), class, opened, id)"
            )
        }
        migrator.registerMigration("incidents in the order of their list, with what they are filtered by") { database in
            for (kind, condition) in [("open", "closed IS NULL"), ("closed", "closed IS NOT NULL")] {
                try database.execute("DROP INDEX incident_\(kind)")
                try database.execute(
                    """
                    CREATE INDEX incident_\(kind) ON incident (updated DESC, id, domain, severity, opened, closed)
                    WHERE \(condition)
                    """)
            }
        }
        migrator.registerMigration("what domains were imported from") { database in
            // The label of the input; null for domains that a person added.
            try database.execute("ALTER TABLE domain ADD COLUMN source TEXT")
        }
        migrator.registerMigration("announcements that say what will be there") { database in
            // JSON; null for a window without specific changes.
            try database.execute("ALTER TABLE announcement ADD COLUMN content TEXT")
        }
        migrator.registerMigration("whole zones") { database in
            for statement in zones { try database.execute(statement) }
        }
        migrator.registerMigration("the journal") { database in
            for statement in journal { try database.execute(statement) }
            try takeActsOver(database.database)
            try database.execute("INSERT INTO journal_anchor (id, hash) VALUES (0, ?)", [Data(JournalEntry.beginning)])
            for statement in database.dialect.journalIsOnlyAddedTo { try database.execute(statement) }
        }
        migrator.registerMigration("tokens") { database in
            try database.execute(
                """
                CREATE TABLE token (
                    name TEXT PRIMARY KEY,
                    -- SHA-256; the token itself is not kept.
                    digest BLOB NOT NULL UNIQUE,
                    role TEXT NOT NULL,
                    -- JSON; null for every domain.
                    tags TEXT,
                    created INTEGER NOT NULL,
                    -- From when on it is refused; null for never.
                    ended INTEGER,
                    -- When it was last used, to the minute.
                    used INTEGER
                )
                """)
        }
        migrator.registerMigration("accounts and sessions") { database in
            try database.execute(
                """
                CREATE TABLE account (
                    name TEXT PRIMARY KEY,
                    -- Of the password, as crypt(3) writes it.
                    hash TEXT NOT NULL,
                    role TEXT NOT NULL,
                    -- JSON; null for every domain.
                    tags TEXT,
                    created INTEGER NOT NULL
                )
                """)
            try database.execute(
                """
                CREATE TABLE session (
                    -- SHA-256; the number itself is in the browser.
                    digest BLOB PRIMARY KEY,
                    account TEXT NOT NULL,
                    began INTEGER NOT NULL,
                    -- When it was last used, to the minute.
                    seen INTEGER NOT NULL
                )
                """)
        }
        migrator.registerMigration("days") { database in
            for statement in days { try database.execute(statement) }
        }
        migrator.registerMigration("sessions of people for whom others vouch") { database in
            for statement in vouchedSessions { try database.execute(statement) }
        }
        migrator.registerMigration("saved filters") { database in
            try database.execute(
                """
                CREATE TABLE saved_filter (
                    id INTEGER PRIMARY KEY,
                    name TEXT NOT NULL,
                    -- Whose it is; empty where it is for all.
                    owner TEXT NOT NULL,
                    -- What the page of domains is asked for.
                    query TEXT NOT NULL,
                    UNIQUE (owner, name)
                )
                """)
        }
        migrator.registerMigration("history by age") { database in
            for statement in database.dialect.arrangingHistory { try database.execute(statement) }
        }
        return migrator
    }()

    private static let journal = [
        """
        CREATE TABLE journal (
            -- One after the other without a gap; a number is never given again.
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            person TEXT NOT NULL,
            -- From where; null for what was written before this was kept.
            origin TEXT,
            incident TEXT,
            domain TEXT,
            text TEXT NOT NULL,
            -- What was so before, and from then on.
            before TEXT,
            after TEXT,
            -- SHA-256 of this entry and the hash of the one before: docs/journal.md.
            hash BLOB NOT NULL
        )
        """,
        "CREATE INDEX journal_of_incident ON journal (incident, id) WHERE incident IS NOT NULL",
        "CREATE INDEX journal_of_domain ON journal (domain, id) WHERE domain IS NOT NULL",
        // The last deleted entry, as a single row.
        "CREATE TABLE journal_anchor (id INTEGER PRIMARY KEY, hash BLOB NOT NULL)",
    ]

    /// Acts from before there were hashes become the beginning of the chain.
    private static func takeActsOver(_ database: Database) throws {
        var (number, hash) = (Int64(0), JournalEntry.beginning)
        let rows = try database.rows(
            """
            SELECT at, kind, person, NULL AS origin, incident, domain, text, NULL AS before, NULL AS after FROM act
            ORDER BY id
            """)
        for row in rows {
            number += 1
            let texts = JournalEntry.columns.map { String(stored: row[$0]).map { Array($0.utf8) } }
            let entry = JournalEntry(number: number, at: Int64(stored: row["at"]) ?? 0, texts: texts)
            hash = try entry.insert(after: hash, database)
        }
        try database.execute("DROP TABLE act")
    }

    private static let zones = [
        """
        CREATE TABLE zone (
            domain TEXT PRIMARY KEY,
            -- The version that is kept, the server that it came from, and how: whole or changes.
            serial INTEGER NOT NULL,
            server TEXT NOT NULL,
            way TEXT NOT NULL,
            at INTEGER NOT NULL,
            -- When all of it last came.
            whole_at INTEGER NOT NULL,
            sets INTEGER NOT NULL,
            records INTEGER NOT NULL,
            -- The key of the digests, 16 bytes.
            secret BLOB NOT NULL,
            -- What the last version with changes brought, JSON; null before the first.
            news TEXT
        )
        """,
        """
        CREATE TABLE zone_set (
            domain TEXT NOT NULL,
            -- In wire form, in lower case.
            owner BLOB NOT NULL,
            type INTEGER NOT NULL,
            ttl INTEGER NOT NULL,
            -- 0 for one that is gone, where that is still to be carried over.
            count INTEGER NOT NULL,
            digest BLOB NOT NULL,
            -- Each record's data after its length in two bytes; null where it is too long to be kept.
            data BLOB,
            PRIMARY KEY (domain, owner, type)
        ) WITHOUT ROWID
        """,
    ]

    private static let acts = [
        """
        CREATE TABLE act (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            kind TEXT NOT NULL,
            person TEXT NOT NULL,
            incident TEXT,
            domain TEXT,
            text TEXT NOT NULL
        )
        """,
        "CREATE INDEX act_of_incident ON act (incident, id)",
        """
        CREATE TABLE acknowledgement (
            incident TEXT PRIMARY KEY,
            person TEXT NOT NULL,
            at INTEGER NOT NULL,
            ended INTEGER NOT NULL,
            severity TEXT NOT NULL
        )
        """,
        """
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
        )
        """,
    ]

    /// Times are milliseconds since the epoch; lists and documents are JSON text.
    private static let first = [
        """
        CREATE TABLE domain (
            name TEXT PRIMARY KEY,
            added INTEGER NOT NULL,
            -- Options of a domain that was added at run time; null for those of the configuration file.
            options TEXT,
            -- What the judge remembers, and when it was last written.
            state BLOB,
            state_at INTEGER,
            learnt_at INTEGER
        )
        """,
        """
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
        )
        """,
        "CREATE INDEX sighting_of_domain ON sighting (domain, began)",
        "CREATE INDEX sighting_now ON sighting (domain) WHERE ended IS NULL",
        """
        CREATE TABLE change (
            id INTEGER PRIMARY KEY,
            domain TEXT NOT NULL,
            name TEXT NOT NULL,
            type INTEGER NOT NULL,
            at INTEGER NOT NULL,
            document TEXT NOT NULL
        )
        """,
        "CREATE INDEX change_of_domain ON change (domain, at)",
        """
        CREATE TABLE incident (
            id TEXT PRIMARY KEY,
            domain TEXT NOT NULL,
            class TEXT NOT NULL,
            severity TEXT NOT NULL,
            opened INTEGER NOT NULL,
            updated INTEGER NOT NULL,
            closed INTEGER,
            document TEXT NOT NULL
        )
        """,
        "CREATE INDEX incident_of_domain ON incident (domain, opened)",
        "CREATE INDEX incident_by_time ON incident (updated)",
        """
        CREATE TABLE incident_event (
            id INTEGER PRIMARY KEY,
            incident TEXT NOT NULL,
            at INTEGER NOT NULL,
            -- Null until the deliverer has decided what to say about it.
            spoken INTEGER,
            document TEXT NOT NULL
        )
        """,
        "CREATE INDEX event_of_incident ON incident_event (incident, at)",
        "CREATE INDEX event_unspoken ON incident_event (id) WHERE spoken IS NULL",
        """
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
        )
        """,
        "CREATE INDEX notice_waiting ON notice (next_try) WHERE finished IS NULL",
        "CREATE INDEX notice_of_incident ON notice (incident)",
        """
        CREATE TABLE request (
            id INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            -- accept, check, note
            kind TEXT NOT NULL,
            domain TEXT NOT NULL,
            incident TEXT,
            text TEXT,
            done INTEGER
        )
        """,
        "CREATE INDEX request_waiting ON request (id) WHERE done IS NULL",
        """
        CREATE TABLE silence (
            id INTEGER PRIMARY KEY,
            domain TEXT,
            class TEXT,
            began INTEGER NOT NULL,
            ended INTEGER NOT NULL,
            reason TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE registration (
            domain TEXT PRIMARY KEY,
            at INTEGER NOT NULL,
            expires INTEGER,
            document TEXT NOT NULL
        )
        """,
        "CREATE INDEX registration_by_expiry ON registration (expires)",
        "CREATE TABLE memo (key TEXT PRIMARY KEY, value BLOB NOT NULL)",
    ]
}
