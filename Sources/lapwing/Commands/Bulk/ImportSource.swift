import Foundation
import LapwingCore
import LapwingImport
import LapwingProbes

/// Brings what is to be imported into memory.
enum ImportSource {
    /// Bytes of all files of a folder.
    private static let largestFolder = 256 << 20

    /// - Throws: why it cannot be read.
    static func read(_ path: String) throws(ImportFault) -> ImportInput {
        if path == "-" {
            return ImportInput(name: "-", files: [.init("-", try bytes(of: FileHandle.standardInput, named: "-"))])
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw fault(path, "there is no such file")
        }
        if isFolder.boolValue { return try folder(path) }
        guard let handle = FileHandle(forReadingAtPath: path) else { throw fault(path, "it cannot be read") }
        defer { try? handle.close() }
        return ImportInput(name: path, files: [.init(path, try bytes(of: handle, named: path))])
    }

    private static func fault(_ path: String, _ reason: String) -> ImportFault {
        ImportFault(ImportPlace(file: path.visible), reason, weight: .fatal)
    }

    /// No more than is taken, whatever else is there.
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

    /// The files of a folder and those below it; what is hidden and what is no file is passed over.
    private static func folder(_ path: String) throws(ImportFault) -> ImportInput {
        let root = URL(fileURLWithPath: path, isDirectory: true)
        let keys: [URLResourceKey] = [.isRegularFileKey]
        guard
            let walk = FileManager.default.enumerator(
                at: root, includingPropertiesForKeys: keys, options: [.skipsHiddenFiles])
        else { throw fault(path, "the folder cannot be read") }
        var files: [ImportInput.File] = []
        var total = 0
        for case let url as URL in walk {
            guard (try? url.resourceValues(forKeys: Set(keys)).isRegularFile) == true else { continue }
            let inside = url.path.dropFirst(root.path.count).drop { $0 == "/" }
            let name = (path.hasSuffix("/") ? path : path + "/") + inside
            guard files.count < ImportInput.mostFiles else {
                throw fault(path, "more than \(ImportInput.mostFiles) files")
            }
            guard let handle = FileHandle(forReadingAtPath: url.path) else { throw fault(name, "it cannot be read") }
            defer { try? handle.close() }
            let content = try bytes(of: handle, named: name)
            total += content.count
            guard total <= largestFolder else {
                throw fault(path, "its files are larger than \(largestFolder >> 20) MiB together")
            }
            files.append(.init(name, content))
        }
        return ImportInput(name: path, files: files, isFolder: true)
    }

    /// As commands judge names.
    static let rules = DomainGathering.Rules(
        names: EnteredName(ascii: InternationalName.ascii, isSuffix: RegistrableDomain.isSuffix),
        registered: RegistrableDomain.of)
}
