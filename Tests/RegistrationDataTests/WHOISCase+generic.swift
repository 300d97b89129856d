import RegistrationData

extension WHOISCase {
    static let generic: [WHOISCase] = [
        WHOISCase(
            domain: "example.com",
            answer: """
                   Domain Name: EXAMPLE.COM
                   Registry Domain ID: 1_DOMAIN_COM-VRSN
                   Registrar WHOIS Server: whois.registrar.example
                   Registrar URL: http://registrar.example
                   Updated Date: 2025-08-14T07:01:31Z
                   Creation Date: 1995-08-14T04:00:00Z
                   Registry Expiry Date: 2027-08-13T04:00:00Z
                   Registrar: Registrar, Inc.
                   Registrar IANA ID: 376
                   Domain Status: clientHold https://icann.org/epp#clientHold
                   Name Server: A.EXAMPLE.NET
                   Name Server: B.EXAMPLE.NET
                   DNSSEC: signedDelegation
                   DNSSEC DS Data: 370 13 2 BE74359954660069D5C63D200C39F5603827D7DD02B56F120EE9F3A86764247C
                   URL of the ICANN Whois Inaccuracy Complaint Form: https://www.icann.org/wicf/
                >>> Last update of whois database: 2026-07-12T12:34:10Z <<<

                NOTICE: The expiration date displayed in this record is the date the
                registrar's sponsorship of the domain name registration in the registry is
                currently set to expire. This date does not necessarily reflect the expiration
                date of the domain name registrant's agreement with the sponsoring registrar.
                """,
            expires: "2027-08-13T04:00:00Z", created: "1995-08-14T04:00:00Z",
            nameServers: ["a.example.net", "b.example.net"],
            statuses: ["clientHold"], alarms: [.clientHold], registrar: "Registrar, Inc."),
        WHOISCase(
            domain: "free.com",
            answer: """
                No match for "FREE.COM".
                >>> Last update of whois database: 2026-07-12T12:34:10Z <<<

                NOTICE: The expiration date displayed in this record is the date the
                registrar's sponsorship of the domain name registration in the registry is
                currently set to expire.
                """,
            outcome: .available),
        WHOISCase(
            domain: "example.org",
            answer: """
                Access to .ORG WHOIS information is provided to assist persons in
                determining the contents of a domain name registration record

                Domain ID:D1-LROR
                Domain Name:EXAMPLE.ORG
                Created On:31-Aug-1995 04:00:00 UTC
                Last Updated On:02-Jul-2010 00:06:02 UTC
                Expiration Date:30-Aug-2010 04:00:00 UTC
                Sponsoring Registrar:Registrar (R1-LROR)
                Status:CLIENT DELETE PROHIBITED
                Status:AUTORENEWPERIOD
                Registrant ID:1
                Registrant Name:A B
                Name Server:A.EXAMPLE.NET
                Name Server:B.EXAMPLE.NET
                Name Server:
                Name Server:
                DNSSEC:Signed
                DS Created 1:26-Mar-2010 15:12:06 UTC
                DS Maximum Signature Life 1:864000 seconds
                """,
            expires: "2010-08-30T04:00:00Z", created: "1995-08-31T04:00:00Z",
            nameServers: ["a.example.net", "b.example.net"],
            statuses: ["clientDeleteProhibited", "autoRenewPeriod"]),
        WHOISCase(
            domain: "example.edu",
            answer: """
                This Registry database contains ONLY .EDU domains.
                The data in the EDUCAUSE Whois database is provided
                by EDUCAUSE for information purposes in order to
                assist in the process of obtaining information about
                or related to .edu domain registration records.

                -------------------------------------------------------------

                Domain Name: EXAMPLE.EDU

                Registrant:
                \tExample University
                \t1 Street
                \tTown, NY 00000
                \tUSA

                Administrative Contact:
                \tA B
                \ta@example.edu

                Name Servers:
                \tNS1.EXAMPLE.EDU
                \tNS2.EXAMPLE.EDU\t192.0.2.1

                Domain record activated:    11-Oct-2001
                Domain record last updated: 30-Jun-2026
                Domain expires:             31-Jul-2027
                """,
            expires: "2027-07-31", created: "2001-10-11", nameServers: ["ns1.example.edu", "ns2.example.edu"]),
        WHOISCase(
            domain: "example.asia",
            answer: """
                Domain ID:D1-ASIA
                Domain Name:EXAMPLE.ASIA
                Domain Create Date:06-Nov-2007 08:47:50 UTC
                Domain Expiration Date:06-Nov-2026 08:47:50 UTC
                Domain Last Updated Date:06-Oct-2025 19:05:46 UTC
                Last Transferred Date:
                Sponsoring Registrar:Registrar R1-ASIA (292)
                Domain Status:CLIENT UPDATE PROHIBITED
                Nameservers:NS1.EXAMPLE.ASIA
                Nameservers:NS2.EXAMPLE.ASIA
                """,
            expires: "2026-11-06T08:47:50Z", created: "2007-11-06T08:47:50Z",
            nameServers: ["ns1.example.asia", "ns2.example.asia"],
            statuses: ["clientUpdateProhibited"]),
        WHOISCase(
            domain: "example.coop",
            answer: """
                Domain ID:                  1D-COOP
                Domain Name:                EXAMPLE.COOP
                Expiry Date:                09 Apr 2027 12:00:00 UTC
                Status:                     ok
                Sponsoring registrar:       Registrar Coop
                Created:                    09 Apr 2001 12:00:00 UTC
                Last updated:               10 Mar 2026 17:10:00 UTC

                Contact Type:               registrant
                Contact ID:                 1C-COOP
                Name:                       A B
                Created:                    09 Apr 2003 12:00:00 UTC

                Host Name:                  ns1.example.coop
                Host Name:                  ns2.example.coop
                """,
            expires: "2027-04-09T12:00:00Z", created: "2001-04-09T12:00:00Z",
            nameServers: ["ns1.example.coop", "ns2.example.coop"],
            statuses: ["ok"]),
        WHOISCase(
            domain: "ovhlike.com",
            answer: """
                Domain name:    ovhlike.com
                Registrar: Registrar SAS
                Creation date: 2010-03-26/11:30:26
                Expiration date : 2027-12-02/14:12:36
                Last updated: 2026-11-30/10:05:12
                Status: active
                DNS Server : dns10.example.net
                DNS Server : ns10.example.net
                """,
            expires: "2027-12-02T14:12:36", created: "2010-03-26T11:30:26",
            nameServers: ["dns10.example.net", "ns10.example.net"],
            statuses: ["active"]),
        WHOISCase(
            domain: "dotted.com",
            answer: """
                Domain Name.......... dotted.com
                  Creation Date........ 2001-10-17
                  Registration Date.... 2001-10-17
                  Expiry Date.......... 2027-10-17
                  Organisation Name.... Example Pty Ltd
                  Organisation Address. 1 Street

                Admin Name........... A B
                  Admin Email.......... a@dotted.com
                Name Server.......... ns1.dotted.com
                Name Server.......... ns2.dotted.com
                """,
            expires: "2027-10-17", created: "2001-10-17", nameServers: ["ns1.dotted.com", "ns2.dotted.com"]),
        WHOISCase(
            domain: "sentences.com",
            answer: """
                Registrant:
                   Example Inc.
                   1 Street

                   Domain Name: SENTENCES.COM

                   Administrative Contact:
                      B, A  a@sentences.com

                   Record last updated on 20-Apr-2026.
                   Record expires on 15-May-2027.
                   Record created on 16-May-1998.
                   Database last updated on 12-Jul-2026 08:34:26 EDT.

                   Domain servers in listed order:

                   NS1.SENTENCES.COM   192.0.2.1
                   NS2.SENTENCES.COM   192.0.2.2
                """,
            expires: "2027-05-15", created: "1998-05-16", nameServers: ["ns1.sentences.com", "ns2.sentences.com"]),
        WHOISCase(
            domain: "prefixed.com",
            answer: """
                   Server Name: PREFIXED.COM.EVIL.EXAMPLE
                   Registrar: EVIL REGISTRAR
                   Whois Server: whois.evil.example

                   Domain Name: PREFIXED.COM
                   Registrar: GOOD REGISTRAR
                   Name Server: NS1.PREFIXED.COM
                   Status: clientTransferProhibited
                   Expiration Date: 15-mar-2027
                """,
            expires: "2027-03-15", nameServers: ["ns1.prefixed.com"], statuses: ["clientTransferProhibited"],
            registrar: "GOOD REGISTRAR"),
        WHOISCase(
            domain: "example.nu",
            answer: """
                Domain Name (UTF-8): example.nu
                Record created on 1999-Jun-07.
                Record expires on 2027-Jun-07.
                Record status: Active
                Registrar of record: The Registrar
                Domain servers in listed order:
                        ns1.example.nu
                        ns2.example.nu
                """,
            expires: "2027-06-07", created: "1999-06-07", nameServers: ["ns1.example.nu", "ns2.example.nu"],
            statuses: ["active"],
            registrar: "The Registrar"),
        WHOISCase(
            domain: "x.it", answer: "Domain:             x.it\nStatus:             UNASSIGNABLE\n", outcome: .reserved,
            statuses: ["UNASSIGNABLE"]),
        WHOISCase(domain: "free.hr", answer: "%ERROR: No entries found\n", outcome: .available),
        WHOISCase(domain: "free.ai", answer: "Domain free.ai not registred.\n", outcome: .available),
        WHOISCase(
            domain: "free.arpa", answer: "% IANA WHOIS server\n% This query returned 0 objects.\n", outcome: .available),
        WHOISCase(
            domain: "ending.cz",
            answer: "domain:       ending.cz\nstatus:       To be deleted\nexpire:       22.07.2026\n",
            expires: "2026-07-22", statuses: ["To be deleted"], alarms: [.pendingDelete]),
        WHOISCase(domain: "y.limit", answer: "Your access is too fast,please try again later.\n", outcome: .throttled),
        WHOISCase(domain: "z.limit", answer: "IP Address Has Reached Rate Limit\n", outcome: .throttled),
        WHOISCase(domain: "x.shop", answer: "DOMAIN NOT FOUND\n", outcome: .available),
        WHOISCase(
            domain: "x.limit", answer: "WHOIS LIMIT EXCEEDED - SEE WWW.PIR.ORG/WHOIS FOR DETAILS\n", outcome: .throttled
        ),
        WHOISCase(domain: "x.go", answer: "Rate limit exceeded. Try again after: 24h0m0s\n", outcome: .throttled),
        WHOISCase(domain: "x.co.za", answer: "Please go away for 13 Seconds\n", outcome: .throttled),
        WHOISCase(domain: "x.be", answer: "% Excessive querying, grace period of 20 seconds\n", outcome: .throttled),
        WHOISCase(
            domain: "x.ru", answer: "% You are not allowed to connect due to excessive querying\n", outcome: .throttled),
        WHOISCase(
            domain: "x.cz", answer: "% Your connection limit exceeded. Please slow down and try again later.\n",
            outcome: .throttled),
        WHOISCase(
            domain: "x.nl", answer: "x.nl: only 1 request per second allowed, try again later\n", outcome: .throttled),
        WHOISCase(
            domain: "x.de", answer: "% Error: 55000000002 Connection refused; access control limit reached.\n",
            outcome: .throttled),
        WHOISCase(domain: "x.aq", answer: "", outcome: .unavailable),
        WHOISCase(domain: "x.so", answer: "Server can't process your request.\n", outcome: .unavailable),
    ]
}
