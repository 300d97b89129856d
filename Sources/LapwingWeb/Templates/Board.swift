// swift-format-ignore-file: LineLength

extension Templates {
    static let board = """
        {{<layout}}{{$main}}
        <h1 class="unseen">Board</h1>
        <section class="counters" aria-label="Counters" aria-live="polite" data-live="counters">
        {{#counters}}<a class="card counter {{style}}{{#chosen}} chosen{{/chosen}}" href="{{base}}{{path}}"><b>{{count}}</b><span>{{word}}</span></a>{{/counters}}
        </section>
        {{#stage}}<section class="card stage" aria-label="Demonstration"><div data-live="stage"><h2>What really happens in this demonstration</h2><p class="dim">Lapwing is not told any of this; the list below is what it finds out by itself.</p><ol>{{#happened}}<li><time datetime="{{at.iso}}">{{clock}}</time> <a href="{{base}}/domains/{{path}}">{{domain}}</a> <span>{{text}}</span></li>{{/happened}}</ol></div><form method="post" action="{{base}}/stage" data-live="events"><h2>Cause something</h2><div class="acts">{{#events}}<button name="event" value="{{id}}"{{#isUnderWay}} disabled{{/isUnderWay}}>{{title}}{{#isUnderWay}} …{{/isUnderWay}}</button>{{/events}}</div><p class="dim">What you cause stands first in the list of what happened within seconds, with the domain it strikes. Your own domains: <code>lapwing check example.com</code>, then <code>lapwing init example.com</code> and <code>lapwing run</code>.</p></form></section>{{/stage}}
        <form class="filter auto" method="get" action="{{base}}{{formPath}}" role="search">
        {{#isOrdered}}<input type="hidden" name="sort" value="{{order}}">{{/isOrdered}}<label class="unseen" for="q">Find a domain</label><input id="q" name="q" value="{{query}}" placeholder="Find a domain" autocomplete="off" spellcheck="false" maxlength="255">
        <label class="unseen" for="state">State</label><select id="state" name="state">{{#states}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{word}}</option>{{/states}}</select>
        {{#hasTags}}<label class="unseen" for="tag">Tag</label><select id="tag" name="tag">{{#tags}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{word}}</option>{{/tags}}</select>{{/hasTags}}
        <button>Show</button>{{#addable}}<a class="button main" href="{{base}}/add">Add domains</a>{{/addable}}
        </form>
        {{#hasRows}}{{#isSortable}}<nav class="tabs" aria-label="Order">{{#orders}}<a href="{{base}}{{path}}"{{#here}} aria-current="page"{{/here}}>By {{word}}</a>{{/orders}}</nav>{{/isSortable}}{{/hasRows}}
        <section class="card" data-live="rows">
        {{^rows}}{{#isNew}}<div class="first"><h2>Three steps</h2><ol><li>{{#addable}}<a href="{{base}}/add">Add domains</a>: one, or a pasted list{{/addable}}{{^addable}}Name domains in <code>lapwing.yml</code>{{/addable}}. Or <a href="{{base}}/check">check one</a> first.</li><li>Say who is told: a channel in <code>lapwing.yml</code>, then <a href="{{base}}/channels">send a test</a>.</li><li>Let colleagues in: a password or token, and <code>listen</code>, in <code>lapwing.yml</code>.</li></ol></div>{{/isNew}}{{^isNew}}<p class="empty">{{empty}}</p>{{/isNew}}{{/rows}}
        {{#hasRows}}<table class="board"><caption class="unseen">Domains, worst first</caption>
        <thead><tr><th scope="col">Status</th><th scope="col">Domain, worst finding</th><th scope="col" class="wide">Last 24 h</th><th scope="col" class="wide">Registered, signed</th><th scope="col" class="right">Since</th></tr></thead>
        <tbody>{{#rows}}<tr class="{{style}}{{#isCalm}} calm{{/isCalm}}">
        <td><span class="pill {{style}}">{{sign}} {{word}}</span></td>
        <td class="what"><a class="name" href="{{base}}/domains/{{path}}">{{name}}</a>{{#isSilenced}} <span class="tag" title="Alerts are held back">silenced</span>{{/isSilenced}}{{#tagList}} <a class="tag" href="{{base}}{{formPath}}?tag={{query}}">{{tag}}</a>{{/tagList}}{{#unicode}}<span class="unicode{{#isMixed}} mixed{{/isMixed}}">{{text}}{{#isMixed}} (letters that look alike){{/isMixed}}</span>{{/unicode}}<span class="finding">{{finding}}{{#more}} <span class="more">and {{more}} more</span>{{/more}}</span></td>
        <td class="wide history">{{{bar}}}</td>
        <td class="wide seen"><span class="{{endsStyle}}">{{ends}}</span><span>{{signed}}</span></td>
        <td class="right since">{{#since}}<time datetime="{{iso}}" title="{{sentence}}">{{ago}}</time>{{/since}}{{^since}}—{{/since}}</td>
        </tr>{{/rows}}</tbody></table>{{/hasRows}}
        {{#hasPages}}<nav class="pages" aria-label="Pages of the list">{{#previous}}<a rel="prev" href="{{base}}{{previous}}">← Earlier</a>{{/previous}}<span>{{range}}</span>{{#next}}<a rel="next" href="{{base}}{{next}}">Later →</a>{{/next}}</nav>{{/hasPages}}
        </section>
        {{/main}}{{/layout}}
        """
}
