// swift-format-ignore-file: LineLength

extension Templates {
    static let add = """
        {{<layout}}{{$main}}
        <h1>Add domains</h1>
        {{#faults}}<p class="error">✕ {{.}}</p>{{/faults}}
        {{#hasList}}<section class="card"><h2>What comes of the list</h2>
        {{#isAnyTaken}}<p>{{takenCount}} can be watched:</p><ul class="members">{{#taken}}<li>{{.}}</li>{{/taken}}</ul>{{/isAnyTaken}}
        {{#known}}<p class="dim">{{known}}</p>{{/known}}
        {{#isAnyRefused}}<p>Not taken:</p><ul class="plain">{{#refused}}<li class="error">✕ {{.}}</li>{{/refused}}</ul>{{/isAnyRefused}}
        {{#isCut}}<p class="error">Only the first 2,000 names of the list are taken; name more of them in a file.</p>{{/isCut}}
        {{#isAnyTaken}}<form class="acts" method="post" action="{{base}}/domains"><input type="hidden" name="list" value="{{takenList}}"><input type="hidden" name="tags" value="{{tags}}"><button class="main">Watch {{takenCount}}</button></form>{{/isAnyTaken}}</section>{{/hasList}}
        <section class="card"><form class="stacked" method="post" action="{{base}}/add"><label for="list">Domains, one a line, or separated by commas or blanks</label><textarea id="list" name="list" rows="8" maxlength="60000" spellcheck="false" autocomplete="off" placeholder="example.com&#10;example.org" required>{{list}}</textarea><label for="tags">Tags, for routes and filters</label><input id="tags" name="tags" value="{{tags}}" placeholder="client-a" autocomplete="off" spellcheck="false" maxlength="500"><button>Look through the list</button></form>
        <p class="dim">Nothing is watched before you have seen what is taken. The names @ and www of each are looked at; other names, intervals and expectations can be said afterwards on the domain's page, or in lapwing.yml.</p></section>
        {{/main}}{{/layout}}
        """

    static let silences = """
        {{<layout}}{{$main}}
        <h1>Silences</h1>
        <section class="card" data-live="rows">{{^rows}}<p class="empty">Nothing is silenced. An incident's page has a button for its class and domain.</p>{{/rows}}
        {{#hasRows}}<table class="list"><thead><tr><th scope="col">What</th><th scope="col">Until</th><th scope="col">Why</th><th scope="col">End</th></tr></thead><tbody>{{#rows}}<tr><td>{{what}}{{#begins}} <span class="dim">from {{sentence}}</span>{{/begins}}</td><td><time datetime="{{until.iso}}" title="{{until.ago}}">{{until.sentence}}</time></td><td>{{#reason}}{{reason}}{{/reason}}</td><td><form method="post" action="{{base}}/silences/{{number}}/end"><button>End now</button></form></td></tr>{{/rows}}</tbody></table>{{/hasRows}}
        <p class="dim">A silence holds back what it says and nothing else. Incidents are kept all the same, and what still lasts at its end is told then.</p></section>
        {{/main}}{{/layout}}
        """

    static let apiPage = """
        {{<layout}}{{$main}}
        <h1>API</h1>
        <section class="card"><p>JSON over HTTP, with the same access rules as these pages. The whole description for programs: <a href="{{base}}/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1).</p><pre><code>curl -s {{address}}/api/v1/status</code></pre></section>
        <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="Addresses of the API"><table class="list"><thead><tr><th scope="col">Request</th><th scope="col">Does</th></tr></thead><tbody>{{#rows}}<tr><td><code>{{method}} {{path}}</code></td><td>{{summary}}</td></tr>{{/rows}}</tbody></table></div></section>
        {{/main}}{{/layout}}
        """
}
