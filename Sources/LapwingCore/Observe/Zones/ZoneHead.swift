package import DNSWire

/// What is kept of a transferred zone beside its RRsets.
package struct ZoneHead: Sendable, Hashable {
    /// How a version came.
    package enum Way: String, Sendable, Hashable, Codable {
        /// All of it: AXFR.
        case whole
        /// What had changed: IXFR.
        case changes
    }

    /// The version that is kept.
    package var serial: SerialNumber
    /// The server that it came from, with the port where that is not the usual one.
    package var server: String
    package var way: Way
    /// When it came.
    package var at: Timestamp
    /// When all of it last came.
    package var wholeAt: Timestamp
    /// RRsets and records that are kept; those of the signer are not.
    package var sets: Int
    package var records: Int
    /// The secret of the digests.
    package var secret: AnswerDigest.Key
    /// The last version that had changes of records; nil as long as there was none.
    package var news: ZoneNews?

    package init(
        serial: SerialNumber, server: String, way: Way, at: Timestamp, wholeAt: Timestamp, sets: Int, records: Int,
        secret: AnswerDigest.Key, news: ZoneNews? = nil
    ) {
        self.serial = serial
        self.server = server
        self.way = way
        self.at = at
        self.wholeAt = wholeAt
        self.sets = sets
        self.records = records
        self.secret = secret
        self.news = news
    }
}

/// What a version of a zone brought, in words.
package struct ZoneNews: Sendable, Hashable, Codable {
    /// When it was seen.
    package var at: Timestamp
    /// The versions before and after.
    package var from: UInt32
    package var to: UInt32
    /// The first of the changes, one line each.
    package var lines: [String]
    /// How many RRsets changed in all.
    package var total: Int

    package init(at: Timestamp, from: UInt32, to: UInt32, lines: [String], total: Int) {
        self.at = at
        self.from = from
        self.to = to
        self.lines = lines
        self.total = total
    }
}

/// What has to be written so that what is kept of a zone is its new version.
package struct ZoneUpdate: Sendable {
    package var head: ZoneHead
    /// Nothing of what was kept before stays.
    package var isFresh: Bool
    /// RRsets that are new or others.
    package var put: [ZoneSet]
    /// RRsets that are gone.
    package var drop: [RecordSetKey]

    package init(head: ZoneHead, isFresh: Bool = false, put: [ZoneSet], drop: [RecordSetKey] = []) {
        self.head = head
        self.isFresh = isFresh
        self.put = put
        self.drop = drop
    }
}
