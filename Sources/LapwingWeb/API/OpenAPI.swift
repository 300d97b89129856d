// swift-format-ignore-file: LineLength

import Foundation

/// The description of the API, OpenAPI 3.1, written by hand.
package enum OpenAPI {
    package static func document(base: String) -> String {
        let server = JSONText.list([.object([("url", .text(base.isEmpty ? "/" : base))])])
        return JSONText.object([
            ("openapi", .text("3.1.0")),
            (
                "info",
                .object([
                    ("title", .text("Lapwing")), ("version", .text("1")),
                    ("description", .text("Domains that are watched, what became of them, and what to do about it.")),
                    ("license", .object([("name", .text("See the project")), ("identifier", .text("Apache-2.0"))])),
                ])
            ),
            ("servers", server), ("paths", .raw(paths)), ("components", .raw(components)),
        ]).description
    }

    /// Each request and what it does, in the order of the paths.
    static let operations: [(method: String, path: String, summary: String)] = {
        let object = (try? JSONSerialization.jsonObject(with: Data(paths.utf8))) as? [String: [String: Any]] ?? [:]
        return object.sorted { $0.key < $1.key }.flatMap { path, methods in
            methods.sorted { $0.key < $1.key }.map { method, operation in
                (method.uppercased(), path, (operation as? [String: Any])?["summary"] as? String ?? "")
            }
        }
    }()

    private static func operation(
        _ id: String, _ summary: String, parameters: [String] = [], body: String? = nil, success: String,
        faults: [Int] = []
    ) -> String {
        let list = parameters.map { "{\"$ref\":\"#/components/parameters/\($0)\"}" }.joined(separator: ",")
        let request = body.map {
            ",\"requestBody\":{\"required\":true,\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/\($0)\"}}}}"
        }
        let problems = ([400, 401] + faults).sorted().map { "\"\($0)\":{\"$ref\":\"#/components/responses/Problem\"}" }
        return "{\"operationId\":\"\(id)\",\"summary\":\"\(summary)\",\"parameters\":[\(list)]\(request ?? ""),"
            + "\"responses\":{\(success),\(problems.joined(separator: ","))}}"
    }

    private static func json(_ schema: String) -> String {
        "\"200\":{\"description\":\"As asked.\",\"headers\":{\"ETag\":{\"schema\":{\"type\":\"string\"}}},"
            + "\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/\(schema)\"}}}},"
            + "\"304\":{\"description\":\"Not changed.\"}"
    }

    private static func created(_ schema: String) -> String {
        "\"201\":{\"description\":\"Made.\","
            + "\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/\(schema)\"}}}}"
    }

    private static func done(_ status: Int, _ text: String) -> String { "\"\(status)\":{\"description\":\"\(text)\"}" }

    private static let watched =
        "\"200\":{\"description\":\"Watched as is said now.\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Domain\"}}}},"
        + "\"201\":{\"description\":\"Watched from now on.\",\"content\":{\"application/json\":{\"schema\":{\"$ref\":\"#/components/schemas/Domain\"}}}}"

    private static let stream = "\"text/event-stream\":{}"

    private static var paths: String {
        let paths: [(String, [(String, String)])] = [
            ("/api/v1/status", [("get", operation("status", "Counts and how it goes", success: json("Status")))]),
            (
                "/api/v1/domains",
                [
                    (
                        "get",
                        operation(
                            "domains", "The watched domains by name",
                            parameters: ["limit", "cursor", "q", "tag", "domainStatus"], success: json("Domains"))
                    ),
                    (
                        "post",
                        operation(
                            "addDomain", "Watch a domain, or change how one is watched that was added before",
                            body: "NewDomain", success: watched, faults: [409, 413, 415])
                    ),
                ]
            ),
            (
                "/api/v1/domains/{name}",
                [
                    (
                        "get",
                        operation("domain", "One domain", parameters: ["name"], success: json("Domain"), faults: [404])
                    ),
                    (
                        "put",
                        operation(
                            "putDomain", "Watch a domain as the body says, and in no other way", parameters: ["name"],
                            body: "Options", success: watched, faults: [409, 413, 415])
                    ),
                    (
                        "delete",
                        operation(
                            "removeDomain", "Stop watching", parameters: ["name"], success: done(204, "Done."),
                            faults: [404, 409])
                    ),
                ]
            ),
            (
                "/api/v1/domains/{name}/records",
                [
                    (
                        "get",
                        operation(
                            "records", "What each source serves", parameters: ["name"], success: json("Records"),
                            faults: [404])
                    )
                ]
            ),
            (
                "/api/v1/domains/{name}/changes",
                [
                    (
                        "get",
                        operation(
                            "domainChanges", "Changes, newest first", parameters: ["name", "limit", "cursor"],
                            success: json("Changes"), faults: [404])
                    )
                ]
            ),
            (
                "/api/v1/domains/{name}/check",
                [
                    (
                        "post",
                        operation(
                            "checkNow", "Look now", parameters: ["name"],
                            success: done(202, "It will be done at once."), faults: [404])
                    )
                ]
            ),
            (
                "/api/v1/domains/{name}/accept",
                [
                    (
                        "post",
                        operation(
                            "acceptDomain", "Take the present state as normal", parameters: ["name"],
                            success: done(202, "It will be done at once."), faults: [404, 409])
                    )
                ]
            ),
            (
                "/api/v1/changes",
                [
                    (
                        "get",
                        operation(
                            "changes", "Changes of all domains, newest first", parameters: ["limit", "cursor"],
                            success: json("Changes"))
                    )
                ]
            ),
            (
                "/api/v1/incidents",
                [
                    (
                        "get",
                        operation(
                            "incidents", "Incidents, open ones first",
                            parameters: ["limit", "cursor", "incidentStatus", "domain"], success: json("Incidents"))
                    )
                ]
            ),
            (
                "/api/v1/incidents/{id}",
                [
                    (
                        "get",
                        operation(
                            "incident", "One incident with its story", parameters: ["id"], success: json("Incident"),
                            faults: [404])
                    )
                ]
            ),
            (
                "/api/v1/incidents/{id}/accept",
                [
                    (
                        "post",
                        operation(
                            "acceptIncident", "This is as it should be", parameters: ["id"],
                            success: done(202, "It will be done at once."), faults: [404, 409])
                    )
                ]
            ),
            (
                "/api/v1/incidents/{id}/notes",
                [
                    (
                        "post",
                        operation(
                            "note", "Keep a remark", parameters: ["id"], body: "Note", success: done(202, "Kept."),
                            faults: [404, 413, 415])
                    )
                ]
            ),
            (
                "/api/v1/incidents/{id}/acknowledge",
                [
                    (
                        "post",
                        operation(
                            "acknowledge", "Somebody sees to it", parameters: ["id"],
                            success: done(202, "Reminders and escalation wait."), faults: [404, 409, 413, 415])
                    )
                ]
            ),
            (
                "/api/v1/maintenance",
                [
                    (
                        "get",
                        operation("announcements", "Announced work that is not over", success: json("Announcements"))
                    ),
                    (
                        "post",
                        operation(
                            "announce", "Announce work", body: "NewAnnouncement", success: created("Announcement"),
                            faults: [413, 415])
                    ),
                ]
            ),
            (
                "/api/v1/maintenance/{id}",
                [
                    (
                        "delete",
                        operation(
                            "withdraw", "Take an announcement back", parameters: ["silence"],
                            success: done(204, "Over."), faults: [404])
                    )
                ]
            ),
            (
                "/api/v1/silences",
                [
                    ("get", operation("silences", "Silences that are not over", success: json("Silences"))),
                    (
                        "post",
                        operation(
                            "silence", "Hold back notices", body: "NewSilence", success: created("Silence"),
                            faults: [413, 415])
                    ),
                ]
            ),
            (
                "/api/v1/silences/{id}",
                [
                    (
                        "delete",
                        operation(
                            "endSilence", "End a silence", parameters: ["silence"], success: done(204, "Over."),
                            faults: [404])
                    )
                ]
            ),
            (
                "/api/v1/channels",
                [
                    (
                        "get",
                        operation("channels", "What became of the messages of each channel", success: json("Channels"))
                    )
                ]
            ),
            (
                "/api/v1/channels/{name}/test",
                [
                    (
                        "post",
                        operation(
                            "testChannel", "Send a test", parameters: ["name"], success: json("ChannelTest"),
                            faults: [404])
                    )
                ]
            ),
            (
                "/api/v1/check",
                [
                    (
                        "get",
                        operation(
                            "check", "Check any name; rows as events if asked for", parameters: ["checkName"],
                            success:
                                "\"200\":{\"description\":\"The result.\",\"content\":{\"application/json\":{\"schema\":{\"type\":\"object\"}},\(stream)}}",
                            faults: [404, 429, 502])
                    )
                ]
            ),
            (
                "/api/v1/events",
                [
                    (
                        "get",
                        operation(
                            "events", "Incidents and changes as they happen",
                            success: "\"200\":{\"description\":\"Events without end.\",\"content\":{\(stream)}}",
                            faults: [503])
                    )
                ]
            ),
        ]
        return "{"
            + paths.map { path, methods in
                "\"\(path)\":{" + methods.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
            }.joined(separator: ",") + "}"
    }

    private static let components = """
        {"securitySchemes":{"token":{"type":"http","scheme":"bearer"},"password":{"type":"http","scheme":"basic"}},
        "responses":{"Problem":{"description":"What is wrong.","content":{"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}},"text/plain":{"schema":{"type":"string"}}}}},
        "parameters":{
        "limit":{"name":"limit","in":"query","schema":{"type":"integer","minimum":1,"maximum":500,"default":100}},
        "cursor":{"name":"cursor","in":"query","description":"The `next` of the page before.","schema":{"type":"string"}},
        "q":{"name":"q","in":"query","description":"A part of the name.","schema":{"type":"string"}},
        "tag":{"name":"tag","in":"query","schema":{"type":"string"}},
        "domainStatus":{"name":"status","in":"query","schema":{"$ref":"#/components/schemas/Condition"}},
        "incidentStatus":{"name":"status","in":"query","schema":{"enum":["all","open","closed"]}},
        "domain":{"name":"domain","in":"query","schema":{"type":"string"}},
        "name":{"name":"name","in":"path","required":true,"schema":{"type":"string"}},
        "id":{"name":"id","in":"path","required":true,"schema":{"type":"string"}},
        "silence":{"name":"id","in":"path","required":true,"schema":{"type":"integer"}},
        "checkName":{"name":"name","in":"query","required":true,"schema":{"type":"string"}}},
        "schemas":{
        "Problem":{"type":"object","required":["type","title","status","detail"],"properties":{"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},"detail":{"type":"string"}}},
        "Condition":{"enum":["ok","warning","critical","unknown"]},
        "Time":{"type":["string","null"],"format":"date-time"},
        "Status":{"type":"object","required":["version","at","domains","overdue"],"properties":{"version":{"type":"string"},"at":{"$ref":"#/components/schemas/Time"},"domains":{"type":"object","additionalProperties":{"type":"integer"}},"overdue":{"type":"integer"},"lag_seconds":{"type":"integer"},"listeners":{"type":"integer"}}},
        "Domain":{"type":"object","required":["name","status","tags","from_file"],"properties":{"name":{"type":"string"},"status":{"$ref":"#/components/schemas/Condition"},"tags":{"type":"array","items":{"type":"string"}},"from_file":{"type":"boolean"},"interval":{"type":"integer"},"options":{"type":["object","null"]},"checked":{"$ref":"#/components/schemas/Time"},"learnt":{"$ref":"#/components/schemas/Time"},"signed":{"type":["boolean","null"]},"signatures_end":{"$ref":"#/components/schemas/Time"},"registration_ends":{"$ref":"#/components/schemas/Time"},"incidents":{"type":"array","items":{"type":"string"}},"finding":{"type":["string","null"]},"absence":{"enum":["not-registered","no-zone",null],"description":"Why there is nothing to watch: the zone above has no such name, or has it as one of its own names."},"zone_above":{"type":["string","null"]},"findings":{"type":"array","description":"What the last regular round found; where one domain is asked for.","items":{"$ref":"#/components/schemas/Found"}}}},
        "Found":{"type":"object","required":["code","class","severity","subject","text","posture","docs"],"properties":{"code":{"type":"string"},"class":{"type":"string"},"severity":{"enum":["info","notice","warning","critical"]},"subject":{"type":"string"},"text":{"type":"string"},"posture":{"type":"boolean","description":"A state in which the domain may have been for years: told once, listed here."},"since":{"$ref":"#/components/schemas/Time"},"docs":{"type":"string"}}},
        "Domains":{"type":"object","required":["domains","total","next"],"properties":{"domains":{"type":"array","items":{"$ref":"#/components/schemas/Domain"}},"total":{"type":"integer"},"next":{"type":["string","null"]}}},
        "Options":{"type":"object","description":"Keys of an entry under `domains` in lapwing.yml; what is not said comes from the file's defaults.","properties":{"interval":{"type":"string","description":"10s to 1d, such as 5m."},"names":{"type":"array","items":{"type":"string"},"description":"Names inside the domain; @ is the domain itself."},"records":{"type":"array","items":{"type":"string"}},"tags":{"type":"array","items":{"type":"string"}},"sensitive":{"type":"array","items":{"type":"string"}},"expect":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}},"dnssec":{"enum":["auto","required","off"]},"ttl":{"type":"object"},"registration":{"type":["object","boolean"]},"auto_renew":{"type":"boolean"},"suffix":{"type":"boolean","description":"The name is a public suffix, and that is meant."},"controls":{"type":"array","items":{"type":"string"}},"expires":{"type":"string"}}},
        "NewDomain":{"type":"object","required":["name"],"properties":{"name":{"type":"string","minLength":1,"maxLength":255},"interval":{"type":"string","description":"10s to 1d, such as 5m."},"names":{"type":"array","items":{"type":"string"},"description":"Names inside the domain; @ is the domain itself."},"records":{"type":"array","items":{"type":"string"}},"tags":{"type":"array","items":{"type":"string"}},"sensitive":{"type":"array","items":{"type":"string"}},"expect":{"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}},"dnssec":{"enum":["auto","required","off"]},"ttl":{"type":"object"},"registration":{"type":["object","boolean"]},"auto_renew":{"type":"boolean"},"suffix":{"type":"boolean","description":"The name is a public suffix, and that is meant."},"controls":{"type":"array","items":{"type":"string"}},"expires":{"type":"string"}}},
        "Note":{"type":"object","required":["text"],"properties":{"text":{"type":"string","minLength":1,"maxLength":500}}},
        "Record":{"type":"object","required":["source","name","type","values","since"],"properties":{"source":{"type":"string"},"name":{"type":"string"},"type":{"type":"string"},"values":{"type":["array","null"],"items":{"type":"string"}},"ttl":{"type":["integer","null"]},"since":{"$ref":"#/components/schemas/Time"}}},
        "Records":{"type":"object","required":["records"],"properties":{"records":{"type":"array","items":{"$ref":"#/components/schemas/Record"}}}},
        "Change":{"type":"object","required":["name","type","old","new","seen_by"],"properties":{"name":{"type":"string"},"type":{"type":"string"},"old":{"type":"array","items":{"type":"string"}},"new":{"type":"array","items":{"type":"string"}},"seen_by":{"type":"array","items":{"type":"string"}},"back_since":{"type":["string","null"],"format":"date-time","description":"Set where it undoes an earlier change: since when that was seen to be gone."}}},
        "Changes":{"type":"object","required":["changes","next"],"properties":{"changes":{"type":"array","items":{"type":"object","required":["id","domain","at","change"],"properties":{"id":{"type":"integer"},"domain":{"type":"string"},"at":{"$ref":"#/components/schemas/Time"},"change":{"$ref":"#/components/schemas/Change"}}}},"next":{"type":["string","null"]}}},
        "Incident":{"type":"object","required":["id","domain","class","code","severity","status","title","since","changes"],"properties":{"id":{"type":"string"},"domain":{"type":"string"},"class":{"type":"string"},"code":{"type":"string"},"severity":{"enum":["info","notice","warning","critical"]},"status":{"enum":["open","closed"]},"title":{"type":"string"},"text":{"type":"string"},"subject":{"type":["object","null"]},"since":{"$ref":"#/components/schemas/Time"},"opened":{"$ref":"#/components/schemas/Time"},"closed":{"$ref":"#/components/schemas/Time"},"accepted_by":{"type":["string","null"]},"changes":{"type":"array","items":{"$ref":"#/components/schemas/Change"}},"steps":{"type":"array","items":{"type":"object"}},"evidence":{"type":"array","items":{"type":"object"}},"shared":{"type":["string","null"]},"domains":{"type":"array","items":{"type":"string"}},"acknowledged":{"type":["object","null"]},"acts":{"type":"array","items":{"type":"object"}},"told":{"type":"array","items":{"type":"object"}}}},
        "Incidents":{"type":"object","required":["incidents","next"],"properties":{"incidents":{"type":"array","items":{"$ref":"#/components/schemas/Incident"}},"next":{"type":["string","null"]}}},
        "NewSilence":{"type":"object","required":["to"],"properties":{"domain":{"type":["string","null"]},"class":{"type":["string","null"]},"code":{"type":["string","null"]},"record":{"$ref":"#/components/schemas/SilencedRecord"},"from":{"type":["string","null"],"format":"date-time"},"to":{"type":"string","format":"date-time"},"reason":{"type":["string","null"],"maxLength":500}}},
        "SilencedRecord":{"type":["object","null"],"required":["name","type"],"properties":{"name":{"type":"string"},"type":{"type":"string"}}},
        "Silence":{"type":"object","required":["id","domain","class","code","record","from","to","reason"],"properties":{"id":{"type":"integer"},"domain":{"type":["string","null"]},"class":{"type":["string","null"]},"code":{"type":["string","null"]},"record":{"$ref":"#/components/schemas/SilencedRecord"},"from":{"$ref":"#/components/schemas/Time"},"to":{"$ref":"#/components/schemas/Time"},"reason":{"type":"string"}}},
        "ChannelTest":{"type":"object","required":["result","receipt"],"properties":{"result":{"enum":["delivered","refused","waiting"]},"receipt":{"type":"string"}}},
        "Channel":{"type":"object","required":["name","kind","delivered","refused","waiting","latest"],"properties":{"name":{"type":"string"},"kind":{"type":"string"},"delivered":{"type":"integer"},"refused":{"type":"integer"},"waiting":{"type":"integer"},"waiting_since":{"$ref":"#/components/schemas/Time"},"latest":{"type":"array","items":{"type":"object","required":["id","incident","at","title","result","tries"],"properties":{"id":{"type":"string"},"incident":{"type":"string"},"at":{"$ref":"#/components/schemas/Time"},"title":{"type":"string"},"result":{"enum":["delivered","refused","waiting"]},"receipt":{"type":["string","null"]},"tries":{"type":"integer"}}}}}},
        "Channels":{"type":"object","required":["channels"],"properties":{"channels":{"type":"array","items":{"$ref":"#/components/schemas/Channel"}}}},
        "NewAnnouncement":{"type":"object","required":["to"],"properties":{"domain":{"type":["string","null"]},"from":{"type":["string","null"],"format":"date-time"},"to":{"type":"string","format":"date-time"},"covers":{"type":["array","null"],"items":{"type":"string"}},"reason":{"type":["string","null"],"maxLength":500},"repeat":{"type":["string","null"],"maxLength":500},"zone":{"type":["string","null"],"maxLength":64}}},
        "Announcement":{"type":"object","required":["id","domain","from","to"],"properties":{"id":{"type":"integer"},"by":{"type":"string"},"domain":{"type":["string","null"]},"from":{"type":["string","null"],"format":"date-time"},"to":{"type":"string","format":"date-time"},"covers":{"type":["array","null"],"items":{"type":"string"}},"reason":{"type":["string","null"],"maxLength":500},"repeat":{"type":["string","null"],"maxLength":500},"zone":{"type":["string","null"],"maxLength":64}}},
        "Announcements":{"type":"object","required":["maintenance"],"properties":{"maintenance":{"type":"array","items":{"$ref":"#/components/schemas/Announcement"}}}},
        "Silences":{"type":"object","required":["silences"],"properties":{"silences":{"type":"array","items":{"$ref":"#/components/schemas/Silence"}}}}}}
        """
}
