// swift-format-ignore-file: LineLength

extension Templates {
    static let domain = """
        {{<layout}}{{$main}}
        <div data-live="head">
        <div class="title"><div><h1>{{name}}</h1>{{#unicode}}<p class="unicode{{#isMixed}} mixed{{/isMixed}}">{{text}}{{#isMixed}} (mixes letters that look alike){{/isMixed}}</p>{{/unicode}}</div>
        <span class="pill big {{style}}">{{sign}} {{word}}</span></div>
        <p class="verdict">{{sentence}}</p>
        {{#silences}}<div class="banner" role="note"><span>Silenced: {{what}}, until <time datetime="{{until.iso}}">{{until.sentence}}</time>{{#reason}} ({{reason}}){{/reason}}. Incidents are kept, nobody is told.</span><form method="post" action="{{base}}/silences/{{number}}/end"><button>End now</button></form></div>{{/silences}}
        {{#instead}}<form class="banner" method="post" action="{{base}}/domains"><input type="hidden" name="name" value="{{zone}}"><input type="hidden" name="names" value="{{names}}"><input type="hidden" name="instead" value="{{old}}"><span>Watch {{zone}} with the names {{names}} in its place?</span><button>Watch {{zone}}</button></form>{{/instead}}
        <div class="acts"><form method="post" action="{{base}}/domains/{{path}}/check"><button>Check now</button></form>{{#acceptable}}<details class="confirm"><summary>Accept the present state …</summary><form method="post" action="{{base}}/domains/{{path}}/accept"><p>From now on this is normal:</p><ul>{{#normal}}<li>{{.}}</li>{{/normal}}</ul>{{#isGrave}}<label class="check"><input type="checkbox" name="sure" value="yes" required> It is critical, and I know that it is ours.</label>{{/isGrave}}<label class="unseen" for="accept-by">Your name</label><input id="accept-by" name="by" maxlength="60" placeholder="Your name" autocomplete="name"><button>Accept</button></form></details>{{/acceptable}}{{#removable}}<details class="confirm"><summary class="quiet">Stop watching …</summary><form method="post" action="{{base}}/domains/{{path}}/remove"><p>Its history stays; what was learnt of it is forgotten.</p><button>Stop watching {{name}}</button></form></details>{{/removable}}</div>
        <section class="tiles" aria-label="At a glance">{{#tiles}}<a class="card tile {{style}}" href="#{{anchor}}"><span class="kind">{{kind}}</span><b>{{sign}} {{state}}</b><span>{{text}}</span></a>{{/tiles}}</section>
        </div>
        {{#lanes}}<section class="card" id="day" data-live="day"><h2>The last 24 hours <span class="dim">(UTC)</span></h2><div class="scroll latest" tabindex="0" role="region" aria-label="Lanes of the day">{{{lanes}}}</div></section>{{/lanes}}
        {{#hasOpen}}<section class="card" id="findings" data-live="findings"><h2>Open incidents</h2><ul class="findings">{{#open}}<li class="{{style}}"><span class="pill {{style}}">{{sign}} {{severity}}</span><div><a href="{{base}}/incidents/{{id}}">{{headline}}</a>{{#facts}}<p>{{.}}</p>{{/facts}}<p class="dim">{{class}} · <a href="{{base}}/findings/{{code}}">{{code}}</a> · since <time datetime="{{since.iso}}" title="{{since.sentence}}">{{since.ago}}</time></p></div></li>{{/open}}</ul></section>{{/hasOpen}}
        {{#hasPosture}}<section class="card" id="posture" data-live="posture"><h2>Known, and no news</h2><ul class="findings">{{#posture}}<li class="idle"><span class="pill idle">· Known</span><div>{{headline}}<p class="dim"><a href="{{base}}/findings/{{code}}">{{code}}</a>{{#since}} · known since <time datetime="{{since.iso}}" title="{{since.sentence}}">{{since.ago}}</time>{{/since}}</p></div></li>{{/posture}}</ul></section>{{/hasPosture}}
        <section class="card" id="records" data-live="records"><h2>Records, source by source</h2>
        {{^sets}}<p class="empty">Nothing has been seen yet.</p>{{/sets}}
        {{#hasSets}}<p class="dim">✓ is what most say; ② and further numbers are other answers, listed below. The odd one out is marked.{{#quietSets}} {{quietSets}}{{/quietSets}}</p>
        <div class="scroll" tabindex="0" role="region" aria-label="Records matrix"><table class="matrix"><thead><tr><th scope="col">Records</th>{{#columns}}<th scope="col"><span class="vantage">{{kind}}</span>{{name}}<span class="vantage">{{detail}}</span></th>{{/columns}}</tr></thead>
        <tbody>{{#sets}}<tr><th scope="row"><span class="owner">{{owner}}</span> <span class="type">{{type}}</span></th>{{#cells}}<td class="{{style}}" title="{{title}}">{{letter}}</td>{{/cells}}</tr>{{/sets}}</tbody></table></div>
        <div class="answers">{{#sets}}<details{{#odd}} open{{/odd}}><summary><span class="owner">{{owner}}</span> <span class="type">{{type}}</span> <span class="dim">{{summary}}</span></summary><dl>{{#groups}}<dt class="{{style}}">{{letter}}</dt><dd>{{#values}}<code>{{.}}</code>{{/values}}<span class="dim">{{who}} · since <time datetime="{{since.iso}}" title="{{since.sentence}}">{{since.ago}}</time>{{#ttl}} · TTL {{ttl}} s{{/ttl}}</span></dd>{{/groups}}</dl></details>{{/sets}}</div>{{/hasSets}}
        </section>
        <section class="card" id="dnssec" data-live="dnssec"><h2>Chain of trust</h2>
        <p class="verdict {{rail.style}}">{{rail.sign}} {{rail.sentence}}</p>
        <ol class="rail">{{#rail.links}}<li class="{{style}}"><span class="knot" aria-hidden="true">{{sign}}</span><div><b>{{zone}}</b> <span class="dim">{{verdict}}</span><p>{{text}}</p>{{#error}}<p class="error">✕ {{error}}</p>{{/error}}</div><div class="keys">{{#keys}}<span class="key {{style}}">{{sign}} {{label}}</span>{{/keys}}</div></li>{{/rail.links}}</ol>
        {{#rail.windows}}<h3>Signatures</h3><div class="scroll" tabindex="0" role="region" aria-label="Signatures">{{{rail.windows}}}</div>{{/rail.windows}}
        </section>
        <section class="card" id="delegation" data-live="delegation"><h2>Delegation</h2>
        {{#delegationNote}}<p class="verdict bad">✕ {{delegationNote}}</p>{{/delegationNote}}<div class="sides"><div><h3>Parent{{#parentZone}} <span class="dim">{{parentZone}}</span>{{/parentZone}}</h3><ul>{{#parent}}<li class="{{style}}"><b>{{sign}} {{name}}</b><span class="dim">{{text}}</span></li>{{/parent}}{{^parent}}<li class="empty">Not known yet.</li>{{/parent}}</ul></div>
        <div><h3>Child <span class="dim">{{name}}</span></h3><ul>{{#child}}<li class="{{style}}"><b>{{sign}} {{name}}</b><span class="dim">{{text}}</span></li>{{/child}}{{^child}}<li class="empty">Not known yet.</li>{{/child}}</ul></div></div>
        </section>
        <section class="card" id="registration" data-live="registration"><h2>Registration</h2>
        {{#registration}}<div class="countdown"><b class="{{style}}">{{days}}</b><span>{{daysText}}</span></div><dl class="facts">{{#facts}}<dt>{{name}}</dt><dd>{{value}}</dd>{{/facts}}</dl>{{/registration}}
        {{^registration}}<p class="empty">{{registrationNote}}</p>{{/registration}}
        </section>
        <section class="card" id="ttl" data-live="ttl"><h2>TTL at the authorities</h2>
        {{#chart}}<div class="scroll" tabindex="0" role="region" aria-label="Chart of TTLs">{{{svg}}}</div><p class="legend">{{#lines}}<span class="l{{index}}">{{label}}</span>{{/lines}}</p><details><summary>As a table</summary><table>{{#lines}}<tr><th scope="row">{{label}}</th><td>{{values}}</td></tr>{{/lines}}</table></details>{{/chart}}{{^chart}}<p class="empty">Nothing has been seen yet.</p>{{/chart}}
        </section>
        <section class="card" id="latency" data-live="latency"><h2>How long answers took</h2>
        {{#latency}}<div class="scroll" tabindex="0" role="region" aria-label="Chart of answer times">{{{svg}}}</div><p class="legend">{{#lines}}<span class="l{{index}}">{{label}}</span>{{/lines}}</p><details><summary>As a table</summary><table>{{#lines}}<tr><th scope="row">{{label}}</th><td>{{values}}</td></tr>{{/lines}}</table></details>{{/latency}}{{^latency}}<p class="empty">Nothing has been measured since the start.</p>{{/latency}}
        </section>
        <section class="card" id="timeline" data-live="timeline"><h2>Timeline</h2>
        {{^timeline}}<p class="empty">Nothing has changed since watching began.</p>{{/timeline}}
        <ol class="timeline">{{#timeline}}{{>moment}}{{/timeline}}</ol>{{#older}}<details><summary>{{count}} earlier</summary><ol class="timeline">{{#moments}}{{>moment}}{{/moments}}</ol></details>{{/older}}
        </section>
        {{#options}}<section class="card" id="options"><h2>How it is watched</h2><form class="fields" method="post" action="{{base}}/domains/{{path}}/options">
        <label for="interval">Every</label><input id="interval" name="interval" value="{{interval}}" size="5" autocomplete="off"><label for="names">Names</label><input id="names" name="names" value="{{names}}" placeholder="@, www" autocomplete="off" spellcheck="false"><label for="tags">Tags</label><input id="tags" name="tags" value="{{tags}}" autocomplete="off" spellcheck="false"><button>Save</button></form></section>{{/options}}
        <p class="dim badge-line">Badge: <img src="{{base}}/badge/{{path}}.svg" alt="state badge of {{name}}"> <code>{{base}}/badge/{{path}}.svg</code></p>
        {{/main}}{{/layout}}
        """

    /// All that happened in one minute.
    static let moment = """
        <li class="{{style}}"><time datetime="{{at.iso}}" title="{{at.ago}}">{{at.sentence}}</time><div>{{#entries}}<div class="entry {{style}}">{{#link}}<a href="{{base}}/incidents/{{link}}">{{text}}</a>{{/link}}{{^link}}<span>{{text}}</span>{{/link}}{{#until}} <span class="dim">until {{sentence}}</span>{{/until}}{{#isDiff}}<div class="diff">{{#old}}<del>{{.}}</del>{{/old}}{{#new}}<ins>{{.}}</ins>{{/new}}</div>{{/isDiff}}{{#seen}}<span class="dim">seen by {{seen}}</span>{{/seen}}</div>{{/entries}}</div></li>
        """
}
