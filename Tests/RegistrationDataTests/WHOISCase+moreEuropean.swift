import RegistrationData

extension WHOISCase {
    static let moreEuropean: [WHOISCase] = [
        WHOISCase(
            domain: "esimerkki.fi",
            answer: """
                domain.............: esimerkki.fi
                status.............: Registered
                created............: 30.6.2006 00:00:00
                expires............: 4.7.2027 10:15:55
                available..........: 4.8.2027 10:15:55
                modified...........: 2.6.2026 13:06:27
                RegistryLock.......: no

                Nameservers

                nserver............: ns1.esimerkki.fi [OK]
                nserver............: ns2.esimerkki.fi [OK]

                DNSSEC

                dnssec.............: no

                Holder

                name...............: Esimerkki Oy
                register number....: 1234567-8
                address............: Katu 1
                country............: Finland

                Registrar

                registrar..........: Rekisteri Oy
                www................: www.registrar.example

                >>> Last update of WHOIS database: 12.7.2026 15:30:12 (EET) <<<
                """,
            expires: "2027-07-04T10:15:55", created: "2006-06-30T00:00:00",
            nameServers: ["ns1.esimerkki.fi", "ns2.esimerkki.fi"],
            statuses: ["Registered"]),
        WHOISCase(domain: "vapaa.fi", answer: "Domain not found\n", outcome: .available),
        WHOISCase(
            domain: "exemplo.pt",
            answer: """
                Nome de domínio / Domain Name: exemplo.pt
                Data de registo / Creation Date (dd/mm/yyyy): 09/01/2003
                Data de expiração / Expiration Date (dd/mm/yyyy): 08/02/2027
                Estado / Status: ACTIVE

                Titular / Registrant
                   Exemplo Lda
                   Rua 1
                   Email: a@exemplo.pt

                Entidade Gestora / Billing Contact
                   Registrar Lda
                   Email: b@registrar.example

                Informação de nameservers / Nameserver Information
                   Nameserver: exemplo.pt NS ns1.exemplo.pt.
                   Nameserver: exemplo.pt NS ns2.exemplo.pt.
                """,
            expires: "2027-02-08", created: "2003-01-09", nameServers: ["ns1.exemplo.pt", "ns2.exemplo.pt"],
            statuses: ["active"]),
        WHOISCase(
            domain: "novo.pt",
            answer: """
                Domain: novo.pt
                Domain Status: Registered
                Creation Date: 09/01/2003 00:00:00
                Expiration Date: 05/02/2027 23:59:00
                Owner Name: Novo SA
                Owner Email: a@novo.pt
                Admin Name: Registrar Lda
                Name Server: ns1.novo.pt | IPv4: 192.0.2.1 and IPv6:
                Name Server: ns2.novo.pt | IPv4: 192.0.2.2 and IPv6:
                """,
            expires: "2027-02-05T23:59:00", created: "2003-01-09T00:00:00",
            nameServers: ["ns1.novo.pt", "ns2.novo.pt"],
            statuses: ["Registered"]),
        WHOISCase(
            domain: "primer.rs",
            answer: """
                % The data in the Whois database are provided by RNIDS
                % for information purposes only

                Domain name: primer.rs
                Domain status: Active https://www.rnids.rs/en/domain-name-status-codes#Active
                Registration date: 10.03.2008 12:31:19
                Modification date: 11.02.2026 14:21:59
                Expiration date: 10.03.2027 12:31:19
                Confirmed: 10.03.2008 12:31:19
                Registrar: Registrar d.o.o.


                Registrant: Primer d.o.o.
                Address: Ulica 1, Beograd, Serbia

                Administrative contact: Primer d.o.o.
                Address: Ulica 1, Beograd, Serbia


                DNS: ns1.primer.rs - 192.0.2.1
                DNS: ns2.primer.rs - 192.0.2.2


                DNSSEC signed: no

                Whois Timestamp: 12.07.2026 14:34:25
                """,
            expires: "2027-03-10T12:31:19", created: "2008-03-10T12:31:19",
            nameServers: ["ns1.primer.rs", "ns2.primer.rs"],
            statuses: ["active"], registrar: "Registrar d.o.o."),
        WHOISCase(domain: "slobodno.rs", answer: "%ERROR:103: Domain is not registered\n", outcome: .available),
        WHOISCase(
            domain: "exemplu.ro",
            answer: """
                % The WHOIS service offered by ROTLD and the access to the records in the ROTLD WHOIS database

                  Domain Name: exemplu.ro
                  Registered On: Before 2001
                  Expires On: 2027-07-17
                  Registrar: Registrar SRL
                  Referral URL: http://www.registrar.example

                  DNSSEC: Inactive

                  Nameserver: ns1.exemplu.ro
                  Nameserver: ns2.exemplu.ro

                  Domain Status: UpdateProhibited
                """,
            expires: "2027-07-17", nameServers: ["ns1.exemplu.ro", "ns2.exemplu.ro"], statuses: ["UpdateProhibited"]),
        WHOISCase(
            domain: "priklad.sk",
            answer: """
                Domain:                       priklad.sk
                Registrant:                   PRIK-0001
                Admin Contact:                PRIK-0001
                Tech Contact:                 PRIK-0001
                Registrar:                    REGI-0002
                Created:                      2003-07-24
                Updated:                      2026-07-02
                Valid Until:                  2027-07-24
                Nameserver:                   ns1.priklad.sk
                Nameserver:                   ns2.priklad.sk
                EPP Status:                   clientTransferProhibited

                Registrar:                    REGI-0002
                Name:                         Registrar s.r.o.
                Organization:                 Registrar s.r.o.
                Phone:                        +421.000000
                Created:                      2017-09-01
                Updated:                      2026-07-11

                Contact:                      PRIK-0001
                Name:                         Priklad
                Created:                      2017-09-01
                Updated:                      2026-07-11
                """,
            expires: "2027-07-24", created: "2003-07-24", nameServers: ["ns1.priklad.sk", "ns2.priklad.sk"],
            statuses: ["clientTransferProhibited"]),
        WHOISCase(
            domain: "stary.sk",
            answer: """
                %
                % whois.sk-nic.sk - whois server for TLD .sk
                %

                Domain-name     stary.sk
                Admin-id        STAR-0001
                Admin-name      Stary s.r.o.
                Tech-id         STAR-0002
                dns_name        ns1.stary.sk
                dns_IPv4        192.0.2.1
                dns_name        ns2.stary.sk
                Last-update     2012-06-21
                Valid-date      2013-07-24
                Domain-status   DOM_OK
                """,
            expires: "2013-07-24", nameServers: ["ns1.stary.sk", "ns2.stary.sk"], statuses: ["DOM_OK"]),
        WHOISCase(
            domain: "pavyzdys.lt",
            answer: """
                % Hello, this is the DOMREG whois service.
                %

                Domain:\t\t\tpavyzdys.lt
                Status:\t\t\tregistered
                Registered:\t\t2000-06-15
                Expires:\t\t2027-06-16
                %
                Registrar:\t\tRegistrar UAB
                Registrar website:\thttp://www.registrar.example
                Registrar email:\ta@registrar.example
                %
                Contact organization:\tPavyzdys
                Contact email:\t\ta@pavyzdys.lt
                %
                Nameserver:\t\tns1.pavyzdys.lt
                Nameserver:\t\tns2.pavyzdys.lt
                """,
            expires: "2027-06-16", created: "2000-06-15", nameServers: ["ns1.pavyzdys.lt", "ns2.pavyzdys.lt"],
            statuses: ["registered"], registrar: "Registrar UAB"),
        WHOISCase(
            domain: "laisvas.lt", answer: "Domain:\t\t\tlaisvas.lt\nStatus:\t\t\tavailable\n", outcome: .available),
        WHOISCase(
            domain: "piemers.lv",
            answer: """
                [Domain]
                Domain: piemers.lv
                Status: active

                [Holder]
                Type: Legal person
                Country: LV
                Name: Piemers SIA

                [Tech]
                Type: Natural person
                Email: a@piemers.lv

                [Registrar]
                Type: Legal person
                Name: Registrar SIA
                Address: Iela 1

                [Nservers]
                Nserver: ns1.piemers.lv
                Nserver: ns2.piemers.lv

                [Whois]
                Updated: 2026-07-12T12:34:26.000000+00:00
                """,
            nameServers: ["ns1.piemers.lv", "ns2.piemers.lv"], statuses: ["active"], registrar: "Registrar SIA"),
        WHOISCase(domain: "brivs.lv", answer: "[Domain]\nDomain: brivs.lv\nStatus: free\n", outcome: .available),
        WHOISCase(
            domain: "primer.bg",
            answer: """
                DOMAIN NAME: primer.bg (primer.bg)
                requested on: 11/02/2003 00:00:00 EET
                processed from:
                activated on: 12/02/2003 11:05:00 EET
                expires at: 05/03/2027 00:00:00 EET
                registration status: Registered / busy, active

                REGISTRANT:
                PRIMER OOD
                ul. Edno 1
                SOFIA, 1000

                ADMINISTRATIVE CONTACT:
                Ivan Ivanov
                a@primer.bg

                NAME SERVER INFORMATION:
                ns1.primer.bg (192.0.2.1)
                ns2.primer.bg

                DNSSEC: inactive
                """,
            expires: "2027-03-04T22:00:00Z", nameServers: ["ns1.primer.bg", "ns2.primer.bg"],
            statuses: ["Registered / busy, active"]),
        WHOISCase(
            domain: "svoboden.bg", answer: "Domain name svoboden.bg does not exist in database!\n", outcome: .available),
        WHOISCase(
            domain: "daemi.is",
            answer: """
                % This is the ISNIC Whois server.
                %
                % Rights restricted by copyright.

                domain:       daemi.is
                registrant:   DA1-IS
                admin-c:      DA2-IS
                nserver:      ns1.daemi.is
                nserver:      ns2.daemi.is
                dnssec:       unsigned delegation
                created:      May 22 2002
                expires:      January 18 2027
                source:       ISNIC

                role:         Daemi ehf.
                nic-hdl:      DA1-IS
                address:      Gata 1
                created:      October 20 1999
                source:       ISNIC
                """,
            expires: "2027-01-18", created: "2002-05-22", nameServers: ["ns1.daemi.is", "ns2.daemi.is"]),
        WHOISCase(
            domain: "primjer.hr",
            answer:
                "domain:      primjer.hr\nname-server: ns1.primjer.hr\nname-server: ns2.primjer.hr\nexpires:     20270518\n",
            expires: "2027-05-18", nameServers: ["ns1.primjer.hr", "ns2.primjer.hr"]),
        WHOISCase(
            domain: "primer.by",
            answer: """
                Domain Name: primer.by
                Org: Primer LLC
                Country: BY
                Creation Date: 2005-10-31
                Updated Date: 2025-10-01
                Expiration Date: 2027-10-30
                Registrar: Registrar, LLC
                Name Server: ns1.primer.by
                Name Server: ns2.primer.by

                Service provided by Registrar, Ltd
                """,
            expires: "2027-10-30", created: "2005-10-31", nameServers: ["ns1.primer.by", "ns2.primer.by"]),
        WHOISCase(domain: "svoboden.by", answer: "Object does not exist\n", outcome: .available),
        WHOISCase(
            domain: "example.gg",
            answer: """
                Domain:
                     example.gg

                Domain Status:
                     Active
                     Transfer Prohibited by Registrar

                Registrant:
                     Example Ltd


                Registrar:
                     Registrar Ltd (https://registrar.example)

                Relevant dates:
                     Registered on 30th April 2003 at 00:00:00.000
                     Registry fee due on 30th April each year

                Registration status:
                     Registered until cancelled

                Name servers:
                     ns1.example.net
                     ns2.example.net
                """,
            created: "2003-04-30T00:00:00", nameServers: ["ns1.example.net", "ns2.example.net"],
            statuses: ["active", "Transfer Prohibited by Registrar", "Registered until cancelled"]),
        WHOISCase(
            domain: "esempio.sm",
            answer: """
                Domain Name: esempio.sm
                Registration date: 26/03/2003
                Status: Active

                Owner:
                \tEsempio Srl
                \tVia 1

                Technical Contact:
                \tEsempio Srl

                DNS Servers:
                \tns1.esempio.sm
                \tns2.esempio.sm
                """,
            created: "2003-03-26", nameServers: ["ns1.esempio.sm", "ns2.esempio.sm"], statuses: ["active"]),
    ]
}
