import Foundation
import LapwingCore
import LapwingStore

/// Checks the requirements of the daemon on the machine: space for the store, descriptors, a port.
struct MachineDiagnosis {
    let settings: Settings

    /// With less space than this, in bytes, the disk counts as full: the write-ahead log alone may grow to that size.
    private static let leastSpace: Int64 = 200 << 20
    /// The number of descriptors that suffices for a few domains and the page.
    private static let leastDescriptors = 1024

    func all() -> [Diagnosis] {
        [store(), space(), port(), descriptors(), sandbox()]
    }

    private func store() -> Diagnosis {
        guard let path = StoreLocation(settings.store).path else { return server() }
        guard FileManager.default.fileExists(atPath: path) else {
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            var ancestor = folder
            while !FileManager.default.fileExists(atPath: ancestor), ancestor != "/" {
                ancestor = URL(fileURLWithPath: ancestor).deletingLastPathComponent().path
            }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: ancestor, isDirectory: &isFolder), isFolder.boolValue else {
                return .fault(
                    "store", "\(path) cannot be made: \(ancestor) is no directory", do: "name another `store`")
            }
            guard access(ancestor, W_OK | X_OK) == 0 else {
                return .fault(
                    "store", "\(path) cannot be made: \(ancestor) is not writable for this user",
                    do: "give the folder to the user that runs lapwing, or name another `store`")
            }
            return .ok("store", "\(path) is not there yet; the first run makes it")
        }
        do {
            let store = try Store(path: path, role: .reader)
            let statistics = try store.statistics()
            guard access(path, W_OK) == 0 else {
                return .fault(
                    "store", "\(path) is not writable for this user", do: "run lapwing as the user that owns it")
            }
            let mode = (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int) ?? 0
            if mode & 0o077 != 0 {
                return .warning(
                    "store", "\(path) can be read by others", do: "set its mode to 600")
            }
            if statistics.unreadableRows > 0 {
                return .warning(
                    "store", "\(path): \(statistics.unreadableRows) rows cannot be read",
                    do: "`lapwing store check` names them")
            }
            return .ok(
                "store",
                "\(path): \(ByteText.text(statistics.bytes)), \(statistics.domains) domains, "
                    + "\(statistics.openIncidents) open incidents")
        } catch {
            return .fault(
                "store", "\(error)", do: "`lapwing store check` says more; `lapwing store restore` puts a copy back")
        }
    }

    /// A store in PostgreSQL.
    private func server() -> Diagnosis {
        let name = StoreLocation(settings.store).visible
        do {
            let statistics = try Store(path: settings.store, role: .reader).statistics()
            return .ok(
                "store",
                "\(name): \(ByteText.text(statistics.bytes)), \(statistics.domains) domains, "
                    + "\(statistics.openIncidents) open incidents")
        } catch {
            return .fault(
                "store", "\(error)", do: "see whether this user may come in there: psql with the same address")
        }
    }

    private func space() -> Diagnosis {
        guard let path = StoreLocation(settings.store).path else {
            return .ok("disk space", "the store is kept by a server, which looks after its own disk")
        }
        var folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        while !FileManager.default.fileExists(atPath: folder), folder != "/" {
            folder = URL(fileURLWithPath: folder).deletingLastPathComponent().path
        }
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return .unknown("disk space", "\(folder) cannot be checked") }
        let free = Int64(clamping: UInt64(status.f_bavail) * UInt64(status.f_frsize))
        let text = "\(ByteText.text(free)) free at \(folder)"
        return free < Self.leastSpace
            ? .warning("disk space", text, do: "make room: `lapwing store prune --keep 90d`, or a larger disk")
            : .ok("disk space", text)
    }

    /// Tries to listen at the daemon's address. If that fails, a running daemon is the usual reason.
    private func port() -> Diagnosis {
        let (host, port) = (settings.listen.host, settings.listen.port)
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "\(port)", &hints, &found) == 0, let address = found else {
            return .fault("listen", "\(host) is no address of this machine", do: "change `listen`")
        }
        defer { freeaddrinfo(found) }
        let descriptor = socket(address.pointee.ai_family, address.pointee.ai_socktype, 0)
        guard descriptor >= 0 else { return .unknown("listen", "no socket can be made") }
        defer { close(descriptor) }
        var reuses: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuses, socklen_t(MemoryLayout<Int32>.size))
        guard bind(descriptor, address.pointee.ai_addr, address.pointee.ai_addrlen) != 0 else {
            return .ok("listen", "\(host):\(port) is free")
        }
        let error = errno
        if error == EADDRINUSE, let holder = try? StoreHolder.process(of: settings.store) {
            return .ok("listen", "\(host):\(port) is in use, and a daemon runs on this store (process \(holder))")
        }
        return .fault(
            "listen", "\(host):\(port) cannot be used: \(String(cString: strerror(error)))",
            do: "`ss -ltnp` shows who has it; or change `listen`")
    }

    private func sandbox() -> Diagnosis {
        guard settings.sandbox.isOn else { return .ok("sandbox", "switched off (`sandbox`)") }
        let absent = (settings.sandbox.writable ?? []).filter { !FileManager.default.fileExists(atPath: $0) }
        if !absent.isEmpty {
            return .warning(
                "sandbox", "\(absent.joined(separator: ", ")) (`sandbox.writable`) does not exist",
                do: "make the directory before the daemon starts, or take it out")
        }
        return .ok(
            "sandbox",
            Sandbox.limitsWrites
                ? "privileges, system calls and writes" : "privileges and system calls; this kernel cannot limit writes"
        )
    }

    private func descriptors() -> Diagnosis {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return .unknown("open files", "the limit cannot be read")
        }
        let most = Int(clamping: limit.rlim_max)
        return most < Self.leastDescriptors
            ? .warning(
                "open files", "at most \(most) files and connections",
                do: "`LimitNOFILE=65536` in the unit, or `ulimit -Hn 65536`")
            : .ok("open files", "up to \(most)")
    }
}
