import Foundation
import LapwingCore

/// Makes PDF files of pages by a program that is installed for that.
enum PDFMaker {
    /// Why there is none.
    struct Fault: Error, CustomStringConvertible {
        var description: String
    }

    /// Those that are tried, in this order.
    private static let programs = ["weasyprint", "chromium", "chromium-browser", "google-chrome"]
    /// Whether one of them is there.
    static var isThere: Bool { program != nil }

    private static var program: String? {
        let paths = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map(
            String.init)
        return programs.lazy.compactMap { program in
            paths.map { "\($0)/\(program)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        }.first
    }

    /// A page that needs no other file, as a PDF.
    ///
    /// - Parameter longest: seconds after which the program is ended.
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
                [
                    "--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run",
                    "--user-data-dir=\(folder.path)/profile", "--print-to-pdf=\(target.path)",
                    // The page is our own and runs nothing; as root Chromium starts in no other way.
                ] + (geteuid() == 0 ? ["--no-sandbox"] : []) + [source.absoluteString]
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
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
            throw Fault(description: "\(program) failed with status \(process.terminationStatus)")
        }
    }
}
