// swift-format-ignore-file: LineLength

extension Templates {
    static let board = """
        {{<layout}}{{$main}}
        <h1 class="unseen">Board</h1>
        <section class="counters" aria-label="Counters" aria-live="polite" data-live="counters">
        {{#counters}}<a class="card counter {{style}}{{#chosen}} chosen{{/chosen}}" href="{{base}}{{path}}"><b>{{count}}</b><span>{{word}}</span></a>{{/counters}}
        </section>
        {{#stage}}<section class="card stage" aria-label="Demonstration"><div data-live="stage"><h2>What really happens in this embedded world</h2><p class="dim">Lapwing is not told; below is what it finds out.</p><ol>{{#happened}}<li><time datetime="{{at.iso}}">{{clock}}</time> <a href="{{base}}/domains/{{path}}">{{domain}}</a> <span>{{text}}</span></li>{{/happened}}</ol></div><form method="post" action="{{base}}/stage" data-live="events"><h2>Cause something</h2><div class="acts">{{#events}}<button name="event" value="{{id}}"{{#isUnderWay}} disabled{{/isUnderWay}}>{{title}}{{#isUnderWay}} …{{/isUnderWay}}</button>{{/events}}</div></form></section>{{/stage}}
        <form class="filter" method="get" action="{{base}}{{formPath}}" role="search">
        <label class="unseen" for="q">Find a domain</label><input id="q" name="q" value="{{query}}" placeholder="Find a domain" autocomplete="off" spellcheck="false" maxlength="255">
        <label class="unseen" for="state">State</label><select id="state" name="state">{{#states}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{word}}</option>{{/states}}</select>
        {{#hasTags}}<label class="unseen" for="tag">Tag</label><select id="tag" name="tag">{{#tags}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{word}}</option>{{/tags}}</select>{{/hasTags}}
        <button>Show</button>
        </form>
        <section class="card" data-live="rows">
        {{^rows}}<p class="empty">{{empty}}</p>{{/rows}}
        {{#hasRows}}<table class="board"><caption class="unseen">Domains, worst first</caption>
        <thead><tr><th scope="col">State</th><th scope="col">Domain, worst finding</th><th scope="col" class="wide">Last 24 h</th><th scope="col" class="wide">Seen by</th><th scope="col" class="right">Since</th></tr></thead>
        <tbody>{{#rows}}<tr class="{{style}}">
        <td><span class="pill {{style}}">{{sign}} {{word}}</span></td>
        <td class="what"><a class="name" href="{{base}}/domains/{{path}}">{{name}}</a>{{#unicode}}<span class="unicode{{#isMixed}} mixed{{/isMixed}}">{{text}}{{#isMixed}} (letters that look alike){{/isMixed}}</span>{{/unicode}}<span class="finding">{{finding}}{{#more}} <span class="more">and {{more}} more</span>{{/more}}</span></td>
        <td class="wide history">{{{bar}}}</td>
        <td class="wide seen">{{seen}}</td>
        <td class="right since">{{#since}}<time datetime="{{iso}}" title="{{sentence}}">{{ago}}</time>{{/since}}{{^since}}—{{/since}}</td>
        </tr>{{/rows}}</tbody></table>{{/hasRows}}
        {{#addable}}<form class="filter add" method="post" action="{{base}}/domains"><label for="add">Watch a domain</label><input id="add" name="name" placeholder="example.com" autocomplete="off" spellcheck="false" maxlength="255" required><button>Watch</button></form>{{/addable}}
        {{#hasPages}}<nav class="pages" aria-label="Pages of the list">{{#previous}}<a rel="prev" href="{{base}}{{previous}}">← Earlier</a>{{/previous}}<span>{{range}}</span>{{#next}}<a rel="next" href="{{base}}{{next}}">Later →</a>{{/next}}</nav>{{/hasPages}}
        </section>
        {{/main}}{{/layout}}
        """
}
