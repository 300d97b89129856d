/// The checks of the exporter in sections of other probers, which are read here only so that a file is accepted or
/// refused in the same cases.
enum ForeignSections {
    static func check(_ module: ConfigurationValue) throws(ConfigurationFault) {
        if let http = module["http"] { try checkHTTP(http) }
        if let time = module["icmp"]?["ttl"]?.integer {
            if time < 0 { throw fault("\"ttl\" cannot be negative") }
            if time > 255 { throw fault("\"ttl\" cannot exceed 255") }
        }
    }

    private static func checkHTTP(_ http: ConfigurationValue) throws(ConfigurationFault) {
        for key in ["fail_if_header_matches", "fail_if_header_not_matches"] {
            guard case .list(let matches)? = http[key] else { continue }
            for match in matches {
                if isEmpty(match["header"]) { throw fault("header name must be set for HTTP header matchers") }
                if isEmpty(match["regexp"]) { throw fault("regexp must be set for HTTP header matchers") }
            }
        }
        if let limit = http["body_size_limit"]?.text, !limit.isEmpty, !isSize(limit) {
            throw fault("units: invalid \(limit)")
        }
        if !isEmpty(http["body"]), !isEmpty(http["body_file"]) {
            throw fault("setting body and body_file both are not allowed")
        }
        try checkCredentials(http)
        try checkProxy(http)
        if let oauth = http["oauth2"] { try checkProxy(oauth) }
        try checkCompression(http)
    }

    private static func checkCredentials(_ http: ConfigurationValue) throws(ConfigurationFault) {
        let hasToken = !isEmpty(http["bearer_token"]) || !isEmpty(http["bearer_token_file"])
        try allowOne(of: ["bearer_token", "bearer_token_file"], in: http)
        let (basic, oauth) = (http["basic_auth"], http["oauth2"])
        if basic != nil || oauth != nil, hasToken {
            throw fault("at most one of basic_auth, oauth2, bearer_token & bearer_token_file must be configured")
        }
        if let basic {
            try allowOne(of: ["username", "username_file", "username_ref"], in: basic)
            try allowOne(of: ["password", "password_file", "password_ref"], in: basic)
        }
        if let authorization = http["authorization"] {
            if hasToken { throw fault("authorization is not compatible with bearer_token & bearer_token_file") }
            try allowOne(of: ["credentials", "credentials_file", "credentials_ref"], in: authorization)
            if authorization["type"]?.text?.folded == "basic" {
                throw fault("authorization type cannot be set to \"basic\", use \"basic_auth\" instead")
            }
            if basic != nil || oauth != nil {
                throw fault("at most one of basic_auth, oauth2 & authorization must be configured")
            }
        }
        guard let oauth else { return }
        if basic != nil { throw fault("at most one of basic_auth, oauth2 & authorization must be configured") }
        for key in ["client_id", "token_url"] where isEmpty(oauth[key]) {
            throw fault("oauth2 \(key) must be configured")
        }
        try allowOne(of: ["client_secret", "client_secret_file", "client_secret_ref"], in: oauth)
    }

    private static func checkProxy(_ section: ConfigurationValue) throws(ConfigurationFault) {
        let address = section["proxy_url"]?.text ?? ""
        let isFromEnvironment = section["proxy_from_environment"]?.flag ?? false
        if !address.isEmpty, !isAddress(address) { throw fault("parse \"\(address)\": invalid proxy_url") }
        if let headers = section["proxy_connect_header"], case .section(let entries) = headers, !entries.isEmpty,
            address.isEmpty, !isFromEnvironment
        {
            throw fault("if proxy_connect_header is configured proxy_url must also be configured")
        }
        if isFromEnvironment, !address.isEmpty || !isEmpty(section["no_proxy"]) {
            throw fault("if proxy_from_environment is configured, proxy_url and no_proxy must not be configured")
        }
        if address.isEmpty, !isFromEnvironment, !isEmpty(section["no_proxy"]) {
            throw fault("if no_proxy is configured, proxy_url must also be configured")
        }
    }

    /// An `Accept-Encoding` header must allow the expected compression of the response.
    private static func checkCompression(_ http: ConfigurationValue) throws(ConfigurationFault) {
        guard case .section(let headers)? = http["headers"], let compression = http["compression"]?.text,
            !compression.isEmpty
        else { return }
        for header in headers where header.key.folded == "accept-encoding" {
            let value = header.value.text?.folded ?? ""
            let names = value.split(separator: ",").map { $0.prefix { $0 != ";" }.filter { $0 != " " } }
            if !names.contains(compression.folded), !names.contains("*") {
                throw fault("invalid configuration \"\(header.key): \(value)\", \"compression: \(compression)\"")
            }
        }
    }

    private static func allowOne(of keys: [String], in section: ConfigurationValue) throws(ConfigurationFault) {
        if keys.count(where: { !isEmpty(section[$0]) }) > 1 {
            throw fault("at most one of \(keys.joined(separator: " & ")) must be configured")
        }
    }

    private static func isEmpty(_ value: ConfigurationValue?) -> Bool { value?.text?.isEmpty ?? true }

    private static func fault(_ text: String) -> ConfigurationFault { ConfigurationFault(line: 0, text: text) }

    /// Whether Go's `url.Parse` accepts the text: with complete escapes, and a scheme before a colon.
    private static func isAddress(_ text: String) -> Bool {
        if text.hasPrefix(":") || text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) {
            return false
        }
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "%") else { continue }
            let digits = bytes.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
                return false
            }
        }
        return true
    }

    private static let sizeUnits: Set<String> = [
        "B", "KB", "MB", "GB", "TB", "PB", "EB", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB",
    ]

    /// `1.5GB`, `1MiB512KiB`, `0`: signed numbers, each with a unit.
    private static func isSize(_ text: String) -> Bool {
        var rest = text[...]
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        if rest == "0" { return true }
        guard !rest.isEmpty else { return false }
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { $0 != "." && !($0.isASCII && $0.isNumber) }
            rest = rest.dropFirst(unit.count)
            guard number.contains(where: \.isNumber), number.count(where: { $0 == "." }) < 2,
                sizeUnits.contains(String(unit))
            else { return false }
        }
        return true
    }
}

extension String {
    /// In lower case, without leading and trailing spaces.
    fileprivate var folded: String {
        String(lowercased().drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
