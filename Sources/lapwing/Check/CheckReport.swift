import DNSSEC
import DNSWire
import LapwingCore

/// One check-up of one name, in the form in which `check --json` shows it.
struct CheckReport: Encodable {
    struct Finding: Encodable {
        var code: String
        var severity: String
        var subject: String
        var text: String
        var evidence: [String]
        var docs: String
        /// What to do about it.
        var advice: String?
        /// What it is easily confused with.
        var is_not: String?
        /// A command that shows it.
        var check: String?
        /// In a dry run: whether it is found today as well.
        var today: Bool?
    }

    struct RecordSet: Encodable {
        var name: String
        var type: String
        var rcode: String
        var ttl: UInt32?
        var data: [String]
        /// Host names and addresses of the servers, or labels of the resolvers, that gave this.
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

        /// An address of a listed server that was not asked: nothing is known of it, good or bad.
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

        /// Of those, the addresses of servers that were asked at no other one.
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
        /// The first end of a signature over what was looked at.
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
    /// The name that was asked about, where it is one in the domain; null where it is the domain itself.
    var asked: String?
    var at: String
    var status: DomainCondition
    var findings: [Finding]
    var records: [RecordSet]
    var resolvers: [Resolver]
    var delegation: Delegation
    var dnssec: Security
    var registration: Registration?
    /// What was supposed, and what it would change; only in a dry run, in which all else is as it would be.
    var dry_run: DryRun?
}
