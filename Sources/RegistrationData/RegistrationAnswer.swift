/// One answer line of `registration parse`, in a fixed form.
package struct RegistrationAnswer {
    let id: String
    let registration: Registration

    package init(id: String, _ registration: Registration) {
        self.id = id
        self.registration = registration
    }

    /// The JSON object, on one line.
    package var json: String {
        var members: [(String, String)] = []
        func add(_ name: String, _ value: String?) { members.append((name, value ?? "null")) }
        add("id", AnswerJSON.string(id))
        add("outcome", AnswerJSON.string(registration.outcome.rawValue))
        add("registered", registration.isRegistered.map(\.description))
        add("expires", registration.expires.map { AnswerJSON.string($0.value.description) })
        add("created", registration.created.map { AnswerJSON.string($0.value.description) })
        add("updated", registration.updated.map { AnswerJSON.string($0.value.description) })
        add("registrar", registration.registrar.map { AnswerJSON.string($0.value) })
        add("status", AnswerJSON.array(registration.statuses?.value ?? []))
        add("nameservers", AnswerJSON.array(registration.nameServers?.value ?? []))
        add("secure", registration.delegationSigned?.value.description)
        add("alarms", AnswerJSON.array(registration.alarms.map(\.rawValue).sorted()))
        return "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    /// Answers one line of input: `{"id","domain","server","raw"}` or `{"id","domain","rdap"}`; nil if it is no JSON,
    /// or has no `id`.
    ///
    /// With a `dialect` every text is read in it, whichever registry it comes from.
    package static func answer(toLine line: [UInt8], dialect: WHOISDialect? = nil) -> RegistrationAnswer? {
        guard let value = try? JSONReader.read(line), let id = value["id"]?.shown else { return nil }
        let domain = value["domain"]?.text ?? ""
        if let rdap = value["rdap"] {
            let registration = (try? RDAPDocument(rdap))?.registration ?? Registration(outcome: .unavailable)
            return RegistrationAnswer(id: id, registration)
        }
        let text = WHOISText(value["raw"]?.text ?? "", domain: domain)
        return RegistrationAnswer(id: id, dialect.map { text.registration(dialect: $0) } ?? text.registration)
    }
}

/// JSON text of simple values.
enum AnswerJSON {
    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let code = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    static func array(_ texts: [String]) -> String {
        "[" + texts.map(string).joined(separator: ",") + "]"
    }
}
