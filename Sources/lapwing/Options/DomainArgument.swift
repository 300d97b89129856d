import ArgumentParser
import DNSWire
import LapwingCore
import LapwingProbes

/// A domain name as entered, including internationalised names.
struct DomainArgument: ExpressibleByArgument {
    let name: Name

    init?(argument: String) {
        guard let name = InternationalName.parse(argument) else { return nil }
        self.name = name
    }

    private init(name: Name) {
        self.name = name
    }

    /// Parses the name of a domain to be watched; public suffixes are refused by
    /// ``requireDomains(_:meansSuffixes:option:)``.
    ///
    /// - Throws: `ValidationError` with a description of the input.
    static func entered(_ text: String) throws -> DomainArgument {
        do throws(EnteredName.Refusal) {
            return DomainArgument(name: try EnteredName.standard.read(text))
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// - Parameters:
    ///   - meansSuffixes: whether the user stated that public suffixes are intended.
    ///   - option: the option that states this.
    /// - Throws: `ValidationError` for a public suffix.
    static func requireDomains(_ names: [DomainArgument], meansSuffixes: Bool, option: String) throws {
        let reader = EnteredName(
            ascii: InternationalName.ascii, isSuffix: RegistrableDomain.isSuffix, suffixOption: option)
        for argument in names where !meansSuffixes {
            do throws(EnteredName.Refusal) {
                _ = try reader.read("\(argument.name)")
            } catch {
                throw ValidationError("\(error)")
            }
        }
    }
}

extension EnteredName {
    /// The rules by which commands read names: in any script.
    static let standard = EnteredName(ascii: InternationalName.ascii, isSuffix: { _ in false })
}
