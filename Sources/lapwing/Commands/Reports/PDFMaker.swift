import Foundation
import LapwingCore

/// Converts pages to PDF with an installed program.
enum PDFMaker {
    /// The reason why there is no PDF.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// The programs that are tried, in this order.
    private static let programs = ["weasyprint", "chromium", "chromium-browser", "google-chrome"]
    /// Whether one of the programs is installed.
    static var isThere: Bool { program != nil }

    private static var program: String? {
        let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map(
            String.init)
        return programs.lazy.compactMap { program in
            paths.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        }.first
    }

    /// Converts a self-contained page to PDF.
    ///
    /// - Parameter longest: seconds after which the program is terminated.
    static func pdf(of page: String, within longest: Double = 120) throws -> Data {
        guard let program else {
            throw Fault(
                description: "there is no program here that makes a PDF: install weasyprint or chromium "
                    + "(apt install weasyprint), or print the HTML from a browser")
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "lapwing-report-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let source = folder.appending(path: "report.html")
        let target = folder.appending(path: "report.pdf")
        try Data(page.utf8).write(to: source)
        try run(program, from: source, to: target, in: folder, within: longest)
        guard let data = try? Data(contentsOf: target), data.starts(with: Data("%PDF-".utf8)) else {
            throw Fault(description: "\(program) made no PDF")
        }
        return data
    }

    private static func run(
        _ program: String, from source: URL, to target: URL, in folder: URL, within longest: Double
    ) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        if program.hasSuffix("weasyprint") {
            process.arguments = ["--quiet", source.path, target.path]
        } else {
            process.arguments =
                browserArguments(isConfined: geteuid() == 0 || isConfined) + [
                    "--user-data-dir=\(folder.path)/profile", "--print-to-pdf=\(target.path)", source.absoluteString,
                ]
        }
        // A service account may have no home directory, or one that it cannot write to.
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["HOME": folder.path, "XDG_CONFIG_HOME": folder.path, "XDG_CACHE_HOME": folder.path]) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        let said = folder.appending(path: "said")
        FileManager.default.createFile(atPath: said.path, contents: nil)
        process.standardError = (try? FileHandle(forWritingTo: said)) ?? FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            throw Fault(description: "cannot start \(program): \(error.localizedDescription)")
        }
        if ended.wait(timeout: .now() + longest) == .timedOut {
            process.terminate()
            throw Fault(description: "\(program) was ended after \(Int(longest)) seconds")
        }
        guard process.terminationStatus == 0 else {
            throw Fault(description: "\(program) failed with status \(process.terminationStatus)" + reason(in: said))
        }
    }

    /// Returns the arguments for Chromium.
    ///
    /// - Parameter isConfined: whether it must run without its own sandbox. That sandbox needs namespaces, which the
    ///   daemon, its systemd unit and most containers deny to child processes; the restrictions of the parent apply to
    ///   Chromium instead.
    static func browserArguments(isConfined: Bool) -> [String] {
        [
            "--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run", "--disable-breakpad",
            // The page is self-contained, so no host needs to be resolved.
            "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND",
            // Writable and executable memory is refused by the systemd unit, and not needed.
            "--js-flags=--jitless",
        ] + (isConfined ? ["--no-sandbox", "--no-zygote"] : [])
    }

    /// Whether this process cannot gain privileges by starting a program, and has a filter of system calls.
    static var isConfined: Bool {
        (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)).map(isConfined) ?? false
    }

    static func isConfined(_ status: String) -> Bool {
        let lines = status.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
        return lines.contains(["NoNewPrivs:", "1"]) && lines.contains(["Seccomp:", "2"])
    }

    /// Returns the program's last message, explained if it is known.
    private static func reason(in file: URL) -> String {
        guard let handle = try? FileHandle(forReadingFrom: file), let length = try? handle.seekToEnd() else {
            return ""
        }
        try? handle.seek(toOffset: length > longestReason ? length - longestReason : 0)
        let text = String(decoding: (try? handle.read(upToCount: Int(longestReason))) ?? Data(), as: UTF8.self)
        if text.contains("No usable sandbox") {
            return ": this system lets it make no namespaces, which its sandbox needs; install weasyprint, or "
                + "chromium-sandbox where programs may gain privileges"
        }
        let line = text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }
        return line.map { ": " + String($0.prefix(300)).visible } ?? ""
    }

    /// The largest part of the program's output that is read, in bytes.
    private static let longestReason: UInt64 = 8192
}
