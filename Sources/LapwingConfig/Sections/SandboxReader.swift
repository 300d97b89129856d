import LapwingCore

/// Reads the settings of the sandbox.
struct SandboxReader {
    /// The kernel checks each of these rules whenever a file is opened for writing.
    private static let most = 16

    /// `true`, `false`, or `{writable: [/var/lib/alerts]}`.
    func sandbox(_ value: ValueReader) -> Settings.Sandbox {
        var sandbox = Settings.Sandbox()
        if value.isScalar {
            sandbox.isOn = value.boolean() ?? true
            return sandbox
        }
        guard let fields = value.fields(.sandbox), let writable = fields["writable"] else { return sandbox }
        let members = writable.list(orSingle: true) ?? []
        if members.count > Self.most {
            writable.fault("\(writable.path): \(members.count) directories; at most \(Self.most) are taken")
        }
        sandbox.writable = members.prefix(Self.most).compactMap { member in
            guard let path = member.string() else { return nil }
            if path.hasPrefix("/") { return path }
            member.fault("\(member.path): expected the whole path of a directory, found `\(path)`")
            return nil
        }
        return sandbox
    }
}
