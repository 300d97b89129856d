package import DNSWire

/// Finds out whether a name that a domain relies on, and the registrable domain above it, still exist.
package struct DependencySearch: Sendable {
    /// What has to happen next.
    package enum Step: Sendable {
        /// Resolve this; answer with `receive(_:)`.
        case resolve(Question)
        /// Ask the registry for this domain, which is not in the DNS; answer with `receive(registered:)`.
        case lookUp(Name)
        case done(DependencyView)
    }

    private enum Stage { case domain, name, texts }

    private var view: DependencyView
    private var stage = Stage.domain

    /// - Parameter registrable: the registrable domain of the name; the name itself where there is none above it.
    package init(_ name: Name, registrable: Name) {
        view = DependencyView(name: name, registrable: registrable, domainState: .unknown, nameState: .unknown)
    }

    /// The first step; to be called once.
    ///
    /// The DS set is the parent's to answer for (RFC 4035 section 3.1.4.1): servers to which a domain was delegated go on
    /// answering for it after it has lapsed, to whoever still remembers them.
    package func start() -> Step { resolve(view.registrable, .ds) }

    /// Takes in the answer to the last step's question.
    package mutating func receive(_ answer: SearchAnswer) -> Step {
        switch stage {
        case .domain:
            view.domainState = answer.existence
            if view.domainState == .absent {
                // Nothing exists below a name that does not (RFC 8020). Who may have it, DNS does not say: a domain on
                // hold is not delegated either.
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

    /// Takes in what the registry said; nil when it did not say.
    package mutating func receive(registered: Bool?) -> Step {
        view.registered = registered
        return .done(view)
    }

    private func resolve(_ name: Name, _ type: RecordType) -> Step {
        .resolve(Question(name: name, type: type, recordClass: .in))
    }
}
