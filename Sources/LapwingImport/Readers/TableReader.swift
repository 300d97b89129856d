import DNSWire
import LapwingCore

/// Reads tables exported by registrars, whose columns are recognised by headings in several languages.
struct TableReader {
    let file: String
    /// The order in dates such as 03/04/2027, if the user has stated it.
    var order: DateOrder?

    func read(_ text: String, into gathering: inout DomainGathering) throws(ImportFault) {
        guard let header = Self.header(text) else {
            throw ImportFault(
                ImportPlace(file: file, line: 1),
                "no column is called Domain, Domain Name or the like; columns are parted by a comma, semicolon or tab",
                weight: .fatal)
        }
        var rows: [SeparatedValues.Row] = []
        do throws(ImportFault) {
            rows = try SeparatedValues.rows(text, delimiter: header.delimiter, file: file)
        } catch {
            throw error
        }
        let columns = header.columns
        let body = rows.drop { $0.line <= header.line }
        let written = columns.expires.map { column in body.map { Self.field($0, column) } } ?? []
        let order = self.order.map(ColumnOrder.certain) ?? ColumnOrder(written)
        for row in body {
            let place = ImportPlace(file: file, line: row.line)
            var text = Self.field(row, columns.domain)
            if let ending = columns.ending { text += "." + Self.field(row, ending).drop { $0 == "." } }
            guard !text.isEmpty else {
                if row.fields.contains(where: { !$0.isEmpty }) { gathering.leaveOut("this row names no domain", place) }
                continue
            }
            guard let domain = gathering.domain(text, meansSuffix: saysSuffix(row, columns), place) else { continue }
            take(row, columns, order, of: domain, place, into: &gathering)
        }
    }

    private func saysSuffix(_ row: SeparatedValues.Row, _ columns: TableColumns) -> Bool {
        columns.options.map { Self.field(row, $0).contains("\"suffix\"") } ?? false
    }

    private func take(
        _ row: SeparatedValues.Row, _ columns: TableColumns, _ order: ColumnOrder, of domain: Name,
        _ place: ImportPlace, into gathering: inout DomainGathering
    ) {
        if let column = columns.options, case let text = Self.field(row, column), !text.isEmpty {
            do throws(ImportFault) {
                let options = try JSONDocument.read(Array(text.utf8), file: file)
                gathering.change(domain) { $0.said = DomainOptions(options) }
            } catch {
                gathering.refuse("options: \(error.reason)", place)
            }
        }
        if let column = columns.expires, case let text = Self.field(row, column), !text.isEmpty {
            switch order.date(text) {
            case .moment(let moment): gathering.change(domain) { $0.expires = moment }
            case .none: break
            case .unclear(let reason):
                gathering.refuse("\(domain): the date `\(text.prefix(40).description.visible)` \(reason)", place)
            }
        }
        if let column = columns.renewal, let renews = Self.truth(Self.field(row, column)) {
            gathering.change(domain) { $0.said["auto_renew"] = .text(renews ? "true" : "false") }
        }
        if let column = columns.tags {
            let tags = Self.field(row, column).split { ",;|".contains($0) }
                .map { $0.drop(while: \.isWhitespace).description }
            gathering.tag(domain, tags)
        }
    }

    private static func field(_ row: SeparatedValues.Row, _ column: Int) -> String {
        guard column < row.fields.count else { return "" }
        let text = row.fields[column].drop(while: \.isWhitespace)
        return text.lastIndex { !$0.isWhitespace }.map { String(text[...$0]) } ?? ""
    }

    private static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "yes", "true", "on", "1", "enabled", "active", "ja", "ein", "oui", "sí", "si", "sì": true
        case "no", "false", "off", "0", "disabled", "inactive", "nein", "aus", "non", "nee": false
        default: nil
        }
    }

    /// The position of the headings, and the delimiter.
    struct Header {
        var line: Int
        var delimiter: Character
        var columns: TableColumns
    }

    /// Returns the first of the first ten lines with a heading for domains; nil if there is none.
    static func header(_ text: String) -> Header? {
        var position = 0
        for line in text.split(maxSplits: 10, omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(10)
        {
            position += 1
            guard line.utf8.count <= 20_000 else { return nil }
            // Such a line is YAML or prose.
            guard !line.contains(where: { ":{}[]".contains($0) }) else { continue }
            for delimiter in [",", ";", "\t", "|"] as [Character] where line.contains(delimiter) || line.count < 60 {
                guard
                    let fields = try? SeparatedValues.rows(String(line), delimiter: delimiter, file: "").first?.fields,
                    let columns = TableColumns(fields)
                else { continue }
                return Header(line: position, delimiter: delimiter, columns: columns)
            }
        }
        return nil
    }
}
