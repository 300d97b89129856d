import DNSWire

extension Drift {
    /// Returns a sentence about the declared values, the served values, and the servers.
    package func sentence(source: String) -> String {
        let text = statement(source)
        // It may end with a name, which has a final dot.
        return text.hasSuffix(".") ? text : text + "."
    }

    private func statement(_ source: String) -> String {
        let set = "\(key.name) \(key.type)"
        let place = declared.first?.place ?? source
        switch standing {
        case .same: return "\(set) is as \(place) has it"
        case .unknown: return "\(set): no server answers, so nothing is known of it"
        case .missing, .changed: return "\(set) is not as \(place) has it: \(words); the file says \(declaredText)"
        case .undeclared: return "\(set) is not declared in \(source): \(words)"
        case .ttl:
            let seconds = servers.map { "\(who($0.names)) \($0.ttl.map { "\($0)" } ?? "-")" }.joined(separator: ", ")
            return "\(set) has another time to live than \(place) says: \(seconds) s, declared are "
                + "\(declaredTTL.map { "\($0)" } ?? "-") s"
        case .behind:
            let voices = resolvers.map { voice in
                "\(Change.list(voice.names)) still gives \(voice.value.text(of: key.type))"
            }
            return "\(set): the name servers agree with \(place); \(voices.joined(separator: ", "))"
        }
    }

    /// The declared values in one line; `nothing` for none.
    package var declaredText: String { Change.list(declared.compactMap { $0.data?.text }) }

    /// The differing servers and their values.
    private var words: String {
        servers.map { voice in
            let verb = voice.names.count == 1 && !isAll(voice.names) ? "answers" : "answer"
            return "\(who(voice.names)) \(verb) \(Change.list(voice.value.texts(of: key.type)))"
        }.joined(separator: ", ")
    }

    private func isAll(_ names: [String]) -> Bool { faithful.isEmpty && servers.count == 1 }

    private func who(_ names: [String]) -> String { isAll(names) ? "all name servers" : Change.list(names) }
}
