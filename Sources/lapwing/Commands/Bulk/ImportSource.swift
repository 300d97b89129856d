import Foundation
import LapwingCore
import LapwingImport
import LapwingProbes

/// Reads the input of an import into memory.
enum ImportSource {
    /// The largest total size of a folder's files, in bytes.
    private static let largestFolder = 256 << 20

    /// - Parameter name: the name for messages, if it is not the path.
    /// - Throws: the reason why it cannot be read.
    static func read(_ path: String, named name: String? = nil) throws(ImportFault) -> ImportInput {
        let name = name ?? path
        if path == "-" {
            return ImportInput(name: "-", files: [.init("-", try bytes(of: FileHandle.standardInput, named: "-"))])
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw fault(name, "there is no such file")
        }
        if isFolder.boolValue { return try folder(path, named: name) }
        guard let handle = FileHandle(forReadingAtPath: path) else { throw fault(name, "it cannot be read") }
        defer { try? handle.close() }
        return ImportInput(name: name, files: [.init(name, try bytes(of: handle, named: name))])
    }

    private static func fault(_ path: String, _ reason: String) -> ImportFault {
        ImportFault(ImportPlace(file: path.visible), reason, weight: .fatal)
    }

    /// Reads at most the accepted size, however long the input is.
    private static func bytes(of handle: FileHandle, named name: String) throws(ImportFault) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let data: Data?
            do {
                data = try handle.read(upToCount: 1 << 20)
            } catch {
                throw fault(name, "it cannot be read: \(error.localizedDescription)")
            }
            guard let data, !data.isEmpty else { return bytes }
            bytes += data
            guard bytes.count <= ImportInput.largest else {
                throw fault(name, "it is larger than \(ImportInput.largest >> 20) MiB")
            }
        }
    }

    /// Returns the files of a folder and its subfolders; hidden entries and entries that are not regular files are
    /// skipped.
    private static func folder(_ path: String, named folder: String) throws(ImportFault) -> ImportInput {
        let root = URL(fileURLWithPath: path, isDirectory: true)
        let keys: [URLResourceKey] = [.isRegularFileKey]
        guard
            let walk = FileManager.default.enumerator(
                at: root, includingPropertiesForKeys: keys, options: [.skipsHiddenFiles])
        else { throw fault(folder, "the folder cannot be read") }
        var files: [ImportInput.File] = []
        var total = 0
        for case let url as URL in walk {
            guard (try? url.resourceValues(forKeys: Set(keys)).isRegularFile) == true else { continue }
            let inside = url.path.dropFirst(root.path.count).drop { $0 == "/" }
            let name = (folder.hasSuffix("/") ? folder : folder + "/") + inside
            guard files.count < ImportInput.mostFiles else {
                throw fault(folder, "more than \(ImportInput.mostFiles) files")
            }
            guard let handle = FileHandle(forReadingAtPath: url.path) else { throw fault(name, "it cannot be read") }
            defer { try? handle.close() }
            let content = try bytes(of: handle, named: name)
            total += content.count
            guard total <= largestFolder else {
                throw fault(folder, "its files are larger than \(largestFolder >> 20) MiB together")
            }
            files.append(.init(name, content))
        }
        return ImportInput(name: folder, files: files, isFolder: true)
    }

    /// The rules by which commands judge names.
    static let rules = DomainGathering.Rules(
        names: EnteredName(ascii: InternationalName.ascii, isSuffix: RegistrableDomain.isSuffix),
        registered: RegistrableDomain.of)
}
