import LapwingCore
/// Reads the modules of blackbox_exporter: each DNS module queries one name and type.
struct BlackboxReader {
    let file: String

    func read(_ document: DocumentValue, into gathering: inout DomainGathering) throws(ImportFault) {
        guard let modules = document["modules"]?.members else {
            throw ImportFault(ImportPlace(file: file, line: document.line), "there are no `modules`", weight: .fatal)
        }
        for module in modules {
            let place = ImportPlace(
                file: file, line: module.value.line, column: module.value.column, path: "modules.\(module.key)")
            guard module.value.text("prober") == "dns" else {
                gathering.leaveOut("this module asks no question of DNS; its targets stand elsewhere", place)
                continue
            }
            guard let name = module.value["dns"]?.text("query_name"), !name.isEmpty else {
                gathering.leaveOut("the name comes with each probe (`query_name` is not set)", place)
                continue
            }
            guard name != "." else {
                gathering.leaveOut("it asks for the root, which cannot be registered", place)
                continue
            }
            let type = module.value["dns"]?.text("query_type")
            guard let types = HostText.types(ofQuestion: type) else {
                gathering.refuse("`\((type ?? "").prefix(40).description.visible)` is no record type", place)
                continue
            }
            _ = gathering.host(name, types, place)
        }
    }
}
