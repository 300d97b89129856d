import RegistrationData

extension WHOISCase {
    static let european: [WHOISCase] = [
        WHOISCase(
            domain: "beispiel.it",
            answer: """
                *********************************************************************
                * Please note that the following result could be a subgroup of      *
                * the data contained in the database.                               *
                *********************************************************************

                Domain:             beispiel.it
                Status:             ok
                Signed:             no
                Created:            1999-12-10 00:00:00
                Last Update:        2026-05-07 00:54:15
                Expire Date:        2027-04-21

                Registrant
                  Organization:     Beispiel S.r.l.
                  Address:          Via Uno 1
                                    Roma
                  Created:          2013-04-21 01:05:35
                  Last Update:      2013-04-21 01:05:35

                Admin Contact
                  Name:             hidden
                  Organization:     Beispiel S.r.l.

                Technical Contacts
                  Name:             Domain Administrator
                  Created:          2011-01-01 00:00:00

                Registrar
                  Organization:     Registrar Uno Srl
                  Name:             UNO-REG
                  Web:              http://www.registrar.example/
                  DNSSEC:           no

                Nameservers
                  ns1.beispiel.it
                  ns2.beispiel.it
                """,
            expires: "2027-04-21", created: "1999-12-10T00:00:00", nameServers: ["ns1.beispiel.it", "ns2.beispiel.it"],
            statuses: ["ok"], registrar: "Registrar Uno Srl"),
        WHOISCase(
            domain: "lapsed.it",
            answer: """
                Domain:             lapsed.it
                Status:             pendingDelete / redemptionPeriod
                Created:            2010-03-10 11:00:00
                Last Update:        2026-03-12 00:54:15
                Expire Date:        2026-03-10

                Registrant
                  Organization:     hidden

                Registrar
                  Organization:     Registrar Uno Srl
                  Name:             UNO-REG
                """,
            expires: "2026-03-10", statuses: ["pendingDelete", "redemptionPeriod"],
            alarms: [.pendingDelete, .redemptionPeriod]),
        WHOISCase(
            domain: "free.it", answer: "Domain:             free.it\nStatus:             AVAILABLE\n",
            outcome: .available),
        WHOISCase(
            domain: "voorbeeld.nl",
            answer: """
                Domain name: voorbeeld.nl
                Status:      active

                Reseller:
                   Some Reseller B.V.
                   Straat 1
                   1000AA Amsterdam

                Registrar:
                   Registrar B.V.
                   Laan 2
                   2000BB Utrecht
                   Netherlands

                Abuse Contact:
                   +31.201234567
                   abuse@registrar.example

                Creation Date: 1999-05-27

                Updated Date: 2024-06-30

                DNSSEC:      yes

                Domain nameservers:
                   ns1.voorbeeld.nl          192.0.2.1
                   ns2.voorbeeld.nl          192.0.2.2
                   ns3.example.net

                Record maintained by: SIDN BV

                As the registrant's address is not in the Netherlands, the registrant is
                obliged by the General Terms and Conditions for .nl Registrants to use
                SIDN's registered office address as a domicile address.
                """,
            created: "1999-05-27", nameServers: ["ns1.voorbeeld.nl", "ns2.voorbeeld.nl", "ns3.example.net"],
            statuses: ["active"],
            registrar: "Registrar B.V."),
        WHOISCase(
            domain: "opgeheven.nl",
            answer: """
                Domain name: opgeheven.nl
                Status:      in quarantine

                Date out of quarantine: 2026-10-04T11:05:35

                Creation Date: 2009-05-27

                Record maintained by: SIDN BV
                """,
            created: "2009-05-27", statuses: ["in quarantine"], alarms: [.redemptionPeriod]),
        WHOISCase(domain: "vrij.nl", answer: "vrij.nl is free\n", outcome: .available),
        WHOISCase(
            domain: "voorbeeld.be",
            answer: """
                % .be Whois Server 6.1
                %
                % The WHOIS service offered by DNS Belgium and the access to the records in the DNS Belgium
                % WHOIS database are provided for information purposes only. It allows
                % persons to check whether a specific domain name is still available or not
                % and to obtain information related to the registration records of
                % existing domain names.
                %
                Domain:\tvoorbeeld.be
                Status:\tNOT AVAILABLE
                Registered:\tTue Dec 12 2000

                Registrant:
                \tNot shown, please visit www.dnsbelgium.be for webbased whois.

                Registrar Technical Contacts:
                \tOrganisation:\tRegistrar NV
                \tLanguage:\ten
                \tPhone:\t+32.12345678

                Registrar:
                \tName:\tRegistrar NV
                \tWebsite:\thttps://registrar.example/

                Nameservers:
                \tns1.voorbeeld.be (192.0.2.1)
                \tns1.voorbeeld.be (2001:db8::1)
                \tns2.example.net

                Keys:

                Flags:
                \tclientTransferProhibited

                Please visit www.dnsbelgium.be for more info.
                """,
            created: "2000-12-12", nameServers: ["ns1.voorbeeld.be", "ns2.example.net"],
            statuses: ["NOT AVAILABLE", "clientTransferProhibited"], registrar: "Registrar NV"),
        WHOISCase(
            domain: "vrij.be",
            answer: "Domain:\tvrij.be\nStatus:\tAVAILABLE\n\nWe do not allow more than a few queries.\n",
            outcome: .available),
        WHOISCase(
            domain: "weg.be",
            answer:
                "Domain:\tweg.be\nStatus:\tQUARANTINE\nRegistered:\tTue Dec 12 2000\n\nNameservers:\n\tns1.weg.be\n",
            created: "2000-12-12", nameServers: ["ns1.weg.be"], statuses: ["QUARANTINE"], alarms: [.redemptionPeriod]),
        WHOISCase(
            domain: "priklad.cz",
            answer: """
                %  (c) 2006-2026 CZ.NIC, z.s.p.o.
                %
                % Intended use of supplied data and information

                domain:       priklad.cz
                registrant:   CONTACT-1
                admin-c:      CONTACT-1
                nsset:        NSS-1
                keyset:       KEYS-1
                registrar:    REG-EXAMPLE
                status:       Sponsoring registrar change forbidden
                status:       Update forbidden
                registered:   21.07.2000 15:21:00
                changed:      07.09.2016 16:43:58
                expire:       22.07.2027

                contact:      CONTACT-1
                org:          Priklad s.r.o.
                name:         Jan Novak
                address:      Ulice 1
                registrar:    REG-EXAMPLE
                created:      12.02.2006 11:58:33
                changed:      26.01.2016 15:38:00

                nsset:        NSS-1
                nserver:      ns1.priklad.cz (192.0.2.1, 2001:db8::1)
                nserver:      ns2.priklad.cz
                tech-c:       CONTACT-2
                registrar:    REG-EXAMPLE
                created:      15.12.2011 12:08:41

                keyset:       KEYS-1
                dnskey:       257 3 13 AAAA
                created:      15.12.2011 12:08:41
                """,
            expires: "2027-07-22", created: "2000-07-21T15:21:00", nameServers: ["ns1.priklad.cz", "ns2.priklad.cz"],
            statuses: ["Sponsoring registrar change forbidden", "Update forbidden"]),
        WHOISCase(
            domain: "volny.cz", answer: "%ERROR:101: no entries found\n% \n% No entries found.\n", outcome: .available),
        WHOISCase(
            domain: "exempel.se",
            answer: """
                # Copyright (c) 1997- The Swedish Internet Foundation.
                # All rights reserved.
                # Result of search for registered domain names under
                # the .se top level domain.

                state:            active
                domain:           exempel.se
                holder:           abc1234-00001
                created:          2003-08-27
                modified:         2025-09-18
                expires:          2027-10-20
                transferred:      2009-03-06
                nserver:          ns1.exempel.se 192.0.2.1
                nserver:          ns2.example.net
                dnssec:           unsigned delegation
                registry-lock:    unlocked
                status:           serverUpdateProhibited
                status:           serverDeleteProhibited
                registrar:        Registrar AB
                """,
            expires: "2027-10-20", created: "2003-08-27", nameServers: ["ns1.exempel.se", "ns2.example.net"],
            statuses: ["active", "serverUpdateProhibited", "serverDeleteProhibited"], registrar: "Registrar AB"),
        WHOISCase(
            domain: "ledig.se", answer: "# Copyright (c) 1997-\n\ndomain \"ledig.se\" not found.\n", outcome: .available
        ),
        WHOISCase(
            domain: "beispiel.at",
            answer: """
                % Copyright (c)2026 by NIC.AT (1)
                %
                % Restricted rights.
                %
                % Except  for  agreed Internet  operational  purposes, no  part  of this
                % information  may  be reproduced,  stored  in  a  retrieval  system, or
                % transmitted, in  any  form  or by  any means,  electronic, mechanical,

                domain:         beispiel.at
                registrar:      Registrar GmbH ( https://nic.at/registrar/1 )
                registrant:     BG1-NICAT
                tech-c:         BG2-NICAT
                nserver:        ns1.beispiel.at
                remarks:        192.0.2.1
                nserver:        ns2.example.net
                changed:        20240426 17:57:27
                source:         AT-DOM

                organization:   Beispiel GmbH
                street address: Gasse 1
                country:        Austria
                changed:        20210301 20:36:50
                source:         AT-DOM
                """,
            nameServers: ["ns1.beispiel.at", "ns2.example.net"]),
        WHOISCase(
            domain: "frei.at", answer: "% Copyright (c)2026 by NIC.AT (1)\n%\n\n% nothing found\n", outcome: .available),
        WHOISCase(
            domain: "pelda.hu",
            answer:
                "% Whois server 4.0 serving the hu ccTLD\n\ndomain:         pelda.hu\nrecord created: 2000-03-03\nTovabbi adatokert ld.:\n",
            created: "2000-03-03"),
        WHOISCase(
            domain: "szabad.hu", answer: "% Whois server 4.0 serving the hu ccTLD\n\nNincs talalat / No match\n",
            outcome: .available),
    ]
}
