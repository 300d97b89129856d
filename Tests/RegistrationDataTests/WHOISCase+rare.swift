import RegistrationData

extension WHOISCase {
    /// Layouts that no table knows: registrars, registries of the past, one of a kind.
    static let rare: [WHOISCase] = [
        WHOISCase(
            domain: "x.co.za",
            answer: """
                                       The CO.ZA simple whois server
                                       © Copyright ZACR 1995-2013
                                       Use of this facility subject to theterms of site usage
                                       Your query has generated the following reply:-

                Search on x (.co.za)
                Match: One

                Domain: x.co.za

                Accounting info....
                Date         |Type|       Cost    |Invoices are E-Mail to....|Paid Date |ICnt| TrkNo |Billing Info

                Flashing RED indicates that payment has not been received - please
                confirm with the UniForum S.A. accounting department, accounts@co.za, should this
                not be according to your records. You have been sent 0 invoices/statements.

                0a. lastupdate              : 2010-03-26
                0b. emailsource             : a@b
                0c. emailposted             :
                1a. domain                  : x.co.za
                1b. action                  : N
                1d. registrar               :
                2a. registrant              : Example
                4a. admin                   : A
                6a. primnsfqdn              : ns1.example.net
                6b. primnsip                :
                6e. secns1fqdn              : ns2.example.net
                6i. secns2fqdn              : ns3.example.net
                8a. netblock1start          :
                8k. domaindate?             :

                Next Query - Domain name
                """,
            nameServers: ["ns1.example.net", "ns2.example.net", "ns3.example.net"]),
        WHOISCase(
            domain: "x.com",
            answer: """
                Registrant:
                   Foo
                   Registered through: GoDaddy.com, Inc. (http://www.godaddy.com)
                   Domain Name: X.COM
                      Created on: 11-Nov-09
                      Expires on: 11-Nov-27
                      Last Updated on: 10-Nov-09

                   Administrative Contact:
                      Foo, Bar  a@b.com

                   Domain servers in listed order:
                      NS1.X.COM
                      NS2.X.COM
                """,
            expires: "2027-11-11", created: "2009-11-11", nameServers: ["ns1.x.com", "ns2.x.com"]),
        WHOISCase(
            domain: "x.com",
            answer: """
                domain:                      x.com
                created:                     15-Oct-1999
                last-changed:                13-Oct-2026
                registration-expiration:     15-Oct-2027

                nserver:                     ns1.example.net 192.0.2.1
                nserver:                     ns2.example.net

                status:                      CLIENT-TRANSFER-PROHIBITED

                registrant-firstname:        Oneandone
                registrant-lastname:         Private
                """,
            expires: "2027-10-15", created: "1999-10-15", nameServers: ["ns1.example.net", "ns2.example.net"],
            statuses: ["clientTransferProhibited"]),
        WHOISCase(
            domain: "x.com",
            answer: """
                Domain Name: X.COM
                Registrar: MONIKER

                Registrant [123]:
                        Foo
                        Street

                Administrative Contact [123]:
                        Foo

                Domain servers in listed order:

                        NS1.X.COM               192.0.2.1
                        NS2.X.COM               192.0.2.2

                        Record created on:        1998-11-10 11:23:19.0
                        Database last updated on: 2026-11-09 10:12:20.1
                        Domain Expires on:        2027-11-10 11:23:20.0
                """,
            expires: "2027-11-10T11:23:20", created: "1998-11-10T11:23:19", nameServers: ["ns1.x.com", "ns2.x.com"]),
        WHOISCase(
            domain: "x.com",
            answer: """
                domain: x.com
                reg_created: 2001-05-11 15:00:00
                expires: 2027-05-11 15:00:00
                created: 2005-05-11 15:00:00
                changed: 2026-04-11 15:00:00
                transfer-prohibited: yes
                ns0: ns1.x.com 192.0.2.1
                ns1: ns2.x.com
                owner-c:
                  nic-hdl: A-GANDI
                  owner-name: Foo
                """,
            expires: "2027-05-11T15:00:00", created: "2001-05-11T15:00:00", nameServers: ["ns1.x.com", "ns2.x.com"]),
        WHOISCase(
            domain: "x.com",
            answer: """
                Domain name: x.com

                Registrant Contact:
                   Foo ()

                Name Servers:
                   dns1.example.net
                   dns2.example.net

                Creation date: 15 Oct 2006 20:04:00
                Expiration date: 15 Oct 2027 20:04:00
                """,
            expires: "2027-10-15T20:04:00", nameServers: ["dns1.example.net", "dns2.example.net"]),
        WHOISCase(
            domain: "x.ca",
            answer: """
                Status:         EXIST
                Registrar:      Foo Inc.
                Registrar-no:   12
                Registrant-no:  34
                Domaine-no:     56
                Subdomain:      x.ca
                Renewal-Date:   2027/04/28
                Date-Approved:  2000/10/03
                Date-Modified:  2026/04/28
                Organization:   Foo
                NS1-Hostname:   ns1.example.net
                NS1-Netaddress: 192.0.2.1
                NS2-Hostname:   ns2.example.net
                """,
            expires: "2027-04-28", created: "2000-10-03", nameServers: ["ns1.example.net", "ns2.example.net"],
            statuses: ["EXIST"]),
        WHOISCase(
            domain: "x.com.np",
            answer: """
                Domain Name: x.com.np
                Registrar:
                Primary Name Server: ns1.example.net
                Secondary Name Server: ns2.example.net
                Registration Date: 2001-05-03
                Last Updated: 2026-05-03
                """,
            created: "2001-05-03", nameServers: ["ns1.example.net", "ns2.example.net"]),
        WHOISCase(
            domain: "x.pt",
            answer: """
                Domain: x.pt
                Domain Status: Registered
                Creation Date: 09/01/2003 00:00:00
                Expiration Date: 28/02/2027 23:59:00
                Owner Name: Foo
                Owner Address: Rua
                Name Server: ns1.example.net | IPv4:  and IPv6:
                Name Server: ns2.example.net | IPv4: 192.0.2.1 and IPv6: 2001:db8::1
                """,
            expires: "2027-02-28T23:59:00", created: "2003-01-09T00:00:00",
            nameServers: ["ns1.example.net", "ns2.example.net"], statuses: ["Registered"]),
        WHOISCase(
            domain: "x.gg",
            answer: """
                Domain:
                     x.gg

                Domain Status:
                     Active
                     Delete Prohibited by Registrar

                Registrant:
                     Foo

                Registrar:
                     MarkMonitor Inc. (http://www.markmonitor.com)

                Relevant dates:
                     Registered on 30th April 2003 at 00:00:00.000
                     Registry fee due on 30th April each year

                Registration status:
                     Registered until cancelled

                Name servers:
                     ns1.example.net
                     ns2.example.net


                WHOIS lookup made on Sat, 18 Nov 2017 at 21:11:14 UTC
                """,
            created: "2003-04-30T00:00:00", nameServers: ["ns1.example.net", "ns2.example.net"],
            statuses: ["active", "Delete Prohibited by Registrar", "Registered until cancelled"]),
        WHOISCase(
            domain: "x.it",
            answer: """
                Domain:             x.it
                Status:             inactive / dnsHold
                Created:            2010-03-10 11:00:00
                Last Update:        2026-03-12 00:54:15
                Expire Date:        2027-03-10

                Registrar
                  Organization:     Foo
                  Name:             FOO-REG
                """,
            expires: "2027-03-10", statuses: ["inactive", "dnsHold"]),
        WHOISCase(
            domain: "x.ro",
            answer: """
                % The WHOIS service offered by ROTLD and the access to the records in the ROTLD WHOIS database
                % are provided for information purposes and to be used within the scope of technical or administrative
                % necessities of Internet operation or to remedy legal problems. The use for other purposes,

                Domain Name: x.ro
                  Registered On: 2000-07-17
                  Expires On: 2027-12-07
                  Registrar: Foo SRL
                  Referral URL: http://www.foo.ro

                  DNSSEC: Inactive

                  Nameserver: ns1.example.net
                  Nameserver: ns2.example.net

                  Domain Status: UpdateProhibited
                """,
            expires: "2027-12-07", created: "2000-07-17", nameServers: ["ns1.example.net", "ns2.example.net"],
            statuses: ["UpdateProhibited"]),
        WHOISCase(
            domain: "x.name",
            answer: """
                Domain Name ID: 1DOMAIN-NAME
                Domain Name: X.NAME
                Sponsoring Registrar: Foo
                Domain Status: clientTransferProhibited
                Registrant ID: A
                Admin ID: B
                Name Server ID: 12HOST-NAME
                Name Server: NS1.X.NAME
                Name Server ID: 13HOST-NAME
                Name Server: NS2.X.NAME
                Created On: 2002-03-03T12:00:00Z
                Expires On: 2027-03-03T12:00:00Z
                Updated On: 2026-03-03T12:00:00Z
                """,
            expires: "2027-03-03T12:00:00Z", created: "2002-03-03T12:00:00Z",
            nameServers: ["ns1.x.name", "ns2.x.name"], statuses: ["clientTransferProhibited"]),
        WHOISCase(
            domain: "x.cat",
            answer: """
                Domain ID: REG-D1
                Domain Name: x.cat
                Domain Name ACE: x.cat
                Domain Language: ca
                Registrar ID: R-123 (Foo)
                Created On: 2006-02-15 15:13:05 GMT
                Last Updated On: 2026-02-15 15:13:05 GMT
                Expiration Date: 2027-02-14 15:13:05 GMT
                Maintainer: http://foo
                Status: ok

                Registrant ID: a
                Name Server: ns1.x.cat
                Name Server: ns2.x.cat 192.0.2.1
                """,
            expires: "2027-02-14T15:13:05Z", nameServers: ["ns1.x.cat", "ns2.x.cat"], statuses: ["ok"]),
        WHOISCase(
            domain: "x.aw",
            answer: """
                Domain name: x.aw
                Status:      active

                Registrar:
                   SETAR N.V.
                   Oranjestad

                DNSSEC:      no

                Domain nameservers:
                   ns1.example.net
                   ns2.example.net

                Creation Date: 2017-09-13

                Updated Date: 2018-05-21

                Record maintained by: SETAR N.V.
                """,
            created: "2017-09-13", nameServers: ["ns1.example.net", "ns2.example.net"], statuses: ["active"]),
        WHOISCase(
            domain: "x.hu",
            answer: """
                % Whois server 2.08g serving the hu ccTLD

                domain:         x.hu
                org:            org_name_hun:  Foo Kft.
                created:        2000.03.03 23:20:51
                nameserver:     ns1.example.net
                nameserver:     ns2.example.net
                """,
            created: "2000-03-03T23:20:51", nameServers: ["ns1.example.net", "ns2.example.net"]),
        WHOISCase(
            domain: "x.mu",
            answer: """
                Domain Information
                Query: x.mu
                Status: Active
                Created: 12 Nov 2004 19:42 UTC
                Modified: 11 Nov 2026 19:42 UTC
                Expires: 12 Nov 2027 19:42 UTC
                Name Servers:
                \tns1.example.net
                \tns2.example.net

                Registrar Information
                Registrar Name: Foo
                Customer Service Email: a@b
                """,
            expires: "2027-11-12T19:42:00Z", created: "2004-11-12T19:42:00Z",
            nameServers: ["ns1.example.net", "ns2.example.net"], statuses: ["active"]),
        WHOISCase(
            domain: "x.sk",
            answer: """
                Domain-name            x.sk
                Admin-id               A-0001
                Admin-name             Foo
                Tech-id                B-0001
                Last-update            2009-01-30
                Valid-date             2027-07-24
                Domain-status          DOM_OK
                dns_name               ns1.example.net
                dns_name               ns2.example.net
                """,
            expires: "2027-07-24", nameServers: ["ns1.example.net", "ns2.example.net"], statuses: ["DOM_OK"]),
        WHOISCase(
            domain: "x.uk.com",
            answer: """
                Domain Name:X.UK.COM
                Domain ID:CNIC-DO1
                Created On:2000-05-11T00:00:00.0Z
                Last Updated On:2026-03-11T00:00:00.0Z
                Expiration Date:2027-05-11T23:59:59.0Z
                Status:OK
                Registrant ID:H1
                DNS Servers:NS1.X.COM
                DNS Servers:NS2.X.COM
                """,
            expires: "2027-05-11T23:59:59Z", nameServers: ["ns1.x.com", "ns2.x.com"], statuses: ["ok"]),
        WHOISCase(
            domain: "com",
            answer: """
                % IANA WHOIS server
                % for more information on IANA, visit http://www.iana.org
                % This query returned 1 object

                domain:       COM

                organisation: VeriSign Global Registry Services
                address:      12061 Bluemont Way

                contact:      administrative
                name:         Registry Customer Service

                nserver:      A.GTLD-SERVERS.NET 192.5.6.30 2001:503:a83e:0:0:0:2:30
                nserver:      B.GTLD-SERVERS.NET 192.33.14.30
                ds-rdata:     19718 13 2 8acbb0cd28f41250a80a491389424d341522d946b0da0c0291f2d3d771d7805a

                whois:        whois.verisign-grs.com

                status:       ACTIVE
                remarks:      Registration information: http://www.verisigninc.com

                created:      1985-01-01
                changed:      2023-12-07
                source:       IANA
                """,
            created: "1985-01-01", nameServers: ["a.gtld-servers.net", "b.gtld-servers.net"], statuses: ["active"]),
    ]
}
