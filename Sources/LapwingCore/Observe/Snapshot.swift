package import DNSWire

/// Everything that one round saw of one domain, from all sources: the rules look only at it and at the memory.
package struct Snapshot: Sendable {
    /// The watched domain.
    package var domain: Name
    /// The wall clock at the start of the round.
    package var at: Timestamp
    /// Seconds on a monotonic clock, counted from an arbitrary start; distinguishes a changed wall clock from passed
    /// time.
    package var monotonic: Int64
    /// Why the round was made.
    package var look: Look
    /// The parent's view of the domain.
    package var parent: ParentView
    /// One view for each address of every server that is listed at the parent or in the zone, or was listed recently.
    package var authorities: [AuthorityView] = []
    /// One view for each configured resolver.
    package var resolvers: [ResolverView] = []
    /// The registry's answer; nil in rounds in which the registry was not asked.
    package var registry: RegistryView?
    /// The zone as a whole; nil in rounds without an attempt to fetch it.
    package var zone: ZoneView?
    /// Whether a server gives the zone to anyone, by its address; nil if none was asked.
    package var givesZone: [IPAddress: Bool]?
    /// The recent answers of root servers; nil if they are not asked.
    package var roots: RootSight?
    /// Names the domain relies on, as seen at their own parents.
    package var dependencies: [DependencyView] = []
    /// The place that made these observations; empty if there is only one place.
    package var place = ""
    /// The views of the other places, including those of which nothing is known; empty if there are none.
    package var places: [PlaceView] = []

    package init(domain: Name, at: Timestamp, monotonic: Int64, look: Look = .regular, parent: ParentView) {
        self.domain = domain
        self.at = at
        self.monotonic = monotonic
        self.look = look
        self.parent = parent
    }
}
