/// One row of what a statement found.
package struct Row: Sendable {
    /// What the columns are called; one for all rows of a statement.
    final class Columns: Sendable {
        let names: [String]
        init(_ names: [String]) { self.names = names }
    }

    let columns: Columns
    /// One value for each column.
    package let values: [StoredValue]

    init(_ columns: Columns, _ values: [StoredValue]) {
        self.columns = columns
        self.values = values
    }

    /// What the columns are called, in their order.
    package var names: [String] { columns.names }

    /// The value at a place; nothing where there is no such column.
    package subscript(place: Int) -> StoredValue { values.indices.contains(place) ? values[place] : .null }

    /// The value of a column; nothing where there is no such column.
    package subscript(name: String) -> StoredValue { columns.names.firstIndex(of: name).map { values[$0] } ?? .null }

    /// The value of a column.
    ///
    /// - Throws: ``RowFault`` where it is of another kind, or nothing.
    package func get<Value: Storable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let read = Value(stored: self[column]) else { throw RowFault("\(column) cannot be read") }
        return read
    }

    /// The same for a column that may be empty.
    package func find<Value: Storable>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        let value = self[column]
        return value.isNull ? nil : try get(column)
    }
}
