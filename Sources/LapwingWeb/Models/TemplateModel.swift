import Foundation

/// What a template is filled with: the names of its properties are the names that the template may use.
///
/// The compiler checks that each property is given; a test checks that the template uses each of them, and no other
/// name. A property that is nil counts as absent. Decodable, so that the test can make a model with every property
/// filled in without knowing them.
package protocol TemplateModel: Decodable, Sendable {
    /// The template's file is `Assets/NAME.mustache`.
    static var template: String { get }
}

/// All models, for the tests.
package enum TemplateModels {
    /// Those of whole pages, which stand inside the frame.
    package static let pages: [any TemplateModel.Type] = [
        AddModel.self, APIModel.self, BoardModel.self, CauseModel.self, ChannelsModel.self, CheckFormModel.self,
        CheckRunModel.self, DomainModel.self, DomainsModel.self, ExpiryModel.self, FindingModel.self,
        FindingsModel.self, IncidentModel.self, IncidentsModel.self, MaintenanceModel.self, MessageModel.self,
        ResolversModel.self, SilencesModel.self,
    ]
    /// Those of pieces, and of pages without a frame.
    package static let pieces: [any TemplateModel.Type] = [
        ActModel.self, CheckRowModel.self, CheckVerdictModel.self, FrameModel.self,
    ]

    /// The properties of a model by their names, and of the models in it.
    ///
    /// The template engine looks into structs too, but anew for each name that a template says.
    package static func fields(of model: any TemplateModel) -> [String: Any] { fields(of: Mirror(reflecting: model)) }

    private static func fields(of mirror: Mirror) -> [String: Any] {
        var fields: [String: Any] = [:]
        for (name, value) in mirror.children {
            if let name { fields[name] = field(value) }
        }
        return fields
    }

    private static func field(_ value: Any) -> Any {
        switch value {
        case let text as String: return text
        case let flag as Bool: return flag
        case let number as Int: return number
        case let texts as [String]: return texts
        default:
            let mirror = Mirror(reflecting: value)
            switch mirror.displayStyle {
            // Said to be nothing; left out, the same name further out would be taken in its place.
            case .optional: return mirror.children.first.map { field($0.value) } ?? NSNull()
            case .collection: return mirror.children.map { field($0.value) }
            default: return fields(of: mirror)
            }
        }
    }
}
