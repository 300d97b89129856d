/// The list of incidents.
struct IncidentsModel: TemplateModel {
    static let template = "incidents"

    struct Member: Codable, Sendable {
        var id: String
        var domain: String
    }

    struct Row: Codable, Sendable {
        var style: String
        var sign: String
        var severity: String
        var id: String
        var headline: String
        var domain: String
        /// The path of the incident's subject.
        var place: String
        var `class`: String
        var since: MomentModel
        var closed: Bool
        var lasted: String?
        var accepted: Bool
        /// The moment since which the change is undone, if the incident is open only to keep watching.
        var back: MomentModel?
        /// The row represents several domains with one cause.
        var isShared = false
        /// Set for a fault that domains share, not for a change that they make alike.
        var hasCausePage = false
        var cause: String?
        var count: String?
        var members: [Member] = []
    }

    var tabs: [TabModel]
    var openOnly: Bool
    var domainText: String
    var levels: [ChoiceModel]
    var hasTags: Bool
    var tags: [ChoiceModel]
    /// The bounds of the selected time, as they were entered.
    var from: String
    var to: String
    var fault: String?
    var rows: [Row]
    /// The text to show if there are no rows.
    var empty: String
    var next: String?
}

/// The details of one incident.
struct IncidentModel: TemplateModel {
    static let template = "incident"

    /// Set if all changes that the incident reports are undone.
    struct Recovering: Codable, Sendable {
        var since: MomentModel
        var until: MomentModel?
    }

    struct Grounds: Codable, Sendable { var list: [String] }

    struct Help: Codable, Sendable { var blocks: [ProseBlockModel] }

    struct Change: Codable, Sendable {
        var what: String
        var old: [String]
        var new: [String]
        var seen: String
        /// The resolvers that may still return the old value, and for how long.
        var caches: String?
    }

    struct Step: Codable, Sendable {
        var at: MomentModel
        var style: String
        var word: String
        var headline: String
    }

    struct Evidence: Codable, Sendable {
        var at: MomentModel
        var summary: String
    }

    /// The cause that it shares with incidents of other domains.
    struct Cause: Codable, Sendable {
        struct Member: Codable, Sendable {
            var domain: String
            var id: String
            /// It is the incident of this page.
            var here: Bool
            var style: String
            var word: String
        }

        var name: String
        var count: String
        var domains: [Member]
        /// The number of incidents that are not listed.
        var more: String?
    }

    /// The notices about one event.
    struct Notices: Codable, Sendable {
        struct Entry: Codable, Sendable {
            var channel: String
            var delivery: String
            var style: String
            var sign: String
        }

        var event: String
        var entries: [Entry]
    }

    /// The reason why a channel was notified or not.
    struct Reason: Codable, Sendable {
        var at: MomentModel
        var event: String
        var text: String
    }

    var id: String
    var headline: String
    var domain: String
    /// The path of the incident's subject.
    var place: String
    var `class`: String
    var code: String
    var since: MomentModel
    var closed: MomentModel?
    var pillStyle: String
    var pill: String
    /// The person who accepted it.
    var accepted: String?
    var acknowledged: String?
    var recovering: Recovering?
    var silences: [SilenceModel]
    var advice: String?
    var check: String?
    var facts: [String]
    var grounds: Grounds?
    var isNot: String?
    var changes: [Change]
    var isOpen: Bool
    /// The only record that the incident concerns; a silence can be limited to it.
    var record: String?
    var acceptable: Bool
    var normal: String
    var isGrave: Bool
    /// It cannot be accepted.
    var isFault: Bool
    var notes: [RemarkModel]
    var help: Help?
    var steps: [Step]
    var acts: [RemarkModel]
    var cause: Cause?
    var evidence: [Evidence]
    var notices: [Notices]
    var reasons: [Reason]
}

/// The page of a cause that several domains share.
struct CauseModel: TemplateModel {
    static let template = "cause"

    struct Row: Codable, Sendable {
        var style: String
        var word: String
        var domain: String
        var domainPath: String
        var id: String
        var opened: MomentModel
        var over: MomentModel?
    }

    /// The incident that was opened first.
    var id: String
    var heading: String
    var pillStyle: String
    var pill: String
    var `class`: String
    var code: String
    var since: MomentModel
    var closed: MomentModel?
    var isOpen: Bool
    var openCount: String
    var count: String
    var advice: String?
    var check: String?
    /// The incident that represents the cause: the most severe open one.
    var leadId: String
    var headline: String
    var facts: [String]
    var grounds: IncidentModel.Grounds?
    var rows: [Row]
    /// The number of incidents that are not listed.
    var more: String?
}

/// The page behind a signed link.
struct ActModel: TemplateModel {
    static let template = "act"

    var base: String
    var verb: String
    var effect: String
    /// The subject; nil if it must not be revealed.
    var incident: String?
    var severity: String?
    var headline: String?
    /// The target of the button; nil if there is nothing to do.
    var path: String?
    var asksHours = false
    var isGrave = false
}
