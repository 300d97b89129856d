/// What a template is filled with: the names of its properties are the names that the template may use.
///
/// The compiler checks that each property is given; a test checks that the template uses each of them, and no other
/// name. A property that is nil counts as absent. Encodable, so that its properties are found by code that the compiler has
/// written; Decodable, so that the test can make a model with every property filled in without knowing them.
package protocol TemplateModel: Codable, Sendable {
    /// The template's file is `Assets/NAME.mustache`.
    static var template: String { get }
}

/// All models, for the tests.
package enum TemplateModels {
    /// Those of whole pages, which stand inside the frame.
    package static let pages: [any TemplateModel.Type] = [
        AddModel.self, APIModel.self, BoardModel.self, CauseModel.self, ChannelsModel.self, CheckFormModel.self,
        CheckRunModel.self, ClientsModel.self, CompareModel.self, DomainModel.self, DomainsModel.self, ExpiryModel.self,
        FeedsModel.self, FiltersModel.self,
        FindingModel.self,
        FindingsModel.self, IncidentModel.self, IncidentsModel.self, JournalModel.self,
        MaintenanceModel.self, MessageModel.self,
        ResolversModel.self, SharedModel.self, SilencesModel.self, StrangerModel.self, SureModel.self,
    ]
    /// Those of pieces, and of pages without a frame.
    package static let pieces: [any TemplateModel.Type] = [
        ActModel.self, CheckRowModel.self, CheckVerdictModel.self, ClientModel.self, FrameModel.self, LoginModel.self,
        ReportModel.self,
    ]
}
