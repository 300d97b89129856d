// swift-format-ignore-file: LineLength

extension Templates {
    static let incidents = """
        {{<layout}}{{$main}}
        <h1>Incidents</h1>
        <nav class="tabs" aria-label="Which incidents">{{#tabs}}<a href="{{base}}{{path}}"{{#here}} aria-current="page"{{/here}}>{{word}}</a>{{/tabs}}</nav>
        <section class="card" data-live="rows">
        {{^rows}}<p class="empty">No incidents. The lapwing is on its nest and calm.</p>{{/rows}}
        <ul class="incidents">{{#rows}}<li class="{{style}}{{#closed}} closed{{/closed}}"><span class="pill {{style}}">{{sign}} {{severity}}</span><div><a href="{{base}}/incidents/{{id}}">{{headline}}</a><p class="dim"><a href="{{base}}/domains/{{domainPath}}">{{domain}}</a> · {{class}} · <time datetime="{{since.iso}}" title="{{since.sentence}}">{{since.ago}}</time>{{#closed}} · over after {{lasted}}{{/closed}}{{#accepted}} · accepted{{/accepted}}</p></div></li>{{/rows}}</ul>
        </section>
        {{#next}}<nav class="pages"><a rel="next" href="{{base}}{{next}}">Earlier ones →</a></nav>{{/next}}
        {{/main}}{{/layout}}
        """

    static let incident = """
        {{<layout}}{{$main}}
        <div data-live="story">
        <p class="crumb"><a href="{{base}}/incidents">Incidents</a> / <a href="{{base}}/domains/{{domainPath}}">{{domain}}</a></p>
        <div class="title"><h1>{{headline}}</h1><span class="pill big {{style}}">{{sign}} {{severity}}</span></div>
        <p class="dim">{{class}} · <a href="{{base}}/findings/{{code}}">{{code}}</a> · {{id}} · first seen <time datetime="{{since.iso}}">{{since.sentence}}</time>{{#closed}} · over since {{sentence}}{{/closed}}{{^closed}} · still open{{/closed}}{{#accepted}} · accepted by {{accepted}}{{/accepted}}</p>
        <div class="columns"><section class="card"><h2>What is known</h2>{{#facts}}<p>{{.}}</p>{{/facts}}{{#grounds}}<h3>Why this verdict</h3><ul>{{#list}}<li>{{.}}</li>{{/list}}</ul>{{/grounds}}{{#isNot}}<h3>What it is not</h3><p>{{isNot}}</p>{{/isNot}}{{#advice}}<h3>What to do</h3><p>{{advice}}</p>{{/advice}}{{#check}}<h3>Look for yourself</h3><pre><code>{{check}}</code></pre>{{/check}}</section>
        <section class="card"><h2>Changes</h2>{{^changes}}<p class="empty">No record changed.</p>{{/changes}}{{#changes}}<div class="diff"><b>{{what}}</b>{{#old}}<del>{{.}}</del>{{/old}}{{#new}}<ins>{{.}}</ins>{{/new}}{{#seen}}<span class="dim">seen by {{seen}}</span>{{/seen}}</div>{{/changes}}
        <h2>Decide</h2><div class="acts"><form method="post" action="{{base}}/incidents/{{id}}/accept"><button>Accept as the new normal</button></form>
        <form method="post" action="{{base}}/incidents/{{id}}/silence"><label>Silence for <select name="hours"><option value="1">1 h</option><option value="8">8 h</option><option value="24">1 d</option><option value="168">7 d</option></select></label><button>Silence</button></form>
        {{#notes}}<blockquote class="remark"><p>{{text}}</p><time class="dim" datetime="{{at.iso}}" title="{{at.ago}}">{{at.sentence}}</time></blockquote>{{/notes}}
        <form method="post" action="{{base}}/incidents/{{id}}/note" class="note"><label class="unseen" for="note">Note</label><input id="note" name="text" maxlength="500" placeholder="A note for colleagues" autocomplete="off"><button>Keep</button></form></div></section></div>
        <section class="card"><h2>Story</h2><ol class="timeline">{{#steps}}<li class="{{style}}"><time datetime="{{at.iso}}" title="{{at.ago}}">{{at.sentence}}</time><div><b>{{word}}</b> <span>{{headline}}</span></div></li>{{/steps}}</ol></section>
        <section class="card"><h2>Evidence</h2>{{^evidence}}<p class="empty">None was kept.</p>{{/evidence}}<ul class="evidence">{{#evidence}}<li><time datetime="{{at.iso}}">{{at.sentence}}</time><code>{{summary}}</code></li>{{/evidence}}</ul></section>
        <section class="card"><h2>Notifications</h2>{{^notices}}<p class="empty">Nobody was told.</p>{{/notices}}{{#hasNotices}}<table><thead><tr><th scope="col">Channel</th><th scope="col">Event</th><th scope="col">Delivery</th></tr></thead><tbody>{{#notices}}<tr><td>{{channel}}</td><td>{{event}}</td><td class="{{style}}">{{sign}} {{delivery}}</td></tr>{{/notices}}</tbody></table>{{/hasNotices}}</section>
        </div>
        {{/main}}{{/layout}}
        """
}
