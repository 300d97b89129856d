import GRDB
package import LapwingCore

extension Store {
    /// Days for which details are kept: a year of history, evidence with its incident.
    package static let historyDays: Int64 = 400

    /// Deletes what is older than anybody will ask for.
    package func forget(before limit: Timestamp) throws {
        try database.write { database in
            try database.execute(sql: "DELETE FROM sighting WHERE ended < ?", arguments: [limit])
            try database.execute(sql: "DELETE FROM change WHERE at < ?", arguments: [limit])
            try database.execute(
                sql: "DELETE FROM incident_event WHERE incident IN (SELECT id FROM incident WHERE closed < ?)",
                arguments: [limit])
            try database.execute(sql: "DELETE FROM notice WHERE finished < ?", arguments: [limit])
            try database.execute(sql: "DELETE FROM incident WHERE closed < ?", arguments: [limit])
            try database.execute(sql: "DELETE FROM request WHERE done < ?", arguments: [limit])
            try database.execute(sql: "DELETE FROM silence WHERE ended < ?", arguments: [limit])
        }
    }
}
