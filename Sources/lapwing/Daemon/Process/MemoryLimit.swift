import Foundation

/// How much memory the process may use: the machine's, or less where its control groups say so.
enum MemoryLimit {
    /// Bytes; nil where nobody says.
    static var bytes: Int? {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        let machine = pages > 0 ? Int(pages) * Int(sysconf(Int32(_SC_PAGESIZE))) : nil
        let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
        return ([machine] + groups.split(separator: "\n").map { limit(of: $0) }).compactMap(\.self).min()
    }

    /// The least of a group and those above it: `0::/system.slice/x` (version 2), `4:memory:/x` (version 1).
    private static func limit(of group: Substring) -> Int? {
        let parts = group.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        let (root, file): (String, String)
        if parts[0] == "0", parts[1].isEmpty {
            (root, file) = ("/sys/fs/cgroup", "memory.max")
        } else if parts[1].split(separator: ",").contains("memory") {
            (root, file) = ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
        } else {
            return nil
        }
        var folder = parts[2].split(separator: "/")
        var least: Int?
        while true {
            let path = ([root] + folder.map(String.init) + [file]).joined(separator: "/")
            if let text = try? String(contentsOfFile: path, encoding: .utf8),
                let bytes = Int(text.filter { !$0.isWhitespace })
            {
                least = min(least ?? bytes, bytes)
            }
            guard folder.popLast() != nil else { return least }
        }
    }
}
