import DNSSEC
import DNSWire
import LapwingCore

/// One check-up of one name, in the format of `check --json`.
struct CheckReport: Encodable {
    struct Finding: Encodable {
        var code: String
        var severity: String
        var subject: String
        var text: String
        var evidence: [String]
        var docs: String
        /// The recommended action.
        var advice: String?
        /// A condition with which it is easily confused.
        var is_not: String?
        /// A command that shows the condition.
        var check: String?
        /// In a dry run: whether it is found at present as well.
        var today: Bool?
    }

    struct RecordSet: Encodable {
        var name: String
        var type: String
        var rcode: String
        var ttl: UInt32?
        var data: [String]
        /// Host names and addresses of servers, or labels of resolvers, with this answer.
        var servers: [String]
    }

    struct Resolver: Encodable {
        struct Answer: Encodable {
            var name: String
            var type: String
            var rcode: String
            var ttl: UInt32?
            var data: [String]
            var authenticated: Bool
            var extended_errors: [UInt16]
            var milliseconds: Int64
        }

        var name: String
        var address: String
        var answers: [Answer]
    }

    struct Delegation: Encodable {
        struct Server: Encodable {
            var name: String
            var address: String
            var at_parent: Bool
            var answers: Bool
            var authoritative: Bool
            var serial: UInt32?
            var milliseconds: Int64?
        }

        /// An address of a listed server that was not asked, so that nothing is known about it.
        struct Unasked: Encodable {
            var name: String
            var address: String
            var reason: String
        }

        var parent: String?
        var state: String
        var nameservers: [String]
        var ds: [String]
        var servers: [Server]
        var not_asked: [Unasked]

        /// The unasked addresses of servers of which no other address was asked.
        var outOfReach: [Unasked] { not_asked.filter { server in !servers.contains { $0.name == server.name } } }
    }

    struct Security: Encodable {
        struct Reason: Encodable {
            var code: String
            var zone: String
            var text: String
        }

        var signed: Bool
        var status: String
        var reason: Reason?
        /// The earliest expiration among the signatures that were seen.
        var signatures_end: String?
    }

    struct Registration: Encodable {
        var outcome: String
        var source: String?
        var registrar: String?
        var created: String?
        var updated: String?
        var expires: String?
        var statuses: [String]
        var nameservers: [String]
        var secure: Bool?
        var detail: String?
    }

    var name: String
    /// The name in the request if it is inside the domain; null if it is the domain itself.
    var asked: String?
    var at: String
    var status: DomainCondition
    var findings: [Finding]
    var records: [RecordSet]
    var resolvers: [Resolver]
    var delegation: Delegation
    var dnssec: Security
    var registration: Registration?
    /// The supposition and its effects; only in a dry run, in which all other values are the supposed ones.
    var dry_run: DryRun?
}
