/// The statuses of EPP (RFC 5731, RFC 3915) under whatever spelling a registry uses.
public enum EPPStatus {
    /// The EPP name a text stands for; nil when it names none.
    ///
    /// Takes `CLIENT TRANSFER PROHIBITED`, `client_hold`, `https://icann.org/epp#ok` behind the name, and the words of
    /// RFC 8056 (`active` is `ok`, `associated` is `linked` in RDAP only).
    public static func name(of text: String) -> String? {
        let letters = text.utf8.filter { $0.isLetter }.map(\.folded)
        guard letters.count <= 40 else { return nil }
        return names[String(decoding: letters, as: UTF8.self)]
    }

    /// The EPP name of an RDAP status (RFC 8056); the text itself when it has none.
    public static func name(ofRDAP text: String) -> String {
        switch text.folded {
        case "active": "ok"
        case "associated": "linked"
        default: name(of: text) ?? text
        }
    }

    private static let names: [String: String] = {
        let all = """
            ok active inactive linked clientHold serverHold clientTransferProhibited serverTransferProhibited \
            clientUpdateProhibited serverUpdateProhibited clientDeleteProhibited serverDeleteProhibited \
            clientRenewProhibited serverRenewProhibited pendingCreate pendingDelete pendingRenew pendingRestore \
            pendingTransfer pendingUpdate addPeriod autoRenewPeriod renewPeriod transferPeriod redemptionPeriod
            """
        var table: [String: String] = [:]
        for name in all.split(separator: " ") { table[name.lowercased()] = String(name) }
        return table
    }()
}

extension RegistrationAlarm {
    /// What a status says about the domain's life, in EPP or in a registry's own words.
    static func named(by status: String) -> RegistrationAlarm? {
        switch EPPStatus.name(of: status) {
        case "clientHold": return .clientHold
        case "serverHold": return .serverHold
        case "redemptionPeriod", "pendingRestore": return .redemptionPeriod
        case "pendingDelete": return .pendingDelete
        case .some: return nil
        case nil: break
        }
        let words = status.folded.split { !$0.utf8.allSatisfy(\.isLetter) }.map(String.init)
        // A sentence is no status, and a status with "not" says the opposite.
        guard words.count <= 4, !words.contains("not"), !words.contains("no") || words.contains("redemption") else {
            return nil
        }
        func has(_ word: String) -> Bool { words.contains(word) }
        if has("redemption") || has("quarantine") || has("quarantäne") || has("redención") || has("redenzione")
            || has("redemptionperiod") || words.first == "redemptionnoprovider"
        {
            return .redemptionPeriod
        }
        if has("pendingdelete") || has("deletion") && has("pending") || has("delete") && has("pending")
            || (has("released") || has("deleted")) && has("be") || has("deletecandidate")
        {
            return .pendingDelete
        }
        // A notice about the service that answers speaks of no domain.
        if words.contains(where: serviceWords.contains) { return nil }
        if has("clienthold") || has("registrar") && has("hold") || has("client") && has("hold") { return .clientHold }
        if has("serverhold") || has("registry") && has("hold") || has("server") && has("hold") { return .serverHold }
        if words.contains(where: suspendedWords.contains) || has("service") && has("out") { return .suspended }
        if words.contains(where: expiredWords.contains) || words == ["dom", "exp"] { return .expired }
        return nil
    }

    private static let serviceWords: Set<String> = [
        "whois", "website", "maintenance", "portal", "webbased", "query", "queries", "lookup", "database", "rdap",
    ]
    private static let suspendedWords: Set<String> = [
        "suspended", "suspendido", "suspenso", "suspendu", "suspendue", "sospeso", "zawieszona", "zawieszony",
        "opgeschort",
        "askıda", "приостановлен", "pozastaven",
    ]
    private static let expiredWords: Set<String> = [
        "expired", "vencido", "vencida", "expirado", "expirada", "expiré", "scaduto", "abgelaufen", "wygasła",
        "verlopen",
        "caducado", "expirovan", "истек",
    ]
}
