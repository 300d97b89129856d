struct DomainModel: TemplateModel {
    static let template = "domain"

    /// The zone that can be watched instead of a name inside it.
    struct Instead: Codable, Sendable {
        var zone: String
        var names: String
        var old: String
    }

    struct Tile: Codable, Sendable {
        var kind: String
        var anchor: String
        var style: String
        var sign: String
        var state: String
        var text: String
    }

    struct OpenIncident: Codable, Sendable {
        var style: String
        var sign: String
        var severity: String
        var id: String
        var headline: String
        var facts: [String]
        var `class`: String
        var code: String
        var since: MomentModel
        /// The moment since which the change is undone.
        var back: MomentModel?
    }

    /// A weakness that is known already.
    struct Known: Codable, Sendable {
        var code: String
        var headline: String
        var since: MomentModel?
    }

    /// A source of the records, as the head of a column.
    struct Column: Codable, Sendable {
        var kind: String
        var name: String
        var detail: String
    }

    /// One RRset with the values of each source.
    struct RecordSet: Codable, Sendable {
        struct Cell: Codable, Sendable {
            var letter: String
            var style: String
            var title: String
        }

        struct Group: Codable, Sendable {
            var letter: String
            var style: String
            var values: [String]
            var who: String
            var since: MomentModel
            var ttl: String?
        }

        var owner: String
        var type: String
        var cells: [Cell]
        var odd: Bool
        var summary: String
        var groups: [Group]
    }

    /// The chain of trust from the root down.
    struct Rail: Codable, Sendable {
        struct Key: Codable, Sendable {
            var label: String
            var style: String
            var sign: String
        }

        struct Link: Codable, Sendable {
            var zone: String
            var verdict: String
            var text: String
            var style: String
            var sign: String
            var error: String?
            var keys: [Key]
        }

        var style: String
        var sign: String
        var sentence: String
        var links: [Link]
        /// The validity periods of signatures, as SVG.
        var windows: String?
    }

    /// A name server of the delegation, as parent or child lists it.
    struct Server: Codable, Sendable {
        var name: String
        var style: String
        var sign: String
        var text: String
    }

    /// One of several places that look at the domain.
    struct Place: Codable, Sendable {
        var name: String
        var style: String
        var sign: String
        var text: String
        /// The differences there, one line each.
        var lines: [String]
    }

    /// All places.
    struct Places: Codable, Sendable {
        var list: [Place]
    }

    struct Registration: Codable, Sendable {
        struct Fact: Codable, Sendable {
            var name: String
            var value: String
        }

        var facts: [Fact]
        var days: String
        var daysText: String
        var style: String
    }

    /// The zone that is transferred as a whole.
    struct Zone: Codable, Sendable {
        var facts: [Registration.Fact]
        /// The changes of the last version that had any.
        var news: [String]
        var newsAt: MomentModel?
        /// A note, if the zone was not transferred yet or the transfer fails.
        var note: String?
    }

    struct Chart: Codable, Sendable {
        struct Line: Codable, Sendable {
            var index: Int
            var label: String
            var values: String
        }

        var svg: String
        var lines: [Line]
    }

    /// All events of one minute.
    struct TimelineMoment: Codable, Sendable {
        struct Entry: Codable, Sendable {
            var style: String
            var text: String
            /// The link to the incident of this step.
            var link: String?
            var until: MomentModel?
            var isDiff = false
            var old: [String] = []
            var new: [String] = []
            var seen: String?
            /// The resolvers that may still return the old value, and for how long.
            var caches: String?
        }

        var at: MomentModel
        var style: String
        var entries: [Entry]
    }

    struct Older: Codable, Sendable {
        var count: Int
        var moments: [TimelineMoment]
    }

    /// Journal entries.
    struct Acts: Codable, Sendable {
        var list: [RemarkModel]
    }

    /// The initial values of the form for a domain that was added at run time.
    struct Options: Codable, Sendable {
        var interval: String
        var names: String
        var tags: String
    }

    var name: String
    var path: String
    var unicode: UnicodeModel?
    var style: String
    var sign: String
    var word: String
    var sentence: String
    var silences: [SilenceModel]
    var instead: Instead?
    /// Whether an open incident can be accepted; then also what becomes normal, and whether an incident is critical.
    var acceptable: Bool
    var normal: [String]
    var isGrave: Bool
    var removable: Bool
    var tiles: [Tile]
    /// The incidents of each part over time, as SVG.
    var lanes: String?
    var hasOpen: Bool
    var open: [OpenIncident]
    var hasPosture: Bool
    var posture: [Known]
    var columns: [Column]
    var sets: [RecordSet]
    var hasSets: Bool
    var quietSets: String?
    var rail: Rail
    var delegationNote: String?
    var parent: [Server]
    var child: [Server]
    /// Nil if there is only one place.
    var places: Places?
    var zone: Zone?
    var registration: Registration?
    var registrationNote: String
    var chart: Chart?
    var latency: Chart?
    var timeline: [TimelineMoment]
    var older: Older?
    /// The acts of users on the domain, newest first; nil if there are none.
    var acts: Acts?
    var options: Options?
}
