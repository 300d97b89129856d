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

    @Test("others are told two minutes after the first failure, not at whichever try comes next")
    func onTime() async throws {
        let stage = try DelivererTests.Stage(fallback: ["boss"])
        stage.post.answer("ops", .tryAgain(reason: "503", after: nil))
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { !stage.post.tries().isEmpty })
            let first = stage.clock.now
            #expect(await stage.clock.becomes { !stage.post.told("boss").isEmpty })
            #expect((119...126).contains(stage.clock.now.seconds(since: first)))
        }
    }

    @Test("what comes up while a channel is known to fail does not wait again, and does once it was well in between")
    func knownToFail() async throws {
        let stage = try DelivererTests.Stage(fallback: ["boss"])
        stage.post.answer("ops", .tryAgain(reason: "503", after: nil))
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes { stage.post.told("boss").count == 1 })
            stage.clock.pass(1800)
            let second = stage.clock.now
            try stage.happens(.update, step: 2)
            #expect(await stage.clock.becomes { stage.post.told("boss").count == 2 })
            #expect(stage.clock.now.seconds(since: second) <= 10)
            stage.post.answer("ops", .delivered("200"))
            #expect(await stage.clock.becomes { try stage.store.nextTry() == nil })
            stage.post.answer("ops", .tryAgain(reason: "503", after: nil))
            let third = stage.clock.now
            try stage.happens(.update, step: 3)
            #expect(await stage.clock.becomes { stage.post.told("boss").count == 3 })
            #expect(stage.clock.now.seconds(since: third) >= 119)
        }
    }

    @Test("a channel that asks to be left alone for longer than that is not waited for")
    func asksForPatience() async throws {
        let stage = try DelivererTests.Stage(fallback: ["boss"])
        stage.post.answer("ops", .tryAgain(reason: "429", after: 600))
        try stage.happens(.open, step: 1)
        try await stage.run {
            #expect(await stage.clock.becomes(within: 20) { stage.post.told("boss").count == 1 })
        }
    }
}
