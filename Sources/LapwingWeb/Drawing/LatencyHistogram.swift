/// The response times of a resolver as columns, shortest on the left.
enum LatencyHistogram {
    static func svg(_ resolver: LiveFigures.Resolver) -> String {
        let most = Double(resolver.buckets.max() ?? 0)
        let mean = resolver.queries > 0 ? Int(resolver.seconds / Double(resolver.queries) * 1000) : 0
        var drawing = Drawing(
            width: max(1, resolver.buckets.count) * 16, height: 34,
            label: "\(Shown.text(resolver.label, limit: 60)): mean \(mean) ms over \(resolver.queries) answers")
        for (index, count) in resolver.buckets.enumerated() {
            let height = most > 0 ? max(count > 0 ? 3 : 1, Double(count) / most * 32) : 1
            let bound = index < resolver.bounds.count ? resolver.bounds[index] : .infinity
            let style = count == 0 ? "idle" : bound > 1 ? "bad" : bound > 0.25 ? "warn" : "good"
            let text = bound.isFinite ? "up to \(Int(bound * 1000)) ms" : "slower"
            drawing.box(
                x: Double(index * 16), y: 34 - height, width: 13, height: height, class: style,
                title: "\(text): \(Shown.count(count))")
        }
        return drawing.svg(class: "histogram")
    }
}
