import FuzzDriver
import RegistrationData

let ends = [
    "com", "uk", "jp", "kr", "br", "fi", "it", "fr", "be", "bg", "cz", "ee", "hk", "il", "ir", "lt", "pl", "ru", "se",
    "tw",
]

// Any text as a WHOIS answer, in the dialect of a top-level domain that its first byte chooses: read alike each time, and
// no end of a registration where the answer is not that of a registered domain.
fuzz { [ends] bytes in
    guard let first = bytes.first else { return }
    let domain = "example." + ends[Int(first) % ends.count]
    let answer = WHOISText(String(decoding: bytes.dropFirst(), as: UTF8.self), domain: domain)
    let registration = answer.registration
    precondition(registration == answer.registration)
    precondition((registration.nameServers?.value.count ?? 0) <= bytes.count)
    if registration.outcome == .available || registration.outcome == .throttled {
        precondition(registration.expires == nil)
    }
    _ = answer.referral
}
