// Facts as of July 2026, one server and its domains a line; `registration.whois_servers` replaces them.

extension WHOISServers {
    /// WHOIS servers known when this version was made, each followed by its domains; `*` stands for the domain.
    static let builtInText = """
        whois.nic.* aaa aarp abb abbott abbvie abc able abogado abudhabi ac ac.uk academy accenture accountant \
        accountants aco actor ad ads adult aeg aetna af afl africa ag agakhan agency ai aig airbus airforce airtel \
        akdn alibaba alipay allfinanz allstate ally alsace alstom amazon americanexpress americanfamily amex amfam \
        amica amsterdam analytics android anz aol apartments app apple aquarelle ar arab aramco archi army art arte \
        as asda asia associates at athleta attorney auction audi audible audio auspost author auto autos aw aws axa \
        azure baby banamex band bank bar barcelona barclaycard barclays barefoot bargains baseball basketball \
        bauhaus bayern bbc bbt bbva bcg bcn beats beauty beer berlin best bestbuy bet bh bharti bible bid bike bing \
        bingo bio biz bj black blackfriday blockbuster blog bloomberg blue bm bms bmw bnpparibas bo boats boehringer \
        bofa bom bond boo book booking bosch bostik boston bot boutique box bradesco bridgestone broadway broker \
        brother brussels build builders business buy buzz bzh cab cafe cal call calvinklein cam camera camp canon \
        capetown capital capitalone car caravan cards care career careers cars casa case cash casino cat catering \
        catholic cba cbn cbre cd center ceo cern cfa cfd ch chanel channel charity chase chat cheap chintai \
        christmas chrome church ci cipriani circle cisco citadel citi citic city cl claims cleaning clinic clinique \
        clothing cloud club clubmed cm coach codes coffee college commbank community company compare computer comsec \
        condos construction consulting contact contractors cooking cool coop corsica coupon coupons courses cpa cr \
        credit creditcard creditunion cricket crown crs cruise cruises cuisinella cv cx cymru cyou cz dad dance data \
        date dating day dclk dds deal dealer deals degree delivery dell deloitte delta democrat dental dentist desi \
        design dev dhl diamonds diet digital direct directory discount discover dish dnp do docs doctor dog domains \
        dot download drive dtv dubai dupont durban dvag dvr dz earth eat ec eco edeka education email emerck energy \
        engineer engineering enterprises epson equipment ericsson erni es esq estate eurovision eus events exchange \
        expert exposed express extraspace fage fail fairwinds faith family fan fans farm farmers fashion fast fedex \
        ferrari ferrero fidelity fido film final finance financial fire firestone firmdale fish fishing fit fitness \
        flickr flights flir florist flowers fly fm fo foo football ford forex forsale foundation fox fr free \
        fresenius frl frogans frontier ftr fun fund furniture futbol fyi ga gal gallery gallo gallup game games gap \
        garden gay gbiz gd gdn ge gea gent genting george ggee gh gifts gives giving gl glass gle global globo gmail \
        gmbh gmo gmx godaddy gold goldpoint golf goodyear goog google gop got gov gov.scot gov.wales gp grainger \
        graphics gratis green gripe grocery group gs gucci guge guide guitars guru hair hamburg hangout haus hbo \
        hdfc hdfcbank health healthcare help helsinki here hermes hiphop hkt hn hockey holdings holiday homedepot \
        homegoods homes homesense honda horse hospital host hosting hot hotels hotmail house how hsbc ht hu hughes \
        hyatt hyundai ibm icbc ice icu ieee ifm ikano im imamat imdb immo immobilien inc industries ing ink \
        institute insurance insure international intuit investments io ipiranga ir irish ismaili ist istanbul it \
        itau itv jaguar java jeep jetzt jewelry jio jll jmp jnj joburg jot joy jpmorgan jprs juegos juniper kaufen \
        kddi kerryhotels kerryproperties kfh ki kia kids kim kindle kitchen kiwi kn komatsu kosher kpmg kpn krd kred \
        kuokgroup kw kyoto kz la lacaixa lamborghini lamer land landrover lanxess lasalle lat latino latrobe law \
        lawyer lds lease leclerc lefrak legal lego lexus lgbt li lidl life lifeinsurance lighting like lilly limited \
        limo lincoln live lk llc llp llyw.cymru loan loans locker locus lol london lotte lotto love lpl lplfinancial \
        ls ltd ltda lundbeck luxe luxury lv ly madrid maif maison makeup man management mango map market marketing \
        markets marriott marshalls mattel mba mc mckinsey md me med media meet melbourne meme memorial men menu \
        merck merckmsd mg miami microsoft mini mint mit ml mlb mls mma mn mobile moda moe moi mom monash money \
        monster mormon mortgage moscow moto motorcycles mov movie mr ms msd mtn mtr museum mw mz nab nagoya name \
        navy nba nec net.ru netbank netflix network neustar new news next nextdirect nexus nf nfl ngo nhk nico nike \
        nikon ninja nissay nokia norton now nowruz nowtv nra nrw ntt nyc obi observer office okinawa olayan \
        olayangroup ollo omega one ong onl online ooo open oracle orange organic origins osaka otsuka ott ovh page \
        paris pars partners parts party pay pccw pet pfizer pg pharmacy phd philips phone photo photography photos \
        physio pics pictet pictures pin ping pink pioneer pizza place play playstation plumbing plus pm pnc pohl \
        poker politie porn post praxi press prime priv.at prod productions prof progressive promo properties \
        protection pru prudential pub pw pwc qpon quebec quest racing radio re read realestate realtor realty \
        recipes red redumbrella rehab reise reisen reit reliance ren rent rentals repair report republican rest \
        restaurant review reviews rexroth rich richardli ricoh ril rio rip rocks rodeo rogers room rsvp rugby ruhr \
        run rwe ryukyu saarland safe safety sakura sale salon samsclub samsung sandvik sandvikcoromant sanofi sap \
        sarl sas save saxo sbi sbs sc scb schmidt scholarships school schule schwarz science scot sd search seat \
        secure security seek select services seven sew sex sfr sh shangrila shell shia shiksha shoes shop shopping \
        show silk sina singles site ski skin sky skype sl sling sm smart smile sn sncf so soccer social softbank \
        software sohu solar solutions song sony soy spa space sport spot srl ss st stada staples star statebank \
        statefarm stc stcgroup stockholm storage store stream studio study style sucks supplies supply support surf \
        surgery suzuki swatch swiss sydney systems tab taipei talk taobao target tatamotors tatar tattoo tax taxi tc \
        tci td tdk team tech technology tel temasek tennis teva tf tg thd theater theatre tiaa tickets tienda tips \
        tires tirol tjmaxx tjx tkmaxx tl tm tmall today tokyo tools top toray toshiba total tours town toyota toys \
        trade trading training travelers travelersinsurance trv tube tui tunes tushu tv tvs ubank ubs uk unicom \
        university uno uol ups us vacations vanguard ve vegas ventures verisign versicherung vet vg viajes video vig \
        viking villas vin vip virgin visa vision viva vivo vlaanderen vodka volvo vote voting voto voyage wales \
        walmart walter wanggou watch watches weather weatherchannel webcam weber website wed wedding weibo weir wf \
        whoswho wien wiki williamhill win windows wine winners wme woodside work works world wow wtc wtf xbox xerox \
        xin xn--11b4c3d xn--1ck2e1b xn--3pxu8k xn--42c2d9a xn--4gbrim xn--55qw42g xn--5su34j936bgsg xn--5tzm5g \
        xn--6frz82g xn--80adxhks xn--80aqecdr1a xn--80asehdb xn--80aswg xn--8y0a063a xn--9dbq2a xn--9krt00a \
        xn--b4w605ferd xn--bck1b9a5dre4c xn--c1avg xn--c2br7g xn--cck2b3b xn--cckwcxetd xn--czr694b xn--czrs0t \
        xn--d1acj3b xn--eckvdtc9d xn--fct429k xn--fhbei xn--fjq720a xn--flw351e xn--fzys8d69uvgm xn--g2xx48c \
        xn--gckr3f0f xn--gk3at1e xn--i1b6b1a6a2e xn--imr513n xn--j1aef xn--jlq480n2rg xn--jvr189m xn--kcrx77d1x4a \
        xn--kput3i xn--mgba3a3ejt xn--mgba7c0bbn0a xn--mgbab2bd xn--mgbca7dzdo xn--mgbi4ecexp xn--mgbt3dhd \
        xn--mk1bu44c xn--mxtq1m xn--ngbc5azd xn--ngbe9e0a xn--ngbrx xn--nqv7f xn--nqv7fs00ema xn--nyqy26a \
        xn--otu796d xn--p1acf xn--pssy2u xn--q9jyb4c xn--qcka1pmc xn--rhqv96g xn--rovu88b xn--ses554g xn--t60b56a \
        xn--tckwe xn--tiq49xqyj xn--unup4y xn--vermgensberater-ctb xn--vermgensberatung-pwb xn--vhquv \
        xn--w4r85el8fhu5dnra xn--w4rs40l xn--zfr164b xxx xyz yachts yahoo yamaxun yandex yoga yokohama you youtube \
        yt za zappos zara zero zip zone zuerich
        whois.centralnic.net br.com cn.com de.com eu.com gb.com gb.net gr.com hu.com in.net jpn.com no.com qc.com \
        ru.com sa.com se.com se.net uk.com uk.net us.com uy.com web.com za.com
        whois.nixiregistry.in in xn--2scrj9c xn--3hcrj9c xn--45br5cyl xn--45brj9c xn--fpcrj9c3d xn--gecrj9c \
        xn--h2breg3eve xn--h2brj9c xn--h2brj9c8c xn--mgbbh1a xn--mgbbh1a71e xn--mgbgu82a xn--rvc1e0am3e xn--s9brj9c \
        xn--xkc2dl3a5ee0h
        whois.registry.click click country diy feedback food forum hiv lifestyle living pid property sexy trust vana
        whois.nic.gmo datsun fujitsu hisamitsu hitachi infiniti jcb mitsubishi nissan panasonic sharp yodobashi
        whois.gtld.zdns.cn wang xn--30rr7y xn--3bst00m xn--45q11c xn--6qq986b3xl xn--9et52u xn--czru2d xn--efvy88h \
        xn--fiq64b xn--hxt814e
        whois.flexireg.net com.ru msk.ru msk.su nov.ru nov.su spb.ru spb.su
        whois.teleinfo.cn anquan shouji xihuan xn--3ds443g xn--fiq228c5hs xn--vuq861b yun
        whois.identitydigital.services bz gi lc vc
        whois.ngtld.cn xn--1qqw23a xn--55qx5d xn--io0a7i xn--xhq521b
        whois.cnnic.cn cn xn--fiqs8s xn--fiqz9s
        whois.eu eu xn--e1a4c xn--qxa6a
        whois.kr kr xn--3e0b707e xn--cg4bki
        whois.nic.lk xn--fzc2c9e2c xn--xkc2al3hye2a
        whois.nic.net.ru org.ru pp.ru
        whois.tcinet.ru ru su xn--p1ai
        whois.twnic.net.tw tw xn--kprw13d xn--kpry57d
        whois.aeda.net.ae ae xn--mgbaam7a8h
        whois.afilias-srs.net pr schaeffler
        whois.amnic.net am xn--y9a3aq
        whois.ati.tn tn xn--pgbs0dh
        whois.cctld.by by xn--90ais
        whois.cmc.iq iq xn--mgbtx2b
        whois.hkirc.hk hk xn--j6w193g
        whois.iana.org arpa int
        whois.isoc.org.il il xn--4dbrk0ce
        whois.marnet.mk mk xn--d1alf
        whois.mediaserv.net gf mq
        whois.monic.mo mo xn--mix891f
        whois.mynic.my my xn--mgbx4cd0ab
        whois.nic.dz xn--lgbbat1ad8j
        whois.nic.gov fed.us
        whois.nic.ir xn--mgba3a4f16a
        whois.nic.kz xn--80ao21a
        whois.nic.la xn--q7ce6a
        whois.nic.mr xn--mgbah1a3hjkrd
        whois.nic.net.sa sa xn--mgberp4a5d4ar
        whois.nic.rwe sener
        whois.registry.om om xn--mgb9awbf
        whois.registry.qa qa xn--wgbl6a
        whois.rnids.rs rs xn--90a3ac
        whois.ryce-rsp.com cologne koeln
        whois.thnic.co.th th xn--o3cw4h
        whois.tld.sy sy xn--ogbpf8fl
        whois.verisign-grs.com com net
        ccwhois.verisign-grs.com cc
        kero.yachay.pe pe
        net-whois.registry.net.za net.za
        org-whois.registry.net.za org.za
        virgil.nic.vi vi
        web-whois.registry.net.za web.za
        whois.ac.za ac.za
        whois.aero aero
        whois.ande.gov.gn gn
        whois.auda.org.au au
        whois.ax ax
        whois.biz.ua biz.ua
        whois.bnnic.bn bn
        whois.cctld.uz uz
        whois.cira.ca ca
        whois.co.ca co.ca
        whois.co.pl co.pl
        whois.co.ua co.ua
        whois.co.ug ug
        whois.denic.de de
        whois.dmdomains.dm dm
        whois.dnrs.vu vu
        whois.dns.be be
        whois.dns.hr hr
        whois.dns.lu lu
        whois.dns.pl pl
        whois.dns.pt pt
        whois.domain-registry.nl nl
        whois.dominio.gq gq
        whois.domreg.lt lt
        whois.dot.cf cf
        whois.dot.tk tk
        whois.dotmasr.eg xn--wgbh1c
        whois.dotukr.com xn--j1amh
        whois.edu.cn edu.cn
        whois.educause.edu edu
        whois.eu.org eu.org
        whois.fi fi
        whois.free.net ac.ru
        whois.gg gg
        whois.gov.uk gov.uk
        whois.gov.za gov.za
        whois.gtld.knet.cn baidu
        whois.id id
        whois.iis.nu nu
        whois.iis.se se
        whois.imena.bg xn--90ae
        whois.informika.ru edu.ru
        whois.irs.net.nz nz
        whois.isnic.is is
        whois.je je
        whois.jprs.jp jp
        whois.kenic.or.ke ke
        whois.kg kg
        whois.kyregistry.ky ky
        whois.lbdr.org.lb lb
        whois.mn xn--l1acc
        whois.mx mx
        whois.na-nic.com.na na
        whois.nc nc
        whois.nic.net.bw bw
        whois.nic.net.ng ng
        whois.nic.net.sb sb
        whois.nic.org.mt mt
        whois.nic.org.uy uy
        whois.norid.no no
        whois.pknic.net.pk pk
        whois.pnina.ps xn--ygbi2ammx
        whois.pp.ua pp.ua
        whois.publicinterestregistry.org org
        whois.punktum.dk dk
        whois.register.bg bg
        whois.register.si si
        whois.registre.bf bf
        whois.registre.ma ma
        whois.registro.br br
        whois.registry.co co
        whois.registry.gift gift
        whois.registry.gov.mm mm
        whois.registry.gy gy
        whois.registry.hm hm
        whois.registry.net.za co.za
        whois.registry.pf pf
        whois.registryservices.music music
        whois.ricta.org.rw rw
        whois.rotld.ro ro
        whois.sgnic.sg sg
        whois.sk-nic.sk sk
        whois.sr sr
        whois.sx sx
        whois.ta.sgnic.sg xn--clchc0ea0b2g2a9gcd
        whois.tld.ee ee
        whois.tld.mu mu
        whois.tonicregistry.to to
        whois.trabis.gov.tr tr
        whois.tznic.or.tz tz
        whois.ua ua
        whois.uk.co uk.co
        whois.uniregistry.net link
        whois.weare.ie ie
        whois.website.ws ws
        whois.y.net.ye ye
        whois.za.net za.net
        whois.za.org za.org
        whois.zh.sgnic.sg xn--yfro4i67o
        whois.zicta.zm zm
        whois1.nic.bi bi
        www.whois.fj fj
        """
}
