import Glibc

/// A system thread that runs one function to its end.
enum EngineThread {
    /// Unchecked, because the closure moves to the new thread and no other reference to it is kept.
    private final class Body: @unchecked Sendable {
        let run: () -> Void

        init(_ run: @escaping () -> Void) {
            self.run = run
        }
    }

    static func start(_ run: @escaping () -> Void) {
        let body = Unmanaged.passRetained(Body(run))
        var thread = pthread_t()
        let error = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, body.toOpaque())
        if error == 0 {
            pthread_detach(thread)
        } else {
            // Without a thread nothing can be asked; running the function here keeps callers from waiting for ever.
            body.takeRetainedValue().run()
        }
    }
}
