/// Finds the commit that is checked out at a file, by reading Git's own files; no program is started.
package enum GitRevision {
    /// The largest number of parent folders that are searched for a work tree.
    private static let mostFolders = 64

    /// Returns the beginning of the commit's hash; nil if the file is in no work tree, or if the hash cannot be
    /// determined.
    ///
    /// - Parameters:
    ///   - path: absolute, without `.` and `..`.
    ///   - contents: returns the text of a file, nil if there is none or it is too large.
    package static func of(_ path: String, contents: (String) -> String?) -> String? {
        var folders = path.split(separator: "/").map(String.init)
        for _ in 0..<mostFolders {
            guard !folders.isEmpty else { return nil }
            let folder = "/" + folders.joined(separator: "/")
            // The path may be a folder itself.
            if let head = head(folder, contents) { return head }
            folders.removeLast()
        }
        return nil
    }

    private static func head(_ folder: String, _ contents: (String) -> String?) -> String? {
        var place = folder + "/.git"
        if contents(place + "/HEAD") == nil {
            // A linked work tree and a submodule have a file in place of the folder.
            guard let link = contents(place), let path = value(link, after: "gitdir:") else { return nil }
            place = joined(folder, path)
        }
        guard let head = contents(place + "/HEAD") else { return nil }
        guard let reference = value(head, after: "ref:") else { return short(head) }
        guard reference.hasPrefix("refs/"), !reference.contains("..") else { return nil }
        let common = contents(place + "/commondir").map { joined(place, firstLine($0)) } ?? place
        for folder in [place, common] {
            if let hash = contents("\(folder)/\(reference)").flatMap(short) { return hash }
        }
        guard let packed = contents(common + "/packed-refs") else { return nil }
        for line in packed.split(separator: "\n") where line.hasSuffix(" " + reference) {
            return short(String(line))
        }
        return nil
    }

    private static func firstLine(_ text: String) -> String {
        String(text.prefix { !$0.isNewline }).trimmed
    }

    private static func value(_ text: String, after key: String) -> String? {
        let line = firstLine(text)
        guard line.hasPrefix(key) else { return nil }
        return String(line.dropFirst(key.count)).trimmed
    }

    private static func joined(_ folder: String, _ path: String) -> String {
        guard !path.hasPrefix("/") else { return path }
        var parts = folder.split(separator: "/").map(String.init)
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// Returns the first twelve digits of a hash of 40 or 64 digits.
    private static func short(_ text: String) -> String? {
        let word = text.prefix { $0.isASCII && $0.isHexDigit }
        guard word.utf8.count == 40 || word.utf8.count == 64 else { return nil }
        return String(word.prefix(12))
    }
}

extension String {
    fileprivate var trimmed: String {
        let start = drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
