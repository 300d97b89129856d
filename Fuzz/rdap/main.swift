import FuzzDriver
import RegistrationData

// Any bytes as the body of an RDAP answer: refused, or read alike each time, with values that are bounded by what came.
fuzz { bytes in
    guard let document = try? RDAPDocument(bytes) else { return }
    let registration = document.registration
    precondition(registration == document.registration)
    precondition((registration.nameServers?.value.count ?? 0) <= bytes.count)
    precondition((registration.statuses?.value.count ?? 0) <= bytes.count)
    // Of an answer that says nothing, nothing follows.
    if [.throttled, .reserved, .available].contains(registration.outcome) { precondition(registration.expires == nil) }
}
