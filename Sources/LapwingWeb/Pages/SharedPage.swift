import LapwingCore

/// The properties that domains share, with the states of the dependent domains.
struct SharedPage {
    let frame: PageFrame
    let parts: SharedParts

    /// The largest number of rows of each kind on the page of all kinds, and on the page of one.
    private static let few = 12
    private static let many = 500

    /// - Parameters:
    ///   - kind: the only kind to show; nil for all.
    ///   - tag: the tag of the domains to include; empty for all.
    func render(_ kind: SharedParts.Kind?, tag: String) throws -> String {
        let content = frame.content
        let marks = tag.isEmpty ? nil : content.roster.marks(tag: tag)
        let parts = parts.parts(content.conditions, among: marks)
        let kinds = kind.map { [$0] } ?? SharedParts.Kind.allCases
        let groups = kinds.compactMap { one -> SharedModel.Group? in
            guard let found = parts[one], !found.isEmpty else { return nil }
            let most = kind == nil ? Self.few : Self.many
            let rest = found.count - most
            return SharedModel.Group(
                title: one.title, about: one.about, column: one.column,
                rows: found.prefix(most).map { row($0, tag: tag) },
                rest: rest > 0 && kind == nil
                    ? .init(path: Self.path(one, tag: tag), count: Shown.count(rest)) : nil)
        }
        let missing = content.roster.rows.count - self.parts.known
        let model = SharedModel(
            groups: groups, hasGroups: !groups.isEmpty, isOne: kind != nil, formPath: "/shared", kind: kind?.rawValue,
            hasTags: !content.roster.tags.isEmpty,
            tags: ([""] + content.roster.tags).map {
                ChoiceModel(value: $0, word: $0.isEmpty ? "Any tag" : Shown.text($0), selected: $0 == tag)
            },
            missing: missing > 0
                ? "\(Shown.count(missing)) of \(Shown.count(content.roster.rows.count)) domains were not checked since "
                    + "Lapwing was started; they appear only under suffixes and tags." : nil)
        return try frame.render(model, title: "Shared", path: "/domains")
    }

    static func path(_ kind: SharedParts.Kind, tag: String) -> String {
        "/shared?kind=\(kind.rawValue)" + (tag.isEmpty ? "" : "&tag=" + Escape.query(tag))
    }

    private func row(_ part: SharedParts.Part, tag: String) -> SharedModel.Row {
        let worst = part.condition
        let address =
            "/domains?shared=" + Escape.query(part.key.text) + (tag.isEmpty ? "" : "&tag=" + Escape.query(tag))
        func count(_ number: Int, _ condition: DomainCondition) -> SharedModel.Count? {
            number > 0 ? .init(path: "\(address)&state=\(condition.state)", count: Shown.count(number)) : nil
        }
        return SharedModel.Row(
            name: Shown.text(part.key.name, limit: 100), style: worst.style, sign: worst.sign, state: worst.word,
            path: address, count: Shown.count(part.count), failing: count(part.failing, .failing),
            warned: count(part.warned, .warning), unknown: count(part.unknown, .learning), bar: Self.bar(part))
    }

    /// The states of the domains, as one bar.
    private static func bar(_ part: SharedParts.Part) -> String {
        let healthy = part.count - part.failing - part.warned - part.unknown
        var place = 0.0
        var pieces = ""
        for (number, style) in [
            (part.failing, "bad"), (part.warned, "warn"), (part.unknown, "idle"), (healthy, "good"),
        ]
        where number > 0 {
            // Each state that occurs is visible, however few domains are in it.
            let width = max(Double(number) / Double(part.count) * 100, 1)
            pieces += #"<rect class="\#(style)" x="\#(place)" width="\#(width)" height="10"/>"#
            place += width
        }
        return #"<svg class="share" viewBox="0 0 \#(max(place, 100)) 10" preserveAspectRatio="none" "#
            + #"aria-hidden="true">\#(pieces)</svg>"#
    }
}

extension SharedParts.Key {
    /// A sentence for the domains with this property.
    var sentence: String {
        let name = Shown.text(name, limit: 100)
        return switch kind {
        case .dnsOperator: "Domains with name servers run by \(name)"
        case .nameServer: "Domains with the name server \(name)"
        case .mail: "Domains with mail at \(name)"
        case .registrar: "Domains with the registrar \(name)"
        case .suffix: "Domains below \(name)"
        case .tag: "Domains with the tag \(name)"
        }
    }
}

extension SharedParts.Kind {
    /// The title of a list.
    var title: String {
        switch self {
        case .dnsOperator: "Operators of name servers"
        case .nameServer: "Name servers"
        case .mail: "Mail hosts"
        case .registrar: "Registrars"
        case .suffix: "Public suffixes"
        case .tag: "Tags"
        }
    }

    /// The heading of the column.
    var column: String {
        switch self {
        case .dnsOperator: "Operator"
        case .nameServer: "Host"
        case .mail: "Domain of the mail hosts"
        case .registrar: "Registrar"
        case .suffix: "Suffix"
        case .tag: "Tag"
        }
    }

    /// The origin of the data.
    var about: String {
        switch self {
        case .dnsOperator: "By the domains of the name server hosts in the delegation."
        case .nameServer: "The name server hosts in the delegation."
        case .mail: "By the MX records of the domains themselves."
        case .registrar: "As the registries name them."
        case .suffix: "The names below which the domains were registered."
        case .tag: "As set in the configuration or on the page."
        }
    }
}
