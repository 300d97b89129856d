import RegistrationData

extension WHOISCase {
    static let moreWorld: [WHOISCase] = [
        WHOISCase(
            domain: "example.co.ve",
            answer: """
                Servidor Whois del Centro de Información de Red de Venezuela (NIC.VE)

                Este servidor contiene información autoritativa exclusivamente de dominios .VE

                Titular:
                Example C.A.\t\ta@example.co.ve
                   Example C.A.
                   Calle 1
                   (FAX) 000

                   Nombre de Dominio: example.co.ve

                   Contacto Administrativo:
                      A B\t\ta@example.co.ve

                   Contacto Técnico:
                      A B\t\ta@example.co.ve

                   Fecha de Vencimiento: 2027-03-06 00:00:00
                   Ultima Actualización: 2005-11-17 21:17:15
                   Fecha de Creación: 2003-03-06 00:00:00

                   Estatus del dominio: SUSPENDIDO

                   Servidor(es) de Nombres de Dominio:

                   - ns1.example.co.ve
                   - ns2.example.co.ve

                NIC-Venezuela - CONATEL
                http://www.nic.ve
                """,
            expires: "2027-03-06T00:00:00", created: "2003-03-06T00:00:00",
            nameServers: ["ns1.example.co.ve", "ns2.example.co.ve"],
            statuses: ["SUSPENDIDO"], alarms: [.suspended]),
        WHOISCase(
            domain: "example.com.ar",
            answer: """
                % La información a la que estás accediendo se provee exclusivamente para
                % fines relacionados con operaciones sobre nombres de dominios y DNS.

                domain:\t\texample.com.ar
                registrant:\t30000000000
                registrar:\tnicar
                registered:\t1999-07-01 00:00:00
                changed:\t2026-05-28 17:36:00.514
                expire:\t\t2027-06-01 00:00:00

                contact:\t30000000000
                name:\t\tEXAMPLE SA
                registrar:\tnicar
                created:\t2013-08-20 00:00:00
                changed:\t2026-03-09 17:36:00.514

                nserver:\tns1.example.com.ar ()
                nserver:\tns2.example.com.ar ()
                registrar:\tnicar
                created:\t2016-07-01 00:01:00
                """,
            expires: "2027-06-01T00:00:00", created: "1999-07-01T00:00:00",
            nameServers: ["ns1.example.com.ar", "ns2.example.com.ar"],
            registrar: "nicar"),
        WHOISCase(
            domain: "libre.com.ar", answer: "El dominio no se encuentra registrado en NIC Argentina\n",
            outcome: .available),
        WHOISCase(
            domain: "exemple.pf",
            answer: """
                Informations about 'exemple.pf' :

                Status : Active
                Created (JJ/MM/AAAA) : 03/10/2008
                Last renewed (JJ/MM/AAAA) : 03/10/2026
                Expire (JJ/MM/AAAA) : 03/10/2027
                Name server 1 : ns1.exemple.pf
                Name server 2 : ns2.exemple.pf
                Registrant Company Name : EXEMPLE SARL
                Registrant Name : A B
                Tech 1 Company Name : REGISTRAR
                Registrar Company Name : OPT
                """,
            expires: "2027-10-03", created: "2008-10-03", nameServers: ["ns1.exemple.pf", "ns2.exemple.pf"],
            statuses: ["active"]),
        WHOISCase(
            domain: "exemple.tn",
            answer: """
                NIC Whois server for cTLDs : .tn
                All rights reserved
                Copyright "Tunisian Internet Agency - https://whois.ati.tn"
                Supported ccTLDs : .tn

                Domain name.........: exemple.tn
                Creation date.......: 14-05-2009 10:11:12 GMT+1
                Domain status.......: Active
                Registrar...........: Registrar SARL

                Owner Contact
                Name................: EXEMPLE
                First name..........: A
                Address.............: Rue 1
                Created.............: 01-01-2001

                Administrativ contact
                Name................: EXEMPLE

                DNSSEC..............: unsigned

                DNS servers
                Name................: ns1.exemple.tn
                Name................: ns2.exemple.tn.
                """,
            created: "2009-05-14T09:11:12Z", nameServers: ["ns1.exemple.tn", "ns2.exemple.tn"], statuses: ["active"],
            registrar: "Registrar SARL"),
        WHOISCase(
            domain: "exemple.sn",
            answer: """
                Nom de domaine: exemple.sn
                Date de création: 2008-05-08T17:59:38.43Z
                Dernière modification: 2026-05-09T10:39:51Z
                Date d'expiration: 2027-05-08T17:59:38.43Z
                Registrar: REGISTRAR
                Statut: ok
                Serveur de noms: ns1.exemple.sn
                Serveur de noms: ns2.exemple.sn
                """,
            expires: "2027-05-08T17:59:38Z", created: "2008-05-08T17:59:38Z",
            nameServers: ["ns1.exemple.sn", "ns2.exemple.sn"],
            statuses: ["ok"], registrar: "REGISTRAR"),
        WHOISCase(
            domain: "example.am",
            answer: """
                %
                %AM TLD whois server
                %

                   Domain name: example.am
                   Registrar:   registrar (Registrar LLC)
                   Status:      active

                   Registrant:
                      Example LLC
                      Street 1
                      Yerevan,  0000
                      AM

                   Administrative contact:
                      A B
                      a@example.am

                   DNS servers:
                      ns1.example.am
                      ns2.example.am

                   Registered:    2010-11-29
                   Last modified: 2025-01-23
                   Expires:       2027-11-29
                """,
            expires: "2027-11-29", created: "2010-11-29", nameServers: ["ns1.example.am", "ns2.example.am"],
            statuses: ["active"]),
        WHOISCase(
            domain: "example.ae",
            answer: """
                Domain Name:                     example.ae
                Registrar ID:                    Registrar-1
                Registrar Name:                  Registrar FZ LLC
                Status:                          clientUpdateProhibited

                Registrant Contact ID:           A-1
                Registrant Contact Name:         A B
                Registrant Contact Email:        Visit whois.aeda.ae for Web based WhoIs

                Tech Contact ID:                 A-2

                Name Server:                     ns1.example.ae
                Name Server IP:                  192.0.2.1
                Name Server:                     ns2.example.ae
                """,
            nameServers: ["ns1.example.ae", "ns2.example.ae"], statuses: ["clientUpdateProhibited"],
            registrar: "Registrar FZ LLC"),
        WHOISCase(
            domain: "example.ml",
            answer: """
                   Domain name:
                      EXAMPLE.ML

                   Organisation:
                      Example B.V.
                      A B
                      Phone: +00 00
                      E-mail: a@example.ml

                   Domain Nameservers:
                      NS1.EXAMPLE.ML
                      NS2.EXAMPLE.ML

                   Domain registered: 10/18/2013
                   Record will expire on: 02/03/2027
                   Record maintained by: Dot ML Domain Registry
                """,
            expires: "2027-02-03", created: "2013-10-18", nameServers: ["ns1.example.ml", "ns2.example.ml"]),
        WHOISCase(
            domain: "example.mo",
            answer: """
                -------------------------------------------------------------
                Whois server by MONIC
                -------------------------------------------------------------

                 Domain Name: EXAMPLE.MO

                 Record created on 2001-05-08
                 Record expires on 2027-05-08

                 Domain name servers:
                   ns1.example.mo
                   ns2.example.mo
                """,
            expires: "2027-05-08", created: "2001-05-08", nameServers: ["ns1.example.mo", "ns2.example.mo"]),
        WHOISCase(
            domain: "example.bw",
            answer: """
                Domain Name: example.bw
                Registry Domain ID: 1-BW
                Updated Date: 2026-02-07T00:00:12.404Z
                Creation Date: 2013-03-12T12:44:51.000Z
                Registry Expiry Date: 2027-03-12T12:44:51.000Z
                Registrar Registration Expiration Date:
                Registrar: Registrar
                Domain Status: serverHold https://icann.org/epp#serverHold
                Domain Status: clientTransferProhibited https://icann.org/epp#clientTransferProhibited
                Name Server: ns1.example.bw
                DNSSEC: signedDelegation
                >>> Last update of WHOIS database: 2026-07-12T12:33:20.434Z <<<
                """,
            expires: "2027-03-12T12:44:51Z", created: "2013-03-12T12:44:51Z", nameServers: ["ns1.example.bw"],
            statuses: ["serverHold", "clientTransferProhibited"], alarms: [.serverHold]),
        WHOISCase(
            domain: "example.vu",
            answer: """
                Domain Name: example.vu

                First Name: A
                Last Name: B
                Adress: Street 1
                City: Town
                Country: US
                Date Created: Mon, 15 Mar 2004 22:27:20 GMT
                Expiry date: Tue, 16 Mar 2027 22:27:20 GMT
                DNS servers1: ns1.example.vu
                DNS servers2: ns2.example.vu
                """,
            expires: "2027-03-16T22:27:20Z", created: "2004-03-15T22:27:20Z",
            nameServers: ["ns1.example.vu", "ns2.example.vu"]),
        WHOISCase(
            domain: "example.to", answer: "Tonic whoisd V1.1\nexample ns1.example.to\nexample ns2.example.net\n",
            nameServers: ["ns1.example.to", "ns2.example.net"]),
        WHOISCase(domain: "free.to", answer: "Tonic whoisd V1.1\nNo match for free.to\n", outcome: .available),
        WHOISCase(
            domain: "example.co.za",
            answer: """
                Domain Name: example.co.za
                Registry Domain ID: dom_1-9999
                Updated Date: 2026-06-05T08:40:08Z
                Creation Date: 2001-06-25T09:00:00Z
                Registry Expiry Date: 2027-06-25T09:00:00Z
                Registrar: Registrar
                Domain Status: pendingRestore
                Name Server: ns1.example.co.za
                """,
            expires: "2027-06-25T09:00:00Z", nameServers: ["ns1.example.co.za"], statuses: ["pendingRestore"],
            alarms: [.redemptionPeriod]),
        WHOISCase(
            domain: "old.co.za",
            answer: """
                Domain Name:
                    old.co.za

                Registrant:
                    Example (Pty) Ltd
                    Email: a@old.co.za
                    Tel: +27.00

                Registrar:
                    The Registrar [ ID = REG ]

                Relevant Dates:
                    Registration Date: 2001-06-25
                    Renewal Date:      2027-06-25

                Domain Status:
                    Registered until renewal date

                Pending Timer Events:
                    None

                Name Servers:
                    ns1.old.co.za
                    ns2.old.co.za

                WHOIS lookup made at 2026-07-12 12:34 UTC
                """,
            expires: "2027-06-25", created: "2001-06-25", nameServers: ["ns1.old.co.za", "ns2.old.co.za"],
            statuses: ["Registered until renewal date"]),
        WHOISCase(domain: "free.co.za", answer: "Available\n", outcome: .available),
        WHOISCase(
            domain: "example.gp",
            answer: """
                This is JWhoisServer serving ccTLD gp
                Java Whois Server 0.4.1.3    (c) 2006 - 2015 Klaus Zerwes zero-sys.net
                #########################################################################
                # All data copyright

                Domain. . . . . . . . . . . . . . :example.gp
                Registrar . . . . . . . . . . . . :Registrar
                Creation date . . . . . . . . . . :2009-01-10
                Expiration date . . . . . . . . . :2027-01-10
                Name server . . . . . . . . . . . :ns1.example.gp
                """,
            expires: "2027-01-10", created: "2009-01-10", nameServers: ["ns1.example.gp"], registrar: "Registrar"),
    ]
}
