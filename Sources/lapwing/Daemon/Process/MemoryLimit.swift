import Foundation

/// The memory that the process may use: that of the machine, or less if its control groups limit it.
enum MemoryLimit {
    /// In bytes; nil if no limit is known.
    static var bytes: Int? {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        let machine = pages > 0 ? Int(pages) * Int(sysconf(Int32(_SC_PAGESIZE))) : nil
        let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
        return ([machine] + groups.split(separator: "\n").map { limit(of: $0) }).compactMap(\.self).min()
    }

    /// Returns the lowest limit of a group and its ancestors: `0::/system.slice/x` (version 2), `4:memory:/x` (version
    /// 1).
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
