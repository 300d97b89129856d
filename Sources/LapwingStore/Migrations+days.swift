extension Migrations {
    /// The daily sums of looks at each domain.
    ///
    /// The day is the first key: the rows of a day are written next to each other, and old ones are deleted together.
    static let days = [
        """
        CREATE TABLE day (
            -- Since 1970-01-01, by UTC.
            day INTEGER NOT NULL,
            domain TEXT NOT NULL,
            looks INTEGER NOT NULL,
            -- Looks in which nothing was seen.
            blind INTEGER NOT NULL,
            -- Looks in which most resolvers that work did resolve the domain, and in which they did not.
            resolved INTEGER NOT NULL,
            unresolved INTEGER NOT NULL,
            -- Looks in which one of its servers answered, and in which none did.
            served INTEGER NOT NULL,
            unserved INTEGER NOT NULL,
            authority_answers INTEGER NOT NULL,
            authority_ms INTEGER NOT NULL,
            resolver_answers INTEGER NOT NULL,
            resolver_ms INTEGER NOT NULL,
            -- As the last look that saw any had it.
            signatures_end INTEGER,
            weaknesses INTEGER,
            PRIMARY KEY (day, domain)
        ) WITHOUT ROWID
        """
    ]
}
