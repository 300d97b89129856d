// swift-format-ignore-file: LineLength

extension StaticFiles {
    /// One style sheet for all pages: two themes, from a phone to a wall, and paper.
    static let styleSheet = """
        :root{color-scheme:light dark;--ground:#f7f6f2;--card:#fff;--ink:#1b2126;--dim:#5b646c;--edge:#e3e0d8;--good:#156a4a;--warn:#805000;--bad:#bf3327;--note:#2c68a8;--idle:#5d656d;--good-soft:#e2f2eb;--warn-soft:#fbeed6;--bad-soft:#fbe4e0;--note-soft:#e3edf8;--idle-soft:#eceef0;--bar-good:#2c9c74;--bar-warn:#d08a17;--bar-bad:#d3402f;--bar-note:#4d8ed1;--bar-idle:#b9bec3;--accent:#0d5f6b;--shadow:0 1px 2px #2b20100d,0 4px 16px #2b20100a;--l0:#0d7d8c;--l1:#b5651d;--l2:#6b4fbb;--l3:#bf3327;--l4:#4a7c1f;--l5:#8a5a77}
        @media(prefers-color-scheme:dark){:root:not([data-theme=light]){--ground:#101518;--card:#182024;--ink:#e7ecee;--dim:#9eabb2;--edge:#2a343a;--good:#5fd0a4;--warn:#f0b44f;--bad:#ff8a7c;--note:#86b9f0;--idle:#a5afb6;--good-soft:#14352b;--warn-soft:#3a2c10;--bad-soft:#45201c;--note-soft:#172f49;--idle-soft:#273036;--bar-good:#2f9e77;--bar-warn:#d9962a;--bar-bad:#e5574a;--bar-note:#4d8ed1;--bar-idle:#49545b;--accent:#6fd0dc;--shadow:none;--l0:#5fd0dc;--l1:#f0a95f;--l2:#b9a2ff;--l3:#ff8a7c;--l4:#a5d76e;--l5:#e3a9c8}}
        :root[data-theme=dark]{color-scheme:dark;--ground:#101518;--card:#182024;--ink:#e7ecee;--dim:#9eabb2;--edge:#2a343a;--good:#5fd0a4;--warn:#f0b44f;--bad:#ff8a7c;--note:#86b9f0;--idle:#a5afb6;--good-soft:#14352b;--warn-soft:#3a2c10;--bad-soft:#45201c;--note-soft:#172f49;--idle-soft:#273036;--bar-good:#2f9e77;--bar-warn:#d9962a;--bar-bad:#e5574a;--bar-note:#4d8ed1;--bar-idle:#49545b;--accent:#6fd0dc;--shadow:none;--l0:#5fd0dc;--l1:#f0a95f;--l2:#b9a2ff;--l3:#ff8a7c;--l4:#a5d76e;--l5:#e3a9c8}
        :root[data-theme=light]{color-scheme:light}
        *{box-sizing:border-box}
        html{font:16px/1.5 "Inter",system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;-webkit-text-size-adjust:100%}
        body{margin:0;background:var(--ground);color:var(--ink)}
        .top,main,footer{max-width:90rem;margin:0 auto;padding:0 1.5rem}
        .top{display:flex;flex-wrap:wrap;align-items:center;gap:.4rem 1rem;padding-top:.9rem;padding-bottom:.9rem}
        .top form{margin:0}
        .mark{display:flex;align-items:center;gap:.45rem;font-size:1.25rem;font-weight:700;letter-spacing:-.01em;color:var(--ink);text-decoration:none}
        .mark svg{width:1.7rem;height:1.7rem;fill:none;stroke:var(--accent);stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
        nav a{color:var(--dim);text-decoration:none;padding:.35rem .1rem;border-bottom:2px solid transparent}
        .top nav{display:flex;flex-wrap:wrap;gap:.1rem .95rem}
        nav a:hover{color:var(--ink)}
        nav a[aria-current]{color:var(--ink);font-weight:600;border-color:var(--accent)}
        .menu,#menu{display:none}
        #menu:focus-visible+.menu{outline:3px solid var(--accent);outline-offset:2px}
        .quick{margin-left:auto!important}
        .quick input{width:9rem}
        .live{margin:0;color:var(--dim);font-size:.85rem;white-space:nowrap}
        .live.on::before{content:"";display:inline-block;width:.5rem;height:.5rem;border-radius:50%;background:var(--bar-good);margin-right:.4rem}
        main{padding-bottom:2rem}
        main:focus{outline:none}
        h1.long{font-size:1.3rem}
        h1{font-size:1.6rem;line-height:1.25;letter-spacing:-.015em;margin:.6rem 0 .8rem;overflow-wrap:anywhere}
        h2{font-size:1.05rem;margin:0 0 .7rem;letter-spacing:-.005em}
        h3{font-size:.9rem;margin:1rem 0 .3rem}
        p{margin:.3rem 0}
        a{color:var(--accent);text-underline-offset:.15em}
        a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
        code,pre,.owner,.type,.matrix td,.answers dt{font-family:ui-monospace,"SF Mono","DejaVu Sans Mono",Menlo,monospace;font-size:.86em}
        pre{overflow:auto;background:var(--idle-soft);padding:.7rem .9rem;border-radius:8px;white-space:pre-wrap;overflow-wrap:anywhere}
        p,li,dd,dt,summary,code,blockquote,.finding,.crumb{overflow-wrap:anywhere}
        .columns>*,.stage>*,.sides>*,li>div{min-width:0}
        .card{background:var(--card);border:1px solid var(--edge);border-radius:12px;box-shadow:var(--shadow);padding:1.1rem 1.25rem;margin:0 0 1.1rem}
        .dim{color:var(--dim);font-size:.875rem}
        .error{color:var(--bad);font-weight:600}
        .empty{color:var(--dim);text-align:center;padding:1.5rem 0}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .skip{position:absolute;left:-999px;top:.5rem;background:var(--card);padding:.5rem 1rem;border-radius:8px;z-index:9}
        .skip:focus{left:1rem}
        .counters{display:grid;grid-template-columns:repeat(4,1fr);gap:.8rem;margin:.2rem 0 1.1rem}
        .counter{margin:0;text-decoration:none;color:var(--ink);position:relative;overflow:hidden;padding:.85rem 1.25rem .9rem}
        .counter::before{content:"";position:absolute;inset:0 auto 0 0;width:5px;background:var(--edge)}
        .counter.bad::before{background:var(--bar-bad)}.counter.warn::before{background:var(--bar-warn)}.counter.good::before{background:var(--bar-good)}.counter.note::before{background:var(--bar-note)}
        .alarm{margin:0;padding:.7rem 1.2rem;background:var(--bad-soft);color:var(--bad);font-weight:600}
        .counter.bad b{color:var(--bad)}.counter.warn b{color:var(--warn)}
        .counter b{display:block;font-size:2rem;line-height:1.15;letter-spacing:-.03em;font-variant-numeric:tabular-nums}
        .counter span{color:var(--dim);font-size:.9rem}
        .counter.chosen{outline:2px solid var(--accent)}
        .filter{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 .9rem}
        .filter>input{flex:1 1 14rem}
        .button{display:inline-flex;align-items:center;border-radius:8px;padding:.42rem .9rem;min-height:2.4rem;background:var(--idle-soft);color:var(--ink);font-weight:600;text-decoration:none;white-space:nowrap}
        .button.main,button.main{background:var(--accent);color:var(--card)}
        .stacked{display:grid;gap:.5rem;max-width:44rem;justify-items:start}.stacked>input,.stacked>textarea{width:100%}.acts.stacked{max-width:none;align-items:start;gap:.8rem}
        textarea{font:inherit;font-family:ui-monospace,"DejaVu Sans Mono",Menlo,monospace;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:.6rem .75rem;resize:vertical;max-width:100%}
        textarea:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
        .fields{display:grid;grid-template-columns:max-content 1fr;gap:.5rem .9rem;align-items:center;max-width:44rem}.fields label{color:var(--dim);font-size:.9rem}.fields button{grid-column:2;justify-self:start}
        .banner{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;margin:.6rem 0;padding:.6rem 1rem;border-radius:10px;background:var(--note-soft);border-left:4px solid var(--bar-note);overflow-wrap:anywhere}.banner>span{flex:1 1 16rem;min-width:0}.banner form{margin:0}.banner.good{background:var(--good-soft);border-left-color:var(--bar-good)}
        .confirm>summary{cursor:pointer;font-weight:600;background:var(--idle-soft);border-radius:8px;padding:.42rem .75rem;min-height:2.4rem;width:fit-content;list-style-position:inside}.confirm>summary.quiet{background:none;color:var(--dim);font-weight:400}.confirm[open]{border:1px solid var(--edge);border-radius:10px;padding:.5rem .8rem;max-width:44rem}.confirm form{display:flex;flex-direction:column;align-items:start;gap:.5rem;padding-top:.4rem}.confirm p{margin:0}.confirm ul{margin:0}
        label.check{display:flex;gap:.5rem;align-items:center}label.check input{min-height:0;width:1.2rem;height:1.2rem}
        .advice{border-left:5px solid var(--bar-note)}
        .members{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem .9rem;padding:0;margin:.4rem 0}
        .tag{display:inline-block;font-size:.78rem;font-weight:400;background:var(--idle-soft);color:var(--ink);border-radius:5px;padding:.05rem .45rem;text-decoration:none;vertical-align:.08em}
        .first ol{max-width:44rem;display:grid;gap:.5rem}
        .tabs .grow{flex:1}
        .latest{direction:rtl}.latest>svg{direction:ltr}
        .busy{display:flex;gap:.7rem;align-items:center}.run:has(.outcome) .busy{display:none}.dots{width:1.1rem;height:1.1rem;border-radius:50%;border:3px solid var(--edge);border-top-color:var(--accent)}
        .timeline .entry+.entry{margin-top:.5rem}
        kbd{font:inherit;font-size:.8rem;border:1px solid var(--edge);border-radius:4px;padding:0 .35rem}
        .list td,.list th{vertical-align:top}
        .filter.check{align-items:center}
        input,select,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--edge);border-radius:8px;padding:.42rem .75rem;min-height:2.4rem;max-width:100%}
        input::placeholder{color:var(--dim);opacity:1}
        button{cursor:pointer;font-weight:600;background:var(--idle-soft);border-color:transparent}
        button:hover{border-color:var(--dim)}
        button.quiet{background:none;color:var(--dim);font-weight:400}
        .theme button{background:none;padding:.3rem .55rem}
        .acts{display:flex;flex-wrap:wrap;gap:.5rem .7rem;align-items:center;margin:.8rem 0}
        .acts form{display:flex;gap:.4rem;align-items:center;margin:0;flex-wrap:wrap}
        .stage{border-left:5px solid var(--bar-note);display:grid;grid-template-columns:1.15fr 1fr;gap:.6rem 2rem}.stage button:disabled{opacity:.55;cursor:default}.stage ol{list-style:none;margin:.4rem 0 0;padding:0}.stage li{padding:.18rem 0;font-size:.92rem;line-height:1.4}.stage li time{color:var(--dim);font-variant-numeric:tabular-nums;margin-right:.35rem}.stage li a{font-weight:600}.stage .acts{margin:.4rem 0 0}.stage button{min-height:2.1rem;padding:.25rem .7rem;font-size:.9rem}
        .filter.add{margin:.9rem 0 0;align-items:center}.filter label{align-self:center;color:var(--dim);font-size:.9rem}
        .remark{margin:.5rem 0;padding:.5rem .9rem;border-left:3px solid var(--bar-note);background:var(--note-soft);border-radius:0 8px 8px 0}.remark p{margin:0;overflow-wrap:anywhere}
        .families{columns:22rem;column-gap:1.1rem}.families .card{break-inside:avoid}ul.plain{list-style:none;margin:0;padding:0}ul.plain li{padding:.2rem 0;display:flex;flex-wrap:wrap;gap:0 .6rem;justify-content:space-between;align-items:baseline}
        .prose{max-width:46rem}.prose h2{margin-top:1.4rem}.prose code{background:var(--idle-soft);border-radius:4px;padding:.05rem .3rem}.prose pre code{background:none;padding:0}
        svg.lanes{display:block;width:100%;height:auto}svg .empty-lane{fill:var(--idle-soft)}svg text.in-lane{fill:#fff;font-size:10.5px;font-weight:600}svg.lanes .good{opacity:.75}
        table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
        th{text-align:left;font-weight:600}
        thead th{color:var(--dim);font-size:.8rem;font-weight:500;padding:.1rem .6rem .55rem;border-bottom:1px solid var(--edge)}
        td,tbody th{padding:.65rem .6rem;border-bottom:1px solid var(--edge);vertical-align:middle}
        tbody tr:last-child>*{border-bottom:0}
        .right{text-align:right}
        .board tr.bad td:first-child{box-shadow:inset 4px 0 var(--bar-bad)}.board tr.warn td:first-child{box-shadow:inset 4px 0 var(--bar-warn)}
        .board td:first-child{width:7.2rem;padding-left:.9rem}
        .board .what{min-width:14rem}
        .board .history{width:30%}.board .seen{width:9.5rem;overflow-wrap:anywhere;line-height:1.35;font-size:.9rem;color:var(--dim)}.board .since{width:6.5rem;white-space:nowrap;color:var(--dim)}
        .name{font-weight:650;font-size:1.02rem;color:var(--ink);text-decoration-color:var(--edge);text-decoration-thickness:2px;overflow-wrap:anywhere}
        .name:hover{text-decoration-color:var(--accent)}
        .finding{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden;color:var(--dim);font-size:.9rem;line-height:1.4;overflow-wrap:anywhere}
        tr.bad .finding,tr.warn .finding{color:var(--ink)}
        .more{color:var(--dim);white-space:nowrap}
        .unicode{color:var(--dim);font-size:.9rem;margin-left:.5rem}
        p.unicode{margin:-.6rem 0 .6rem}
        .mixed{color:var(--warn);font-weight:600}
        .pill{display:inline-block;border-radius:99px;padding:.1rem .65rem .12rem;font-size:.84rem;font-weight:650;white-space:nowrap;background:var(--idle-soft);color:var(--idle)}
        .pill.good{background:var(--good-soft);color:var(--good)}.pill.warn{background:var(--warn-soft);color:var(--warn)}.pill.bad{background:var(--bad-soft);color:var(--bad)}.pill.note{background:var(--note-soft);color:var(--note)}
        .pill.big{font-size:1rem;padding:.25rem 1rem}
        svg.bar{display:block;width:100%;height:1.6rem}
        svg.picture{display:block;width:100%;height:auto}
        svg.histogram{display:block;width:11rem;height:2.2rem}
        svg .good{fill:var(--bar-good)}svg .warn{fill:var(--bar-warn)}svg .bad{fill:var(--bar-bad)}svg .note{fill:var(--bar-note)}svg .idle{fill:var(--bar-idle)}svg .run{stroke-dasharray:4.6 1.4;fill:none}svg .run.good{stroke:var(--bar-good);stroke-width:12}svg .run.warn{stroke:var(--bar-warn);stroke-width:18}svg .run.bad{stroke:var(--bar-bad);stroke-width:24}svg .run.note{stroke:var(--bar-note);stroke-width:15}svg .run.idle{stroke:var(--bar-idle);stroke-width:5}svg .soft{opacity:.35}
        svg text{fill:var(--dim);font-size:11px}svg text.lane{fill:var(--ink);font-size:12px}
        svg .grid{stroke:var(--edge)}svg .now{stroke:var(--ink);stroke-width:1.5;stroke-dasharray:3 3}
        svg .line{fill:none;stroke-width:2.2;stroke-linejoin:round}
        svg .l0{stroke:var(--l0)}svg .l1{stroke:var(--l1)}svg .l2{stroke:var(--l2)}svg .l3{stroke:var(--l3)}svg .l4{stroke:var(--l4)}svg .l5{stroke:var(--l5)}
        .legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;font-size:.85rem;color:var(--dim);margin-top:.6rem}
        .legend span::before{content:"";display:inline-block;width:.8rem;height:.55rem;border-radius:2px;margin-right:.4rem;background:var(--bar-idle)}
        .legend .good::before{background:var(--bar-good)}.legend .warn::before{background:var(--bar-warn)}.legend .bad::before{background:var(--bar-bad)}.legend .note::before{background:var(--bar-note)}
        .legend .l0::before{background:var(--l0)}.legend .l1::before{background:var(--l1)}.legend .l2::before{background:var(--l2)}.legend .l3::before{background:var(--l3)}.legend .l4::before{background:var(--l4)}.legend .l5::before{background:var(--l5)}
        .pages{display:flex;gap:1rem;justify-content:center;align-items:center;padding:.9rem 0 .1rem;color:var(--dim);font-size:.9rem}
        .title{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.2rem 1rem;margin-top:.3rem}
        .title h1{margin:.3rem 0}
        .verdict{font-size:1.08rem;max-width:62rem;overflow-wrap:anywhere}
        .verdict.bad,.rail .error{color:var(--bad);font-weight:600}.verdict.good{color:var(--good);font-weight:600}.verdict.warn{color:var(--warn);font-weight:600}
        .tiles{display:grid;grid-template-columns:repeat(6,1fr);gap:.8rem;margin:.4rem 0 1.1rem}
        .tile{margin:0;display:flex;flex-direction:column;gap:.1rem;text-decoration:none;color:var(--ink);padding:.8rem 1rem;border-top:4px solid var(--bar-idle)}
        .tile.good{border-top-color:var(--bar-good)}.tile.warn{border-top-color:var(--bar-warn)}.tile.bad{border-top-color:var(--bar-bad)}.tile.note{border-top-color:var(--bar-note)}
        .tile .kind,.tile span:last-child{color:var(--dim);font-size:.82rem}.tile b{font-size:1rem}
        .tile.bad b{color:var(--bad)}.tile.warn b{color:var(--warn)}.tile.good b{color:var(--good)}
        ul,ol{padding-left:1.2rem}
        .findings,.incidents,.timeline,.rail,.evidence,.steps,.sides ul{list-style:none;padding:0;margin:0}
        .findings li,.incidents li{display:grid;grid-template-columns:7.2rem 1fr;gap:.3rem 1rem;padding:.8rem 0;border-bottom:1px solid var(--edge)}
        .findings li:last-child,.incidents li:last-child,.timeline li:last-child{border-bottom:0}
        .findings a,.incidents li div>a{font-weight:600;color:var(--ink);overflow-wrap:anywhere;text-decoration-color:var(--edge);text-decoration-thickness:2px}.findings a:hover,.incidents li div>a:hover{text-decoration-color:var(--accent)}.findings .dim a{font-weight:400;color:var(--dim)}
        .findings .pill,.incidents .pill,.steps .pill{align-self:start;justify-self:start}
        #ttl svg,#dnssec svg,#latency svg{max-width:54rem}
        .scroll{overflow-x:auto}
        .matrix{width:auto;min-width:60%}.matrix tbody th,.matrix thead th:first-child{position:sticky;left:0;background:var(--card);z-index:1}
        .matrix th,.matrix td{padding:.35rem .6rem;white-space:nowrap}
        .matrix td{text-align:center;font-weight:700}
        .matrix td.good{background:var(--good-soft);color:var(--good)}.matrix td.warn{background:var(--warn-soft);color:var(--warn)}.matrix td.bad{background:var(--bad-soft);color:var(--bad);box-shadow:inset 0 0 0 2px var(--bar-bad)}.matrix td.idle{color:var(--idle)}
        .matrix td{border:2px solid var(--card)}
        .matrix thead th{vertical-align:bottom;font-size:.78rem;color:var(--ink);white-space:normal;min-width:7.5rem;max-width:13rem;overflow-wrap:break-word;line-height:1.3}
        .vantage{display:block;color:var(--dim);font-weight:400}
        .type{background:var(--idle-soft);border-radius:4px;padding:.05rem .35rem;color:var(--ink)}
        .owner{overflow-wrap:anywhere}
        .answers{margin-top:.9rem}.answers details{border-top:1px solid var(--edge);padding:.45rem 0}.answers summary{cursor:pointer}
        .answers dl{display:grid;grid-template-columns:2rem 1fr;gap:.4rem .6rem;margin:.6rem 0}.answers dd{margin:0}.answers dd code{display:block}
        .answers dt{font-weight:700;text-align:center;border-radius:6px;height:1.6rem;background:var(--idle-soft)}.answers dt.good{background:var(--good-soft);color:var(--good)}.answers dt.bad{background:var(--bad-soft);color:var(--bad)}
        .rail li{display:grid;grid-template-columns:2rem minmax(12rem,1fr) 1.2fr;gap:.2rem .9rem;padding:0 0 1.4rem;position:relative}
        .rail li::before{content:"";position:absolute;left:.93rem;top:1.8rem;bottom:0;width:3px;border-radius:2px;background:var(--bar-good)}
        .rail li:last-child::before{display:none}
        .rail li.bad::before,.rail li:has(+li.bad)::before{background:repeating-linear-gradient(var(--bar-bad) 0 6px,transparent 6px 11px)}
        .rail li.idle::before{background:var(--bar-idle)}
        .knot{width:1.9rem;height:1.9rem;border-radius:50%;display:grid;place-items:center;font-weight:700;background:var(--good-soft);color:var(--good);border:2px solid var(--bar-good);font-size:.85rem}
        .bad>.knot{background:var(--bad-soft);color:var(--bad);border-color:var(--bar-bad)}.warn>.knot{background:var(--warn-soft);color:var(--warn);border-color:var(--bar-warn)}.idle>.knot{background:var(--idle-soft);color:var(--idle);border-color:var(--bar-idle)}
        .rail p{color:var(--dim);font-size:.875rem;margin:.1rem 0}.rail p.error{font-size:.95rem}
        .keys{display:flex;flex-wrap:wrap;gap:.4rem;align-content:flex-start}.key{border:1.5px solid var(--bar-good);border-radius:7px;padding:.15rem .6rem;font-size:.85rem;height:fit-content}.key.bad{border-color:var(--bar-bad);color:var(--bad)}
        .sides{display:grid;grid-template-columns:1fr 1fr;gap:1.2rem}.sides h3{margin-top:0}.sides>div{border:1px solid var(--edge);border-radius:10px;padding:.8rem 1rem}
        .sides li{padding:.35rem 0;display:flex;flex-wrap:wrap;gap:.1rem .7rem;justify-content:space-between;overflow-wrap:anywhere}.sides li.warn b{color:var(--warn)}.sides li.bad b{color:var(--bad)}.sides li.good b{color:var(--good)}
        .countdown{display:flex;align-items:baseline;gap:.7rem}.countdown b{font-size:2.4rem;letter-spacing:-.03em;line-height:1.1}.countdown b.bad{color:var(--bad)}.countdown b.warn{color:var(--warn)}.countdown b.good{color:var(--good)}
        .facts{display:grid;grid-template-columns:11rem 1fr;gap:.25rem 1rem;margin:.8rem 0 0}.facts dt{color:var(--dim)}.facts dd{margin:0;overflow-wrap:anywhere}
        .timeline li{display:grid;grid-template-columns:11.5rem 1fr;gap:.2rem 1rem;padding:.55rem 0 .55rem 1rem;border-bottom:1px solid var(--edge);border-left:3px solid var(--edge)}
        .timeline li.bad{border-left-color:var(--bar-bad)}.timeline li.warn{border-left-color:var(--bar-warn)}.timeline li.note{border-left-color:var(--bar-note)}.timeline li.good{border-left-color:var(--bar-good)}
        .timeline time{color:var(--dim);font-size:.875rem}
        .diff{display:grid;gap:.15rem;margin:.35rem 0}
        .diff del,.diff ins{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,monospace;font-size:.84rem;text-decoration:none;padding:.08rem .5rem;border-radius:5px;overflow-wrap:anywhere;width:fit-content;max-width:100%}
        .diff del{background:var(--bad-soft)}.diff del::before{content:"− ";color:var(--bad);font-weight:700}
        .diff ins{background:var(--good-soft)}.diff ins::before{content:"+ ";color:var(--good);font-weight:700}
        .columns{display:grid;grid-template-columns:1.4fr 1fr;gap:1.1rem}
        .crumb{font-size:.9rem;color:var(--dim)}
        .tabs{display:flex;gap:1.2rem;margin-bottom:.9rem}
        .evidence li{display:grid;grid-template-columns:11.5rem 1fr;gap:1rem;padding:.3rem 0}
        .evidence time{color:var(--dim);font-size:.875rem}
        .resolvers td .dim{display:block}
        .run{display:flex;flex-direction:column}.run .outcome{order:-1}
        .outcome{border-top:5px solid var(--bar-idle)}.outcome.good{border-top-color:var(--bar-good)}.outcome.warn{border-top-color:var(--bar-warn)}.outcome.bad{border-top-color:var(--bar-bad)}
        .steps li{display:grid;grid-template-columns:3rem 13rem 1fr;gap:.3rem .8rem;padding:.45rem 0;border-bottom:1px solid var(--edge)}.steps span:last-child{overflow-wrap:anywhere}
        .message{max-width:40rem;margin:3rem auto;text-align:center}
        .badge-line img{vertical-align:middle}
        footer{display:flex;flex-wrap:wrap;justify-content:space-between;color:var(--dim);font-size:.85rem;padding-top:.5rem;padding-bottom:2rem;gap:1rem}
        footer .links{display:flex;gap:.4rem 1.2rem}footer a,footer summary,.dim a,.crumb a,.members a,.board .tag{padding-block:.22rem}footer summary{cursor:pointer}
        .board .seen span{display:block;font-size:.85rem}.board .seen .bad{color:var(--bad);font-weight:600}.board .seen .warn{color:var(--warn);font-weight:600}.board .calm td{padding-top:.35rem;padding-bottom:.35rem}
        @media(max-width:70rem){.top{gap:.4rem 1rem}.top nav{gap:.1rem .8rem}.quick input{width:9.5rem}.tiles{grid-template-columns:repeat(3,1fr)}.board .history{width:24%}.board .seen{width:8.6rem;font-size:.82rem}}
        @media(max-width:52rem){#menu{display:block}.menu{display:inline-flex;align-items:center;order:2;margin-left:auto;border-radius:8px;padding:.25rem .8rem;min-height:2.2rem;background:var(--idle-soft);font-weight:600;cursor:pointer}.top{position:relative}.top nav,.top .quick{display:none}#menu:checked~nav{display:flex;order:8;flex:1 1 100%;gap:.2rem 1.2rem}#menu:checked~.quick{display:block}.top .live{order:1}.top .theme{order:3}.theme{margin-left:0!important}.columns,.sides,.stage{grid-template-columns:1fr}.board .seen,.board th:nth-child(4){display:none}.timeline li,.evidence li{grid-template-columns:1fr}.rail li{grid-template-columns:2rem 1fr}.rail .keys{grid-column:2}.quick{order:9;flex:1 1 100%;margin:0!important}.quick input{width:100%}}
        @media(max-width:40rem){.fields{grid-template-columns:1fr}.fields button{grid-column:1}.stage li:nth-child(n+4){display:none}main:has(.stage){display:flex;flex-direction:column}.stage{order:5}.resolvers thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.resolvers,.resolvers tbody,.resolvers tr,.resolvers th,.resolvers td{display:block;width:auto}.resolvers tr{padding:.7rem 0;border-bottom:1px solid var(--edge)}.resolvers th,.resolvers td{border:0!important;padding:.12rem 0!important;box-shadow:none!important}.resolvers td::before{content:attr(data-head) ": ";color:var(--dim)}.resolvers td .dim{display:inline;margin-left:.5rem}.ends thead{display:none}.ends tr{display:grid;grid-template-columns:1fr auto;gap:.1rem .6rem;padding:.6rem 0;border-bottom:1px solid var(--edge)}.ends td{border:0!important;padding:0!important;box-shadow:none!important;overflow-wrap:normal}.ends td:nth-child(1){order:3;color:var(--dim)}.ends td:nth-child(2){order:1;font-weight:600}.ends td:nth-child(4){order:2}.ends td:nth-child(3){order:4;text-align:right}.scroll .list:not(.cards){min-width:34rem}.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.cards,.cards tbody,.cards tr,.cards td{display:block;width:auto}.cards tr{padding:.7rem 0;border-bottom:1px solid var(--edge)}.cards td{border:0!important;padding:.12rem 0!important;box-shadow:none!important;overflow-wrap:anywhere}.cards td[data-head]::before{content:attr(data-head) ": ";color:var(--dim)}.top .live:not(.on){display:none}.counters b{font-size:1.5rem!important}.counter{padding:.5rem .8rem!important}html{font-size:15px}.scroll>svg{min-width:34rem}.card{overflow-x:auto}td,tbody th,thead th{padding:.5rem .3rem;overflow-wrap:anywhere}td time{font-size:.875rem}.top,main,footer{padding-left:.9rem;padding-right:.9rem}.counters{grid-template-columns:repeat(4,1fr);gap:.4rem}.counter span{font-size:.75rem;line-height:1.2;display:block}.tiles{grid-template-columns:1fr 1fr}.card{padding:.9rem 1rem;border-radius:10px}.board thead{display:none}.board tr{display:grid;grid-template-columns:1fr auto;gap:.15rem .6rem;padding:.8rem 0;border-bottom:1px solid var(--edge)}.board td{border:0;padding:0!important;width:auto!important;box-shadow:none!important}.board .what{grid-column:1/-1;grid-row:2;min-width:0}.board .history{grid-column:1/-1;grid-row:3;padding-top:.4rem!important}.findings li,.incidents li{grid-template-columns:1fr}.pill{justify-self:start}.facts{grid-template-columns:1fr}.facts dd{margin-bottom:.4rem}.steps li{grid-template-columns:2.5rem 1fr}.steps span:last-child{grid-column:2}.theme{margin-left:0!important}.board .history{display:none}.columns{gap:0}}
        @media(min-width:120rem){html{font-size:18px}}
        @media(prefers-reduced-motion:no-preference){[data-live].fresh{animation:fresh 1.2s ease-out}@keyframes fresh{from{box-shadow:0 0 0 3px var(--bar-note)}}}
        @media print{#ttl,#latency,#timeline,#day,.stage,.confirm,.banner form,.menu{display:none}.top nav,.quick,.theme,.acts,.filter,.skip,footer,.live{display:none}body{background:#fff}.card{box-shadow:none;break-inside:avoid}}

        """
}
