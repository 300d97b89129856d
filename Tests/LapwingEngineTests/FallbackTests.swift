import LapwingCore
import LapwingEngine
import LapwingStore
import Testing

/// Who is told in place of a channel that cannot be reached, and what they hear of it afterwards.
@Suite(.serialized) struct FallbackTests {
    @Test("who was told in place of a channel that failed is told of the end, when the channel is well again too")
    func endForTheFallback() async throws {
        let stage = try DelivererTests.Stage(fallback: ["boss"])
        stage.post.answer("ops", .tryAgain(reason: "503", after: nil))
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.post.told("boss") == ["open tern.test.-1"] })
            stage.post.answer("ops", .delivered("200"))
            #expect(await stage.clock.becomes { try stage.store.nextTry() == nil })
            try stage.happens(.close, step: 2)
            #expect(await stage.clock.becomes { stage.post.told("boss").last == "close tern.test.-1" })
            #expect(await stage.clock.becomes { try stage.store.nextTry() == nil })
        }
        #expect(stage.post.told("boss") == ["open tern.test.-1", "close tern.test.-1"])
        #expect(stage.post.told("ops").last == "close tern.test.-1")
    }

    @Test("what began and ended while a channel failed is told as both in its place, each once")
    func endWhileFailing() async throws {
        let stage = try DelivererTests.Stage(fallback: ["boss"])
        stage.post.answer("ops", .tryAgain(reason: "503", after: nil))
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { !stage.post.tries().isEmpty })
            try stage.happens(.close, step: 2)
            #expect(await stage.clock.becomes { stage.post.told("boss").count >= 2 })
            stage.clock.pass(3600)
            #expect(await stage.clock.becomes { stage.post.tries().count > 8 })
        }
        #expect(stage.post.told("boss") == ["open tern.test.-1", "close tern.test.-1"])
    }

    @Test("an end while a channel still fails is told once in its place")
    func endOnceForTheFallback() async throws {
        let stage = try DelivererTests.Stage(fallback: ["boss"])
        stage.post.answer("ops", .tryAgain(reason: "503", after: nil))
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.post.told("boss").count == 1 })
            try stage.happens(.close, step: 2)
            #expect(await stage.clock.becomes { stage.post.told("boss").count == 2 })
            stage.clock.pass(3600)
            let tries = stage.post.tries().count
            #expect(await stage.clock.becomes { stage.post.tries().count > tries })
        }
        #expect(stage.post.told("boss") == ["open tern.test.-1", "close tern.test.-1"])
    }
}
