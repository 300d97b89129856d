package import DNSClient
package import DNSWire
package import LapwingCore

/// Transfers whole zones or their differences from the configured servers (RFC 5936, RFC 1995).
package struct ZoneFetcher: Sendable {
    /// The wall clock, for TSIG.
    let now: @Sendable () -> Timestamp
    /// Returns the key with a name; nil if it is no longer configured.
    let key: @Sendable (Name) -> TransactionKey?
    /// Whether an address must not be asked for a zone without a key.
    let isUnasked: @Sendable (IPAddress) -> Bool
    let patience: MessageStream.Patience

    package init(
        now: @escaping @Sendable () -> Timestamp, key: @escaping @Sendable (Name) -> TransactionKey?,
        isUnasked: @escaping @Sendable (IPAddress) -> Bool = { _ in false },
        patience: MessageStream.Patience = MessageStream.Patience()
    ) {
        self.now = now
        self.key = key
        self.isUnasked = isUnasked
        self.patience = patience
    }

    /// Asks the servers in sequence until one provides the zone.
    package func fetch(_ request: ZoneRequest) async -> ZoneReceipt {
        var failures: [ZoneFailure] = []
        for server in request.source.servers {
            switch await fetch(request, from: server) {
            case .failed(let more): failures += more
            case let receipt: return receipt
            }
        }
        return .failed(failures)
    }

    private func fetch(_ request: ZoneRequest, from server: ServerAddress) async -> ZoneReceipt {
        var signing: TransactionKey?
        if let name = request.source.key {
            signing = key(name)
            guard signing != nil else {
                return .failed([ZoneFailure("\(server)", .key, "cannot be asked: there is no key \(name)")])
            }
        }
        let transfer = Transfer(request: request, key: signing, now: now)
        do {
            let first = try await MessageStream.open(to: server, patience) { stream in
                try await transfer.begin(&stream, server)
            }
            if let first { return first }
            // The differences are not available: transfers the whole zone, on a connection without leftover data.
            return try await MessageStream.open(to: server, patience) { stream in
                try await transfer.whole(&stream, server)
            }
        } catch {
            return .failed([ZoneFailure(server, error)])
        }
    }

    /// Whether a server allows transfers of a zone to anyone: asks without a key, and aborts the transfer as soon as
    /// that is known. Nil if there was no response.
    package func gives(_ zone: Name, at address: IPAddress) async -> Bool? {
        guard !isUnasked(address) else { return nil }
        var patience = patience
        (patience.connecting, patience.silence, patience.whole) = (3, 4, 8)
        let id = UInt16.random(in: 0...UInt16.max)
        guard let question = try? Message.query(zone, .axfr, id: id, recursionDesired: false).encoded() else {
            return nil
        }
        do {
            return try await MessageStream.open(to: ServerAddress(address), patience) { stream in
                try await stream.send(question)
                var records = 0
                // Some servers send the SOA record alone in a first message.
                while records < 2 {
                    let message = try Message(decoding: try await stream.next())
                    guard message.id == id, message.flags.contains(.isResponse) else { return nil }
                    guard message.responseCode == .noError, let first = message.answers.first else {
                        return records > 0 ? nil : false
                    }
                    guard records > 0 || (first.type == .soa && first.name == zone) else { return false }
                    records += message.answers.count
                }
                return true
            }
        } catch {
            // A server that closes the connection does not allow it; a silent one may be unreachable.
            return (error as? ExchangeFailure) == .closed ? false : nil
        }
    }
}

extension ZoneFailure {
    init(_ server: ServerAddress, _ error: any Error) {
        let name = "\(server)"
        switch error {
        case let failure as ZoneFailure: self = failure
        case let fault as TransactionFault: self.init(name, fault)
        case let fault as ZoneTransfer.Fault: self.init(name, fault)
        case let error as WireError: self.init(name, .broken, "sent a message that cannot be read (\(error))")
        case let failure as ExchangeFailure: self.init(name, failure)
        default: self.init(name, .silent, "could not be asked (\(error))")
        }
    }

    private init(_ name: String, _ failure: ExchangeFailure) {
        switch failure {
        case .timeout: self.init(name, .silent, "did not answer in time")
        case .closed: self.init(name, .broken, "closed the connection before the transfer was complete")
        default: self.init(name, .silent, "could not be asked: \(failure)")
        }
    }

    private init(_ name: String, _ fault: TransactionFault) {
        switch fault {
        case .refused(.badTime): self.init(name, .clock, "refused the signature: its clock is another (BADTIME)")
        case .refused(let code):
            let text = code == .badSig ? "BADSIG" : "\(code)"
            self.init(name, .key, "refused the signature (\(text))")
        case .wrongTime: self.init(name, .clock, "signed its answer at a time that differs from this machine's")
        case .notSigned: self.init(name, .key, "did not sign its answer")
        case .otherKey(let key, _): self.init(name, .key, "signed its answer with another key (\(key))")
        case .wrongCode, .shortCode: self.init(name, .key, "signed its answer with another secret")
        case .malformed(let error): self.init(name, .broken, "sent a message that cannot be read (\(error))")
        }
    }

    private init(_ name: String, _ fault: ZoneTransfer.Fault) {
        switch fault {
        case .refused(let code): self.init(name, .refused, "refused the transfer (\(code))")
        case .otherQuestion: self.init(name, .broken, "answered another question")
        case .noStart: self.init(name, .broken, "sent a transfer that does not begin with the SOA of the zone")
        case .foreignRecord(let record):
            self.init(name, .broken, "sent a record that is not of the zone (\(record.name) \(record.type))")
        case .brokenSequence: self.init(name, .broken, "sent a transfer whose versions do not join")
        case .unexpectedMessage: self.init(name, .broken, "sent a transfer that has no sound end")
        case .tooLarge: self.init(name, .tooLarge, "has a zone of more records than may be taken")
        }
    }
}

extension ZoneFailure: Error {}
