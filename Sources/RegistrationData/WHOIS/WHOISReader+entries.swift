extension WHOISReader {
    /// Reads a line under an open heading; false when it belongs no longer to it.
    mutating func take(_ text: String, _ entry: WHOISEntry?, indent: Int, in section: OpenSection) -> Bool {
        if indent <= section.indent {
            // After a blank line only a list of servers goes on without indentation.
            guard section.takesSameIndent, indent == section.indent,
                !section.wasSeparated || section.section == .nameServers
            else { return false }
        }
        if let entry {
            if section.section == .contact, isEnd(entry) || entry.label.field?.kind == .seller { return false }
            // A label that can only be the domain's ends a section at the same indentation.
            if let field = entry.label.field, !field.isCommon,
                section.section != .nameServers || field.kind != .nameServer,
                indent <= section.indent || section.section == .contact && field.kind.isDate
            {
                return false
            }
            if entry.isBracketed, indent <= section.indent { return false }
            if entry.value.isEmpty, indent <= section.indent { return false }
        }
        guard takes(text, entry, section.section) else { return false }
        open?.hasContent = true
        return true
    }

    /// Whether an entry between the lines of a contact is the end of the domain all the same: contacts have none.
    private func isEnd(_ entry: WHOISEntry) -> Bool {
        entry.label.resembledDate == .expires && entry.label.words.count <= 4
            && DateReader(order: .dayFirst).read(entry.value) != nil
    }

    private mutating func takes(_ text: String, _ entry: WHOISEntry?, _ section: WHOISSection) -> Bool {
        switch section {
        case .contact:
            findings.hasContact = true
            return true
        case .other:
            return true
        case .nameServers:
            return takesServer(text, entry)
        case .continued(.status):
            let names = WHOISStatuses.names(in: text).filter { EPPStatus.name(of: $0) != nil }
            findings.add(statuses: names)
            return !names.isEmpty
        case .continued:
            return entry == nil && takesServer(text, nil)
        case .registrar:
            if let entry {
                let isName = [
                    "name", "organization", "organisation", "company", "registrar name", "organization name",
                    "registrar",
                ]
                .contains(entry.label.plain)
                if isName, findings.registrar == nil, !Self.isNothing(entry.value) { findings.registrar = entry.value }
                return true
            }
            if findings.registrar == nil { findings.registrar = text }
            return true
        case .domain, .dates:
            if let entry {
                if entry.value.isEmpty { return false }
                apply(entry)
            } else if let sentence = WHOISSentence.entry(in: text) {
                apply(sentence)
            }
            return true
        case .value(.domain):
            if let entry {
                if entry.label.plain == "name" {
                    findings.domain = findings.domain ?? entry.value.folded
                } else {
                    apply(entry)
                }
            } else if findings.domain == nil {
                findings.domain = WHOISHosts.names(in: text).first
                // `EXAMPLE.TK is Active`
                let words = text.split(separator: " ")
                if words.count == 3, words[1] == "is" {
                    findings.add(statuses: WHOISStatuses.names(in: String(words[2])))
                }
            }
            return true
        case .value(let kind):
            guard entry == nil || kind.isDate || kind == .status else { return false }
            apply(kind, value: text, hint: nil)
            return true
        }
    }

    private mutating func takesServer(_ text: String, _ entry: WHOISEntry?) -> Bool {
        if let entry, entry.label.plain.utf8.contains(where: \.isLetter), !WHOISHosts.isOnlyAddresses(text) {
            let isServer =
                entry.label.field?.kind == .nameServer || ["name", "server", "host"].contains(entry.label.plain)
            if isServer {
                findings.addServers(in: entry.value)
                return true
            }
            // Addresses, handles and the dates of the list itself; a field of the domain ends it.
            return entry.label.field.map { $0.isCommon } ?? true
        }
        let bare = text.hasPrefix("- ") ? String(text.dropFirst(2)) : text
        findings.addServers(in: bare)
        return !WHOISHosts.names(in: bare).isEmpty || WHOISHosts.isOnlyAddresses(bare)
    }

    /// Reads an entry that stands by itself.
    mutating func apply(_ entry: WHOISEntry) {
        guard let field = entry.label.field else {
            if block != .contact, entry.label.resembledField == .nameServer {
                findings.addServers(in: entry.value)
            } else if entry.label.isOfContact {
                findings.hasContact = findings.hasContact || !Self.isNothing(entry.value)
            } else if block == .domain || isEnd(entry),
                let kind = entry.label.resembledDate ?? entry.label.resembledField
            {
                apply(kind, value: entry.value, hint: entry.label.hint, confidence: .inferred)
            }
            return
        }
        if field.isCommon, block != .domain { return }
        if block == .contact || block == .registrar, field.kind == .status || field.kind == .domain { return }
        apply(field.kind, value: entry.value, hint: entry.label.hint)
    }

    mutating func apply(
        _ kind: WHOISField.Kind, value: String, hint: String?, confidence: Fact<RegistrationMoment>.Confidence = .stated
    ) {
        switch kind {
        case .domain:
            guard let name = WHOISHosts.names(in: value).first ?? (value.isEmpty ? nil : value.folded) else { return }
            if let known = findings.domain {
                // The same name in another alphabet or without its top label goes on being the same record.
                if name != known, findings.proveRegistration, name.utf8.contains(UInt8(ascii: ".")), name != asked,
                    !known.hasPrefix("xn--"), !name.hasPrefix("xn--"), name.utf8.allSatisfy({ $0 < 0x80 })
                {
                    isFinished = true
                }
            } else {
                findings.domain = name
            }
        case .expires, .registrarExpires, .created, .updated:
            applyDate(kind, value: value, hint: hint, confidence: confidence)
        case .registrar:
            guard !Self.isNothing(value) else { return }
            // A second part in English repeats what the first says in the registry's own writing.
            let isTranslation = findings.registrar.map { $0.utf8.contains { $0 >= 0x80 } } == true
            if findings.registrar == nil || isTranslation && value.utf8.allSatisfy({ $0 < 0x80 }) {
                findings.registrar = value
            }
        case .seller:
            if findings.seller == nil, !Self.isNothing(value) { findings.seller = value }
        case .registrarHandle:
            if findings.registrarHandle == nil, !Self.isNothing(value) { findings.registrarHandle = value }
        case .registrarID:
            if findings.registrarID == nil, !value.isEmpty, value.utf8.allSatisfy(\.isDigit) {
                findings.registrarID = value
            }
        case .status:
            if let end = Self.end(inStatus: value) {
                applyDate(.expires, value: end, hint: nil, confidence: .stated)
            }
            findings.add(statuses: WHOISStatuses.names(in: value))
        case .hold:
            if value.folded == "yes" { findings.add(statuses: ["hold"]) }
        case .nameServer:
            // Some label the name of the domain itself `DNS`.
            if value.folded != findings.domain { findings.addServers(in: value) }
        case .dnssec:
            if findings.delegationSigned == nil { findings.delegationSigned = Self.signed(value) }
        case .delegationSigner:
            if findings.delegationSigners.count < 32, !Self.isNothing(value) {
                findings.delegationSigners.append(value)
            }
        case .referral:
            if findings.referral == nil { findings.referral = WHOISHosts.server(in: value) }
        case .ignored:
            break
        }
    }

    /// `OK-UNTIL 20270331000000`, `Connected (2027/03/31)`; other words with a date mean other things.
    private static func end(inStatus value: String) -> String? {
        let text = value.folded
        for word in ["ok-until ", "connected (", "registered ("] where text.hasPrefix(word) {
            let end = text.dropFirst(word.count)
            // Only in the writing of JPRS: a date in brackets may also be the day since when.
            return word.hasSuffix("(") && !end.contains("/") ? nil : String(end)
        }
        return nil
    }

    private static let unsigned: Set<String> = [
        "no", "n", "inactive", "disabled", "미서명", "false", "none", "not active", "off", "nein", "non", "não", "nee",
        "not delegated", "no ds", "not configured", "нет",
    ]
    private static let signed: Set<String> = [
        "yes", "y", "active", "enabled", "서명", "true", "on", "ja", "oui", "sí", "sim", "configured",
        "delegation signed",
        "да",
    ]

    private static func signed(_ value: String) -> Bool? {
        let text = value.folded
        if text.hasPrefix("unsigned") || text.hasPrefix("not signed") || unsigned.contains(text) { return false }
        return text.hasPrefix("signed") || signed.contains(text) ? true : nil
    }
}
