import FoundationEssentials

/// Reads scenario files; `bases.yaml` is in the same folder.
package enum ScenarioFile {
    /// The file of base worlds.
    package static let basesName = "bases.yaml"

    /// Reads a scenario with the base worlds beside it.
    ///
    /// - Throws: all faults of either file, with their positions.
    package static func read(_ path: String) throws(ScenarioError) -> Scenario {
        let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let basesPath = (path.contains("/") ? folder + "/" : "") + basesName
        let bases = try ScenarioTree(yaml: text(of: basesPath), file: basesPath)
        return try Scenario(yaml: text(of: path), file: path, bases: bases)
    }

    private static func text(of path: String) throws(ScenarioError) -> String {
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            return String(decoding: data, as: UTF8.self)
        } catch {
            throw ScenarioError(faults: [ScenarioFault(place: Place(file: path), text: "cannot be read: \(error)")])
        }
    }
}
