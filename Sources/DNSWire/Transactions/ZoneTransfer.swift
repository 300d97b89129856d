/// Puts together a zone, or the changes of a zone, from the messages of a transfer (RFC 5936, RFC 1995).
///
/// It decides nothing about connections: each message of the stream is handed in, and the progress says whether more
/// must come.
public struct ZoneTransfer: Sendable {
    /// What was asked for.
    public enum Kind: Hashable, Sendable {
        /// The whole zone: AXFR.
        case whole
        /// What changed since this version: IXFR.
        case changes(since: SerialNumber)
    }

    /// How far the transfer has come.
    public enum Progress: Hashable, Sendable {
        /// Another message must come.
        case more
        /// The transfer is complete.
        case done(Outcome)
    }

    /// What a complete transfer brought.
    public enum Outcome: Hashable, Sendable {
        /// The version that is there already is the newest.
        case upToDate
        /// The whole zone, the SOA record first and once.
        case whole([Record])
        /// The changes from version to version, oldest first.
        case changes([Change])
    }

    /// The step from one version of a zone to another.
    public struct Change: Hashable, Sendable {
        /// The SOA record of the old version.
        public var from: Record
        /// The SOA record of the new version.
        public var to: Record
        /// What is gone, without the SOA record.
        public var removed: [Record]
        /// What is new, without the SOA record.
        public var added: [Record]

        /// The changes from one version to the next; both of `from` and `to` are SOA records.
        public init(from: Record, to: Record, removed: [Record], added: [Record]) {
            self.from = from
            self.to = to
            self.removed = removed
            self.added = added
        }
    }

    /// Why a transfer cannot go on.
    public enum Fault: Error, Hashable, Sendable {
        /// The server refused, with this code.
        case refused(ResponseCode)
        /// A message asks about something else or is no answer.
        case otherQuestion
        /// The first record is not the SOA record of the zone.
        case noStart
        /// A record lies outside of the zone or of its class.
        case foreignRecord(Record)
        /// The versions of an incremental transfer do not join.
        case brokenSequence
        /// Records follow the end, or messages without records come.
        case unexpectedMessage
        /// More records came than permitted.
        case tooLarge
    }

    private enum State {
        case start
        case second
        case whole
        case removing
        case adding
        case finished
    }

    private let zone: Name
    private let recordClass: RecordClass
    private let kind: Kind
    private let limit: Int
    private var state = State.start
    private var last: Record?
    private var records: [Record] = []
    private var changes: [Change] = []
    private var current: Change?
    private var count = 0

    /// A transfer of a zone that takes at most this many records.
    public init(zone: Name, recordClass: RecordClass = .in, kind: Kind, limit: Int = 10_000_000) {
        self.zone = zone
        self.recordClass = recordClass
        self.kind = kind
        self.limit = limit
    }

    /// Hands out what has come so far of a whole zone, so that it need not be held until the end; the outcome has what
    /// was not handed out, and the SOA record in any case.
    ///
    /// It is a part of the zone only if the transfer comes to its end.
    public mutating func takeRecords() -> [Record] {
        defer { records = [] }
        return records
    }

    /// Takes the next message of the stream.
    ///
    /// - Throws: `Fault` with the reason for which the transfer cannot go on.
    public mutating func receive(_ message: Message) throws(Fault) -> Progress {
        guard message.responseCode == .noError else { throw .refused(message.responseCode) }
        guard message.flags.contains(.isResponse), message.opCode == .query else { throw .otherQuestion }
        if let question = message.questions.first {
            let type: RecordType = kind == .whole ? .axfr : .ixfr
            guard question == Question(name: zone, type: type, recordClass: recordClass) else { throw .otherQuestion }
        }
        guard !message.answers.isEmpty else { throw .unexpectedMessage }
        var outcome: Outcome?
        for record in message.answers {
            guard outcome == nil else { throw .unexpectedMessage }
            guard record.name.isSubdomain(of: zone), record.recordClass == recordClass else {
                throw .foreignRecord(record)
            }
            count += 1
            guard count <= limit else { throw .tooLarge }
            outcome = try take(record)
        }
        if case .second = state, case .changes(let since) = kind, let last, let soa = SOA(last.data),
            !soa.serial.isAfter(since)
        {
            outcome = .upToDate
        }
        guard let outcome else { return .more }
        state = .finished
        return .done(outcome)
    }

    private mutating func take(_ record: Record) throws(Fault) -> Outcome? {
        let soa = record.name == zone ? SOA(record.data) : nil
        switch state {
        case .start:
            guard soa != nil else { throw .noStart }
            last = record
            state = .second
            return nil
        case .second:
            if case .changes = kind, soa != nil, serial(record) != serial(last) {
                try begin(record)
                return nil
            }
            state = .whole
            return try take(record)
        case .whole:
            guard soa == nil else {
                guard let last, serial(record) == serial(last) else { throw .brokenSequence }
                return .whole([last] + records)
            }
            records.append(record)
            return nil
        case .removing:
            if soa != nil {
                current?.to = record
                state = .adding
            } else {
                current?.removed.append(record)
            }
            return nil
        case .adding:
            guard soa != nil, let change = current else {
                current?.added.append(record)
                return nil
            }
            changes.append(change)
            guard serial(record) == serial(change.to) else { throw .brokenSequence }
            if serial(record) == serial(last) { return .changes(changes) }
            state = .removing
            current = Change(from: record, to: record, removed: [], added: [])
            return nil
        case .finished: throw .unexpectedMessage
        }
    }

    /// The first change must begin at the version that was named in the question.
    private mutating func begin(_ record: Record) throws(Fault) {
        guard case .changes(let since) = kind, serial(record) == since else { throw .brokenSequence }
        state = .removing
        current = Change(from: record, to: record, removed: [], added: [])
    }

    private func serial(_ record: Record?) -> SerialNumber? { record.flatMap { SOA($0.data)?.serial } }
}
