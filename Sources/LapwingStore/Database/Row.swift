/// One row of a query's result.
package struct Row: Sendable {
    /// The names of the columns, shared by all rows of a result.
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

    /// The names of the columns, in order.
    package var names: [String] { columns.names }

    /// The value at an index; null if there is no such column.
    package subscript(place: Int) -> StoredValue { values.indices.contains(place) ? values[place] : .null }

    /// The value of a column; null if there is no such column.
    package subscript(name: String) -> StoredValue { columns.names.firstIndex(of: name).map { values[$0] } ?? .null }

    /// Returns the value of a column.
    ///
    /// - Throws: ``RowFault`` if it is null or of another type.
    package func get<Value: Storable>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let read = Value(stored: self[column]) else { throw RowFault("\(column) cannot be read") }
        return read
    }

    /// Returns the value of a column that may be null.
    package func find<Value: Storable>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        let value = self[column]
        return value.isNull ? nil : try get(column)
    }
}
