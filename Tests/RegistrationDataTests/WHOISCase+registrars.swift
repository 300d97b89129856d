import RegistrationData

extension WHOISCase {
    /// Registrars' own forms: quotes, sentences, columns, several entries and several servers a line.
    static let registrars: [WHOISCase] = [
        WHOISCase(
            domain: "x.com",
            answer: """
                Registrant:
                 Foo Bar
                 1 Street

                 Domain name: X.COM

                 Administrative Contact:
                    Foo, Bar  a@b.com

                 Registration Service Provider:
                    Shop, help@shop.example

                 Registrar of Record: TUCOWS, INC.
                 Record last updated on 24-Nov-2026.
                 Record expires on 28-Aug-2027.
                 Record created on 28-Aug-2004.

                 Domain servers in listed order:
                    NS1.EXAMPLE.NET   192.0.2.1
                    NS2.EXAMPLE.NET

                 Domain status: clientTransferProhibited
                                clientUpdateProhibited
                """,
            expires: "2027-08-28", created: "2004-08-28", nameServers: ["ns1.example.net", "ns2.example.net"],
            statuses: ["clientTransferProhibited", "clientUpdateProhibited"], registrar: "TUCOWS, INC."),
        WHOISCase(
            domain: "x.com",
            answer: """
                "Domain Name": "x.com",
                "Registrar": "Example Names, Inc.",
                "Creation Date": "2010-05-06 07:08:09",
                "Expiration Date": "2027-05-06 07:08:09",
                "Status": "clientHold",
                "Name Servers": "ns1.example.net", "ns2.example.net"
                """,
            expires: "2027-05-06T07:08:09", created: "2010-05-06T07:08:09",
            nameServers: ["ns1.example.net", "ns2.example.net"], statuses: ["clientHold"], alarms: [.clientHold],
            registrar: "Example Names, Inc."),
        WHOISCase(
            domain: "x.net",
            answer: """
                Domain x.net is registered through Example Names.

                The domain x.net was registered on Friday, 6th of May 2011.
                The domain x.net will expire on Sunday, 6th of May 2029.
                Nameservers are:
                ns1.example.net and ns2.example.net
                """,
            expires: "2029-05-06", nameServers: ["ns1.example.net", "ns2.example.net"]),
        WHOISCase(
            domain: "x.org",
            answer: """
                Domain: x.org     Status: ACTIVE
                Created: 2010-01-02     Expires: 2028-01-02     Updated: 2026-01-01
                Registrar: Example Names     Name servers: ns1.example.net ns2.example.net
                """,
            expires: "2028-01-02", created: "2010-01-02", nameServers: ["ns1.example.net", "ns2.example.net"],
            statuses: ["active"], registrar: "Example Names"),
        WHOISCase(
            domain: "x.org",
            answer: """
                Domain        Status      Created       Expires
                ------------------------------------------------
                x.org         ACTIVE      2010-01-02    2028-01-02

                Name servers: ns1.example.net/192.0.2.1, ns2.example.net:192.0.2.2; 192.0.2.3 ns3.example.net
                """,
            expires: "2028-01-02", created: "2010-01-02",
            nameServers: ["ns1.example.net", "ns2.example.net", "ns3.example.net"], statuses: ["active"]),
        WHOISCase(
            domain: "x.com",
            answer: """
                domain="x.com"
                created = 2010-01-02
                expires = 2028-01-02
                nserver = ns1.example.net
                nserver = ns2.example.net
                """,
            expires: "2028-01-02", created: "2010-01-02", nameServers: ["ns1.example.net", "ns2.example.net"]),
        WHOISCase(
            domain: "x.com",
            answer: """
                Registration Service Provided By: SHOP.EXAMPLE
                Contact: support@shop.example

                Domain name: x.com

                Registrant Contact:
                   Foo
                   Bar (a@b.com)

                Status: Locked

                Name Servers:
                   dns1.example.net = 192.0.2.1
                   dns2.example.net <192.0.2.2>

                Creation date: 14 Feb 2011 10:11:12
                Expiration date: 14 Feb 2028 10:11:12
                """,
            expires: "2028-02-14T10:11:12", created: "2011-02-14T10:11:12",
            nameServers: ["dns1.example.net", "dns2.example.net"], statuses: ["Locked"], registrar: "SHOP.EXAMPLE"),
        WHOISCase(
            domain: "x.be",
            answer: """
                % Notice: on Sunday the WHOIS service will be out of service for maintenance.

                Domain:\tx.be
                Status:\tNOT AVAILABLE
                Registered:\tTue Dec 12 2000

                Registrar:
                \tName:\t Example Names
                \tWebsite: http://names.example

                Nameservers:
                \tns1.example.net
                \tns2.example.net

                Flags:

                Please visit www.dnsbelgium.be for more info. WHOIS service suspended for non-web queries.
                """,
            created: "2000-12-12", nameServers: ["ns1.example.net", "ns2.example.net"], statuses: ["NOT AVAILABLE"],
            registrar: "Example Names"),
        WHOISCase(
            domain: "x.bg",
            answer: """
                DOMAIN NAME: x.bg (x.bg)

                activated on: 04/11/2006 00:00:00 EET
                expires at: 04/11/2027 00:00:00 EET
                registration status: busy, active

                Status of the service: WHOIS out of service from 01:00 to 02:00

                NAME SERVER INFORMATION:
                ns1.example.net (192.0.2.1) ns2.example.net (192.0.2.2)
                DNSSEC: Inactive
                """,
            expires: "2027-11-03T22:00:00Z", created: "2006-11-03T22:00:00Z",
            nameServers: ["ns1.example.net", "ns2.example.net"], statuses: ["busy", "active"]),
    ]
}
