/// The values for a template: the names of its properties are the names that the template may use.
///
/// The compiler checks that each property is given; a test checks that the template uses all of them and no other name.
/// A property that is nil counts as absent. The protocol refines Encodable, so that the template engine reads the
/// properties with code that the compiler generates, and Decodable, so that the test can fill in every property of any
/// model.
package protocol TemplateModel: Codable, Sendable {
    /// The template's file is `Assets/NAME.mustache`.
    static var template: String { get }
}

/// All models, for the tests.
package enum TemplateModels {
    /// The models of complete pages, which are rendered inside the frame.
    package static let pages: [any TemplateModel.Type] = [
        AddModel.self, APIModel.self, BoardModel.self, CauseModel.self, ChannelsModel.self, CheckFormModel.self,
        CheckRunModel.self, ClientsModel.self, CompareModel.self, DomainModel.self, DomainsModel.self, ExpiryModel.self,
        FeedsModel.self, FiltersModel.self,
        FindingModel.self,
        FindingsModel.self, IncidentModel.self, IncidentsModel.self, JournalModel.self,
        MaintenanceModel.self, MessageModel.self,
        ResolversModel.self, SharedModel.self, SilencesModel.self, StrangerModel.self, SureModel.self,
    ]
    /// The models of fragments, and of pages without a frame.
    package static let pieces: [any TemplateModel.Type] = [
        ActModel.self, CheckRowModel.self, CheckVerdictModel.self, ClientModel.self, FrameModel.self, LoginModel.self,
        ReportModel.self,
    ]
}
