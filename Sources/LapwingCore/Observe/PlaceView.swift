/// One place other than that of whoever judges, in one round.
package struct PlaceView: Sendable {
    /// Its name.
    package var place: String
    /// When the look began, by the clock of whoever judges; nil where none was ever made.
    package var at: Timestamp?
    /// What was seen; nil where that is too old to say anything of now: nothing is known from there then.
    package var sight: PlaceSight?

    package init(_ place: String, at: Timestamp? = nil, sight: PlaceSight? = nil) {
        self.place = place
        self.at = at
        self.sight = sight
    }

    /// Whether it is known that no server answers there.
    package var isUnserved: Bool { sight?.isUnserved ?? false }
}
