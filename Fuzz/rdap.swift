import RegistrationData

/// Any bytes as the body of an RDAP answer: refused, or read alike each time, with values that are bounded by what came.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    guard let document = try? RDAPDocument(bytes) else { return 0 }
    let registration = document.registration
    precondition(registration == document.registration)
    precondition((registration.nameServers?.value.count ?? 0) <= count)
    precondition((registration.statuses?.value.count ?? 0) <= count)
    // Of an answer that says nothing, nothing follows.
    if [.throttled, .reserved, .available].contains(registration.outcome) { precondition(registration.expires == nil) }
    return 0
}
