// swift-format-ignore-file: LineLength

extension Templates {
    static let resolvers = """
        {{<layout}}{{$main}}
        <h1>Resolvers</h1>
        <section class="card" data-live="rows">
        {{^rows}}<p class="empty">No resolver was asked yet. Those of the configuration are asked with the first check of a domain.</p>{{/rows}}
        {{#hasRows}}<div class="scroll" tabindex="0" role="region" aria-label="Resolvers"><table class="resolvers"><thead><tr><th scope="col">Resolver</th><th scope="col">Answers</th><th scope="col">Failures</th><th scope="col">Mean</th><th scope="col">Latency, 5 ms to 5 s</th><th scope="col">Last failure</th><th scope="col">What it changes</th></tr></thead>
        <tbody>{{#rows}}<tr><th scope="row"><span class="pill {{style}}">{{sign}}</span> {{label}}</th><td data-head="Answers">{{queries}}</td><td data-head="Failures">{{failures}}<span class="dim">{{reasons}}</span></td><td data-head="Mean">{{mean}}</td><td data-head="Latency, 5 ms to 5 s">{{{histogram}}}</td><td data-head="Last failure">{{last}}</td><td data-head="What it changes">{{filters}}</td></tr>{{/rows}}</tbody></table></div>{{/hasRows}}
        </section>
        {{/main}}{{/layout}}
        """

    static let expiry = """
        {{<layout}}{{$main}}
        <h1>What ends when</h1>
        <nav class="tabs" aria-label="How far ahead">{{#tabs}}<a href="{{base}}{{path}}"{{#here}} aria-current="page"{{/here}}>{{word}}</a>{{/tabs}}<span class="grow"></span><a href="{{base}}/expiry.ics">Calendar (ICS)</a><a href="{{base}}/expiry.csv">Table (CSV)</a></nav>
        <section class="card" data-live="strip"><h2>The next 90 days</h2><div class="scroll" tabindex="0" role="region" aria-label="Calendar">{{{strip}}}</div><p class="legend"><span class="good">registration</span><span class="note">signature</span><span class="warn">within 30 days</span><span class="bad">within 7 days</span></p></section>
        <section class="card" data-live="rows">{{^rows}}<p class="empty">{{empty}}</p>{{/rows}}
        {{#hasRows}}<table class="list ends"><thead><tr><th scope="col">When</th><th scope="col">Domain</th><th scope="col">What</th><th scope="col" class="right">Left</th></tr></thead><tbody>{{#rows}}<tr class="{{style}}"><td><time datetime="{{at.iso}}">{{at.sentence}}</time></td><td><a href="{{base}}/domains/{{path}}">{{domain}}</a></td><td>{{what}}</td><td class="right"><span class="pill {{style}}">{{left}}</span></td></tr>{{/rows}}</tbody></table>{{/hasRows}}{{#more}}<p class="dim">{{more}} more are in the table (CSV).</p>{{/more}}</section>
        {{#hasUnknown}}<section class="card"><h2>Not known</h2><p class="dim">{{unknownText}}</p><ul class="members">{{#unknown}}<li><a href="{{base}}/domains/{{path}}">{{domain}}</a></li>{{/unknown}}</ul></section>{{/hasUnknown}}
        {{/main}}{{/layout}}
        """

    static let findings = """
        {{<layout}}{{$main}}
        <h1>What Lapwing can find</h1>
        <div class="families">{{#groups}}<section class="card"><h2>{{family}}</h2><ul class="plain">{{#pages}}<li><a href="{{base}}/findings/{{code}}">{{title}}</a> <span class="dim"><code>{{code}}</code></span></li>{{/pages}}</ul></section>{{/groups}}</div>
        {{/main}}{{/layout}}
        """

    static let finding = """
        {{<layout}}{{$main}}
        <p class="crumb"><a href="{{base}}/findings">Findings</a> / <code>{{code}}</code></p>
        <article class="card prose"><h1>{{title}}</h1>{{>prose}}</article>
        {{/main}}{{/layout}}
        """

