extension Message {
    /// The message as a JSON object on one line: header, sections with record data in presentation format, EDNS.
    public var json: String {
        JSONText.object([
            "ok": "true",
            "id": String(id),
            "flags": JSONText.array(flags.names.map(JSONText.string)),
            "opcode": JSONText.string(opCode.description),
            "rcode": JSONText.string(responseCode.description),
            "question": JSONText.array(questions.map(\.json)),
            "answer": JSONText.array(answers.map(\.json)),
            "authority": JSONText.array(authorities.map(\.json)),
            "additional": JSONText.array(additionals.map(\.json)),
            "edns": edns?.json ?? "null",
        ])
    }

    /// Reads a message in hexadecimal and writes it, or what is wrong with it, as a JSON object on one line.
    ///
    /// The offset of an error counts bytes of the message; with text that is not hexadecimal, characters.
    public static func json(hexadecimal text: some Collection<UInt8>) -> String {
        let digits = text.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\t") }
        guard let bytes = Base16.decode(digits) else {
            let place = text.enumerated().first { Base16.value($0.element) == nil }?.offset ?? text.count
            return errorJSON("bad-hex", offset: place, "not an even number of hexadecimal digits")
        }
        do throws(WireError) {
            return try Message(decoding: bytes).json
        } catch {
            return errorJSON(error.code.rawValue, offset: error.offset, error.code.text)
        }
    }

    private static func errorJSON(_ code: String, offset: Int, _ text: String) -> String {
        let error = JSONText.object([
            "code": JSONText.string(code), "offset": String(offset), "text": JSONText.string(text),
        ])
        return JSONText.object(["ok": "false", "error": error])
    }
}

extension Question {
    /// The question as a JSON object.
    public var json: String {
        JSONText.object([
            "name": JSONText.string(name.description), "type": JSONText.string(type.description),
            "class": JSONText.string(recordClass.description),
        ])
    }
}

extension Record {
    /// The record as a JSON object, its data in presentation format.
    public var json: String {
        JSONText.object([
            "name": JSONText.string(name.description), "type": JSONText.string(type.description),
            "class": JSONText.string(recordClass.description), "ttl": String(ttl), "data": JSONText.string(data.text),
        ])
    }
}

extension EDNS {
    /// What the OPT record says as a JSON object, the data of options in hexadecimal.
    public var json: String {
        let options = options.map { option in
            let data = String(decoding: Base16.encode(option.data), as: UTF8.self).lowercased()
            return JSONText.object(["code": String(option.code), "data": JSONText.string(data)])
        }
        return JSONText.object([
            "version": String(version), "udp": String(udpSize), "do": String(dnssecOK),
            "options": JSONText.array(options),
        ])
    }
}
