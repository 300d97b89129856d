package import DNSWire

/// What root servers said to one plain question, the SOA of the root: whether this monitor's packets reach them at all.
///
/// Some networks answer everything that goes to port 53 themselves. A root server serves the root with authority (AA) and
/// recurses for nobody (RA is never set), so an answer in its name that says otherwise came from somebody on the way.
package struct RootSight: Sendable, Hashable {
    /// An answer that no root server gives.
    package struct Forgery: Sendable, Hashable {
        /// The root server in whose name it came.
        package var server: IPAddress
        /// What was odd, in words: `RA set, AA missing, NXDOMAIN`.
        package var words: String
    }

    /// Root servers that must have been answered for before it counts; one alone may be set up badly.
    package static let quorum = 2

    /// Root servers that are known.
    package var known: Int
    /// They are the Internet's own, of which none ever sets RA; a private root may be a server that recurses for some.
    package var arePublic: Bool
    /// Root servers that answered as root servers do.
    package var genuine: [IPAddress] = []
    /// Answers that no root server gives.
    package var forged: [Forgery] = []

    package init(known: Int, arePublic: Bool) {
        self.known = known
        self.arePublic = arePublic
    }

    /// Takes in the answer to a question for the SOA of the root, asked without recursion.
    ///
    /// Errors without RA, and empty answers, say nothing either way: a server may be overloaded, or serve no root. Of a
    /// private root only RA counts: it may be a server of any make.
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

    /// In one sentence, for those who asked for something that cannot be told now.
    package var sentence: String {
        let who = forged.map { "\($0.server) (\($0.words))" }.sorted().joined(separator: "; ")
        return "DNS on this network is intercepted: answers in the name of root servers are not theirs: \(who)"
    }

    /// Whether something on the path answers in place of the root servers: every answer is such, and they are in the
    /// names of several servers that have nothing to do with one another.
    package var isIntercepted: Bool {
        genuine.isEmpty && !forged.isEmpty && forged.count >= min(Self.quorum, known)
    }
}
