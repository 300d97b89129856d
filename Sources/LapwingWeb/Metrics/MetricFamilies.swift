/// Metric families under construction, for output as Prometheus text or OpenMetrics.
package struct MetricFamilies {
    /// The type of a family.
    package enum Kind: String { case gauge, counter, histogram, info }
    /// Labels in the order of output.
    package typealias Labels = [(String, String)]

    private struct Family {
        var name: String
        var help: String
        var kind: Kind
        var samples: [(suffix: String, labels: Labels, value: Double)] = []
    }

    private var families: [Family] = []

    package init() {}

    /// Starts a family; samples are added to the family that was started last.
    ///
    /// The name of a counter is given without `_total`.
    package mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        families.append(Family(name: name, help: help, kind: kind))
    }

    /// Adds a sample to the family that was started last.
    ///
    /// - Parameter suffix: the suffix of the sample's name, such as `_bucket`.
    package mutating func add(_ value: Double, _ labels: Labels = [], suffix: String = "") {
        families[families.count - 1].samples.append((suffix, labels, value))
    }

    /// All families, as OpenMetrics 1.0 or as Prometheus text 0.0.4.
    package func text(isOpen: Bool) -> String {
        var text = ""
        for family in families where !family.samples.isEmpty {
            let standard = family.kind == .counter ? "_total" : family.kind == .info ? "_info" : ""
            let name = isOpen ? family.name : family.name + standard
            let kind = !isOpen && family.kind == .info ? "gauge" : family.kind.rawValue
            text +=
                isOpen
                ? "# TYPE \(name) \(kind)\n# HELP \(name) \(family.help)\n"
                : "# HELP \(name) \(family.help)\n# TYPE \(name) \(kind)\n"
            let start = family.name + standard
            for sample in family.samples {
                text += start
                text += sample.suffix
                var separator = "{"
                for (label, value) in sample.labels {
                    text += separator
                    text += label
                    text += "=\""
                    text += Self.escaped(value)
                    text += "\""
                    separator = ","
                }
                text += sample.labels.isEmpty ? " " : "} "
                text += Self.number(sample.value)
                text += "\n"
            }
        }
        return isOpen ? text + "# EOF\n" : text
    }

    private static func escaped(_ text: String) -> String {
        // Hardly any text needs escaping, and there are hundreds of thousands of them.
        let isPlain = text.utf8.allSatisfy { byte in
            byte != UInt8(ascii: "\\") && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\n")
        }
        if isPlain { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), value.magnitude < 1e15 { return String(Int64(value)) }
        return "\(value)"
    }
}
