extension EDNSOption {
    /// Whether the bytes are what the option's number permits; unknown options may hold anything.
    public var isSound: Bool {
        switch code {
        case Code.clientSubnet: ClientSubnet(option: data) != nil
        case Code.cookie: Cookie(option: data) != nil
        case Code.extendedError:
            data.count >= 2 && String(validating: data[2...].dropLast(data.last == 0 ? 1 : 0), as: UTF8.self) != nil
        case Code.reportChannel: (try? Name(wire: data)) != nil
        case Code.extendedErrorLanguage, Code.filteringContact, Code.filteringOrganization, Code.filteringDatabase:
            String(validating: data, as: UTF8.self) != nil
        default: true
        }
    }
}