    /// Blocks of a page about a finding.
    static let prose = """
        {{#blocks}}{{#proseHeading}}<h2>{{.}}</h2>{{/proseHeading}}{{#paragraph}}<p>{{#spans}}{{#mono}}<code>{{.}}</code>{{/mono}}{{#plain}}{{.}}{{/plain}}{{/spans}}</p>{{/paragraph}}{{#bullets}}<ul>{{#items}}<li>{{#spans}}{{#mono}}<code>{{.}}</code>{{/mono}}{{#plain}}{{.}}{{/plain}}{{/spans}}</li>{{/items}}</ul>{{/bullets}}{{#numbered}}<ol>{{#items}}<li>{{#spans}}{{#mono}}<code>{{.}}</code>{{/mono}}{{#plain}}{{.}}{{/plain}}{{/spans}}</li>{{/items}}</ol>{{/numbered}}{{#grid}}<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><thead><tr>{{#head}}<th scope="col">{{.}}</th>{{/head}}</tr></thead><tbody>{{#rows}}<tr>{{#cells}}<td>{{#spans}}{{#mono}}<code>{{.}}</code>{{/mono}}{{#plain}}{{.}}{{/plain}}{{/spans}}</td>{{/cells}}</tr>{{/rows}}</tbody></table></div>{{/grid}}{{#listing}}<pre><code>{{.}}</code></pre>{{/listing}}{{/blocks}}
        """

    static let message = """
        {{<layout}}{{$main}}<section class="card message"><h1>{{title}}</h1><p>{{text}}</p><p>{{#back}}<a href="{{back}}">Back to where you were</a> · {{/back}}<a href="{{base}}/">To the board</a></p></section>{{/main}}{{/layout}}
        """

    static let checkForm = """
        {{<layout}}{{$main}}
        <h1>Check a domain</h1>
        <section class="card"><form class="filter check" method="get" action="{{base}}/check"><label for="name">Domain name</label><input id="name" name="name" value="{{name}}" placeholder="example.com" autocomplete="off" spellcheck="false" maxlength="255" required><button>Check</button></form>
        <p class="dim">Records at the authorities and at every resolver, delegation, TTL, DNSSEC and registration, now. The rows appear as they are found.</p>{{#fault}}<p class="error">✕ {{fault}}</p>{{/fault}}</section>
        {{/main}}{{/layout}}
        """

    /// The page of a running check-up is sent in pieces; this is where the pieces go.
    static let checkRun = """
        {{<layout}}{{$main}}
        <h1>Check of {{name}}</h1>
        <section class="card"><form class="filter check" method="get" action="{{base}}/check"><label for="name">Domain name</label><input id="name" name="name" value="{{name}}" autocomplete="off" spellcheck="false" maxlength="255" required><button>Check</button></form></section>
        <div class="run"><p class="card busy" role="status"><span class="dots" aria-hidden="true"></span> Asking the root, the registry, the name servers and the resolvers. This takes a second, or up to twenty where servers do not answer.</p><section class="card"><h2>What was found</h2><ul class="steps">\(Templates.seam)</div>
        {{/main}}{{/layout}}
        """

    static let checkRow = """
        <li class="{{style}}"><span class="pill {{style}}">{{sign}}</span><b>{{#page}}<a href="{{base}}/findings/{{code}}">{{title}}</a>{{/page}}{{^page}}{{title}}{{/page}}</b><span>{{text}}</span></li>

        """

    static let checkVerdict = """
        </ul></section><section class="card outcome {{style}}"><h2><span class="pill big {{style}}">{{sign}} {{status}}</span></h2><p class="verdict">{{sentence}}</p><div class="acts">{{#watchable}}<form method="post" action="{{base}}/domains"><input type="hidden" name="name" value="{{name}}"><button>Watch this domain</button></form>{{/watchable}}<a href="{{base}}/check?name={{path}}">Link to this check</a></div><details><summary>As JSON</summary><pre><code>{{json}}</code></pre></details></section>
        """
}
