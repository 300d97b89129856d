import RegistrationData

extension WHOISCase {
    static let world: [WHOISCase] = [
        WHOISCase(
            domain: "example.ca",
            answer: """
                Domain name:           example.ca
                Domain status:         registered
                Creation date:         2000/10/04
                Expiry date:           2027/04/28
                Updated date:          2026/04/26
                DNSSEC:                Unsigned

                Registrar:
                    Name:              Registrar Canada Ltd.
                    Number:            5000001

                Registrant:
                    Name:              Example Corp

                Administrative contact:
                    Name:              A B
                    Postal address:    1 Street

                Name servers:
                    ns1.example.ca     192.0.2.1  2001:db8::1
                    ns2.example.net

                % WHOIS look-up made at 2026-07-12 12:34:26 (GMT)
                %
                % Use of CIRA's WHOIS service is governed by the Terms of Use in its Legal
                """,
            expires: "2027-04-28", created: "2000-10-04", nameServers: ["ns1.example.ca", "ns2.example.net"],
            statuses: ["registered"], registrar: "Registrar Canada Ltd."),
        WHOISCase(
            domain: "lapsed.ca",
            answer:
                "Domain name:           lapsed.ca\nDomain status:         redemption\nCreation date:         2000/10/04\nExpiry date:           2026/04/28\n",
            expires: "2026-04-28", statuses: ["redemption"], alarms: [.redemptionPeriod]),
        WHOISCase(
            domain: "leaving.ca",
            answer:
                "Domain name:           leaving.ca\nDomain status:         to be released\nCreation date:         2000/10/04\n",
            created: "2000-10-04", statuses: ["to be released"], alarms: [.pendingDelete]),
        WHOISCase(
            domain: "free.ca", answer: "Domain name:           free.ca\nDomain status:         available\n",
            outcome: .available),
        WHOISCase(
            domain: "example.co.il",
            answer: """
                % The data in the WHOIS database of the .il registry is provided
                % by ISOC-IL for information purposes, and to assist persons in
                % obtaining information about or related to a domain name

                query:        example.co.il

                reg-name:     example
                domain:       example.co.il

                descr:        Example Ltd.
                descr:        1 Road
                phone:        +972 0 0000000
                e-mail:       a AT example.co.il
                admin-c:      LD-AB1234-IL
                nserver:      ns1.example.co.il
                nserver:      ns2.example.co.il
                validity:     04-06-2027
                DNSSEC:       unsigned
                status:       Transfer Locked
                changed:      domain-registrar AT isoc.org.il 19990605 (Assigned)
                changed:      domain-registrar AT isoc.org.il 20240516 (Changed)

                person:       Domain Admin
                address:      1 Road
                nic-hdl:      LD-AB1234-IL
                changed:      Managing Registrar 20091202

                registrar name: The Registrar Ltd.
                registrar info: http://registrar.example
                """,
            expires: "2027-06-04", nameServers: ["ns1.example.co.il", "ns2.example.co.il"],
            statuses: ["Transfer Locked"],
            registrar: "The Registrar Ltd."),
        WHOISCase(
            domain: "free.co.il",
            answer: "% The data in the WHOIS database\n\n% No data was found to match the request criteria.\n",
            outcome: .available),
        WHOISCase(
            domain: "example.kz",
            answer: """
                Whois Server for the KZ top level domain name.
                This server is maintained by KazNIC Organization, a ccTLD manager for Kazakhstan Republic.

                Domain Name............: example.kz

                Organization Using Domain Name
                Name...................: Example LLP
                Organization Name......: Example LLP
                Street Address.........: Street 1

                Administrative Contact/Agent
                NIC Handle.............: ABC-123
                Name...................: A B
                Phone Number...........: +7.000

                Nameserver in listed order

                Primary server.........: ns1.example.kz
                Primary ip address.....: 192.0.2.1

                Secondary server.......: ns2.example.kz
                Secondary ip address...: 192.0.2.2

                Domain created: 1999-06-07 20:01:43 (GMT+0:00)
                Last modified : 2025-11-28 17:17:53 (GMT+0:00)
                Domain status : clientTransferProhibited - transfer forbidden
                                clientDeleteProhibited - deletion forbidden

                Registar created: KAZNIC
                Current Registar: HOSTER
                """,
            created: "1999-06-07T20:01:43Z", nameServers: ["ns1.example.kz", "ns2.example.kz"],
            statuses: ["clientTransferProhibited", "clientDeleteProhibited"], registrar: "HOSTER"),
        WHOISCase(
            domain: "free.kz",
            answer: "Whois Server for the KZ top level domain name.\n\n*** Nothing found for this query.\n",
            outcome: .available),
        WHOISCase(
            domain: "example.co.th",
            answer: """
                Whois Server Version 2.1.6

                Domain Name:         EXAMPLE.CO.TH
                Registrar:           Registrar Co Ltd
                Name Server:         NS1.EXAMPLE.CO.TH (192.0.2.1)
                Name Server:         NS2.EXAMPLE.NET
                DNSSEC:              unsigned
                Status:              ACTIVE
                Updated date:        10 Sep 2025
                Created date:        08 Oct 1999
                Exp date:            07 Oct 2026
                Domain Holder Organization: Example (Thailand) Co., Ltd.
                Domain Holder Street: 1 Road

                >>> Last update of whois data: Sun, 12 Jul 2026 19:34:26 (UTC+7) <<<
                """,
            expires: "2026-10-07", created: "1999-10-08", nameServers: ["ns1.example.co.th", "ns2.example.net"],
            statuses: ["active"], registrar: "Registrar Co Ltd"),
        WHOISCase(
            domain: "example.com.tw",
            answer: """
                Domain Name: example.com.tw
                   Domain Status: clientUpdateProhibited,clientTransferProhibited
                   Registrant:
                      Example Inc.
                      a@example.com.tw

                   Administrative Contact:
                      (Redacted for privacy)

                   Record expires on 2026-11-09 08:00:00 (UTC+8)
                   Record created on 2000-08-29 08:00:00 (UTC+8)

                   Domain servers in listed order:
                      ns1.example.com.tw      192.0.2.1
                      ns2.example.com.tw

                Registration Service Provider: Registrar Inc.
                Registration Service URL: http://www.registrar.example
                """,
            expires: "2026-11-09T00:00:00Z", created: "2000-08-29T00:00:00Z",
            nameServers: ["ns1.example.com.tw", "ns2.example.com.tw"],
            statuses: ["clientUpdateProhibited", "clientTransferProhibited"],
            registrar: "Registrar Inc."),
        WHOISCase(domain: "free.tw", answer: "No Found\n", outcome: .available),
        WHOISCase(
            domain: "example.com.sg",
            answer: """
                ---------------------------------------------------------------------
                 SGNIC WHOIS Server
                ---------------------------------------------------------------------

                The following data is provided for information purposes only.

                Registrar:\t\tREGISTRAR PTE LTD

                \tDomain Name:\t\tEXAMPLE.COM.SG
                \tCreation Date:\t\t05-Jul-2002 17:42:05
                \tModified Date:\t\t12-May-2026 12:26:01
                \tExpiration Date:\t05-Jul-2027 17:42:05
                \tDomain Status:\t\tOK
                \tDomain Status:\t\tVerifiedID@SG-OK

                \tRegistrant:

                \t\tName:\t\t\tEXAMPLE PTE LTD (SGNIC-1)

                \tAdministrative Contact:

                \t\tName:\t\t\tA B (SGNIC-2)

                \tTechnical Contact:

                \t\tName:\t\t\tC D (SGNIC-3)
                \t\tEmail:\t\t\ta@example.com.sg

                \tName Servers:

                \t\tNS1.EXAMPLE.COM.SG
                \t\tNS2.EXAMPLE.COM.SG (192.0.2.1)
                """,
            expires: "2027-07-05T17:42:05", created: "2002-07-05T17:42:05",
            nameServers: ["ns1.example.com.sg", "ns2.example.com.sg"], statuses: ["ok", "VerifiedID@SG-OK"],
            registrar: "REGISTRAR PTE LTD"),
        WHOISCase(
            domain: "example.com.my",
            answer: """
                Welcome to .my DOMAIN REGISTRY's WHOIS Server

                For alternative search,
                ************************
                whois -h whois.domainregistry.my xxxxx#option

                SEARCH BY DOMAIN NAME

                a [Domain Name]                    example.com.my
                b [Registration No.]               D1A000001
                c [Record Created]                 05-JUN-2002
                d [Record Expired]                 05-JUN-2027
                e [Record Last Modified]           20-MAY-2026
                f [Invoicing Party]                Registrar Sdn Bhd
                \tAddress 1
                g [Registrant Code]                EXAMPLE
                \tExample Sdn Bhd
                i [Administrative Contact Code]    ABC1
                \tA B
                n [DNSSEC]                         disabled
                p [Primary Name Server]            (ID: 1) ns1.example.com.my  192.0.2.1
                q [Secondary Name Server]          (ID: 2) ns2.example.com.my
                """,
            expires: "2027-06-05", created: "2002-06-05", nameServers: ["ns1.example.com.my", "ns2.example.com.my"]),
        WHOISCase(
            domain: "example.id",
            answer: """
                Domain ID: PANDI-DO1
                Domain Name: example.id
                Created On: 2014-08-17 14:13:43
                Last Updated On: 2026-07-02 10:13:20
                Expiration Date: 2027-08-17 23:59:59
                Status: clientTransferProhibited
                Status: serverTransferProhibited

                ====================================================
                Sponsoring Registrar Organization: PT Registrar
                Sponsoring Registrar URL: registrar.example
                ====================================================

                Name Server: ns1.example.id
                Name Server: ns2.example.id
                DNSSEC: Unsigned
                """,
            expires: "2027-08-17T23:59:59", created: "2014-08-17T14:13:43",
            nameServers: ["ns1.example.id", "ns2.example.id"],
            statuses: ["clientTransferProhibited", "serverTransferProhibited"], registrar: "PT Registrar"),
    ]
}
