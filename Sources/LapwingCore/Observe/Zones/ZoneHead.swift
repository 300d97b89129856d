package import DNSWire

/// The data that is kept of a transferred zone besides its RRsets.
package struct ZoneHead: Sendable, Hashable {
    /// How a version was transferred.
    package enum Way: String, Sendable, Hashable, Codable {
        /// As a whole: AXFR.
        case whole
        /// As changes: IXFR.
        case changes
    }

    /// The serial of the kept version.
    package var serial: SerialNumber
    /// The server that it came from, with the port if that is not the default.
    package var server: String
    /// How this version was transferred.
    package var way: Way
    /// When this version was transferred.
    package var at: Timestamp
    /// When the zone was last transferred as a whole.
    package var wholeAt: Timestamp
    /// The number of RRsets that are kept, without those of the signer.
    package var sets: Int
    /// The number of records in them.
    package var records: Int
    /// The secret of the digests.
    package var secret: AnswerDigest.Key
    /// The last version in which records changed; nil if there was none yet.
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

/// The changes in one version of a zone, in words.
package struct ZoneNews: Sendable, Hashable, Codable {
    /// When it was seen.
    package var at: Timestamp
    /// The serial before.
    package var from: UInt32
    /// The serial of the version with the changes.
    package var to: UInt32
    /// The first of the changes, one line each.
    package var lines: [String]
    /// The total number of changed RRsets.
    package var total: Int

    package init(at: Timestamp, from: UInt32, to: UInt32, lines: [String], total: Int) {
        self.at = at
        self.from = from
        self.to = to
        self.lines = lines
        self.total = total
    }
}

/// The changes to write so that the kept zone becomes the new version.
package struct ZoneUpdate: Sendable {
    /// The head of the new version.
    package var head: ZoneHead
    /// Whether nothing of the earlier version stays.
    package var isFresh: Bool
    /// RRsets that are new or changed.
    package var put: [ZoneSet]
    /// RRsets that were removed.
    package var drop: [RecordSetKey]

    package init(head: ZoneHead, isFresh: Bool = false, put: [ZoneSet], drop: [RecordSetKey] = []) {
        self.head = head
        self.isFresh = isFresh
        self.put = put
        self.drop = drop
    }
}
