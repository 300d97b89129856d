package import DNSWire

/// The answers of root servers to a plain question for the root's SOA, which show whether this monitor's packets reach
/// them.
///
/// Some networks answer all traffic to port 53 themselves. A root server serves the root with authority (AA) and never
/// offers recursion (RA is never set), so an answer in its name that differs was given by a device on the way.
package struct RootSight: Sendable, Hashable {
    /// An answer that no root server gives.
    package struct Forgery: Sendable, Hashable {
        /// The root server in whose name it was given.
        package var server: IPAddress
        /// The anomalies, in words: `RA set, AA missing, NXDOMAIN`.
        package var words: String
    }

    /// The number of root servers with forged answers that is needed for a verdict; a single one may be misconfigured.
    package static let quorum = 2

    /// The number of known root servers.
    package var known: Int
    /// Whether they are the Internet's root servers, none of which ever sets RA; a private root server may offer
    /// recursion.
    package var arePublic: Bool
    /// Root servers with genuine answers.
    package var genuine: [IPAddress] = []
    /// Answers that no root server gives.
    package var forged: [Forgery] = []

    package init(known: Int, arePublic: Bool) {
        self.known = known
        self.arePublic = arePublic
    }

    /// Adds the answer to a question for the SOA of the root, asked without recursion.
    ///
    /// Errors without RA, and empty answers, show nothing: a server may be overloaded, or not serve the root. For a
    /// private root only RA counts, since its server may be of any make.
    package mutating func note(_ message: Message, from server: IPAddress) {
        let isAuthoritative = message.flags.contains(.authoritative)
        let recurses = message.flags.contains(.recursionAvailable)
        let servesRoot =
            message.responseCode == .noError
            && message.answers.contains { $0.name.isRoot && $0.type == .soa }
        if isAuthoritative, servesRoot, !(recurses && arePublic) {
            genuine.append(server)
        } else if recurses || arePublic && (message.responseCode == .nxDomain || !message.answers.isEmpty) {
            var odd: [String] = []
            if recurses { odd.append("RA set") }
            if !isAuthoritative { odd.append("AA missing") }
            if message.responseCode != .noError { odd.append("\(message.responseCode)") }
            if message.responseCode == .noError, !servesRoot { odd.append("no SOA of the root") }
            forged.append(Forgery(server: server, words: odd.joined(separator: ", ")))
        }
    }

    /// The result in one sentence, for users whose request cannot be answered now.
    package var sentence: String {
        let who = forged.map { "\($0.server) (\($0.words))" }.sorted().joined(separator: "; ")
        return "DNS on this network is intercepted: answers in the name of root servers are not theirs: \(who)"
    }

    /// Whether queries to the root servers are intercepted: every answer is forged, in the names of several independent
    /// servers.
    package var isIntercepted: Bool {
        genuine.isEmpty && !forged.isEmpty && forged.count >= min(Self.quorum, known)
    }
}
