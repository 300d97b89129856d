package import DNSWire

/// Finds out whether a name that a domain relies on, and its registrable domain, still exist.
package struct DependencySearch: Sendable {
    /// What to do next.
    package enum Step: Sendable {
        /// Resolve this question; answer with `receive(_:)`.
        case resolve(Question)
        /// Ask the registry about this domain, which is not in the DNS; answer with `receive(registered:)`.
        case lookUp(Name)
        case done(DependencyView)
    }

    private enum Stage { case domain, name, texts }

    private var view: DependencyView
    private var stage = Stage.domain

    /// - Parameter registrable: the registrable domain of the name; the name itself if there is none.
    package init(_ name: Name, registrable: Name) {
        view = DependencyView(name: name, registrable: registrable, domainState: .unknown, nameState: .unknown)
    }

    /// Returns the first step; call it once.
    ///
    /// The parent is authoritative for the DS set (RFC 4035 section 3.1.4.1). Former servers of a lapsed domain may
    /// still answer for it to resolvers that remember them.
    package func start() -> Step { resolve(view.registrable, .ds) }

    /// Takes the answer to the last question and returns the next step.
    package mutating func receive(_ answer: SearchAnswer) -> Step {
        switch stage {
        case .domain:
            view.domainState = answer.existence
            if view.domainState == .absent {
                // No name exists below one that does not (RFC 8020). DNS does not show whether the domain can be
                // registered: a domain on hold is not delegated either.
                view.nameState = .absent
                return .lookUp(view.registrable)
            }
            stage = .name
            return resolve(view.name, .a)
        case .name:
            view.nameState = answer.existence
            view.data = answer.data.filter { $0.type == .a }
            guard answer.outcome == .noData else { return .done(view) }
            stage = .texts
            return resolve(view.name, .txt)
        case .texts:
            view.data = answer.data.filter { $0.type == .txt }
            return .done(view)
        }
    }

    /// Takes the registry's answer, nil if there was none, and returns the next step.
    package mutating func receive(registered: Bool?) -> Step {
        view.registered = registered
        return .done(view)
    }

    private func resolve(_ name: Name, _ type: RecordType) -> Step {
        .resolve(Question(name: name, type: type, recordClass: .in))
    }
}
