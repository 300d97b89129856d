import RegistrationData

/// Any text as a WHOIS answer, in the dialect of a top-level domain that its first byte chooses: read alike each time, and
/// no end of a registration where the answer is not that of a registered domain.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 0 else { return 0 }
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let ends = ["com", "uk", "jp", "kr", "br", "fi", "it", "fr", "be", "bg", "cz", "ee", "hk", "il", "ir", "lt", "pl", "ru", "se", "tw"]
    let domain = "example." + ends[Int(bytes[0]) % ends.count]
    let answer = WHOISText(String(decoding: bytes.dropFirst(), as: UTF8.self), domain: domain)
    let registration = answer.registration
    precondition(registration == answer.registration)
    precondition((registration.nameServers?.value.count ?? 0) <= count)
    if registration.outcome == .available || registration.outcome == .throttled {
        precondition(registration.expires == nil)
    }
    _ = answer.referral
    return 0
}
