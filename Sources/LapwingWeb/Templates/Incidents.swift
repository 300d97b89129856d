// swift-format-ignore-file: LineLength

extension Templates {
    static let incidents = """
        {{<layout}}{{$main}}
        <h1>Incidents</h1>
        <nav class="tabs" aria-label="Which incidents">{{#tabs}}<a href="{{base}}{{path}}"{{#here}} aria-current="page"{{/here}}>{{word}}</a>{{/tabs}}</nav>
        <form class="filter auto" method="get" action="{{base}}/incidents" role="search">{{#openOnly}}<input type="hidden" name="state" value="open">{{/openOnly}}<label class="unseen" for="domain">Domain</label><input id="domain" name="domain" value="{{domainText}}" placeholder="Of one domain" maxlength="255" autocomplete="off" spellcheck="false"><label class="unseen" for="severity">Severity</label><select id="severity" name="severity">{{#levels}}<option value="{{value}}"{{#selected}} selected{{/selected}}>{{word}}</option>{{/levels}}</select><button>Show</button></form>
        {{#fault}}<p class="error">✕ {{fault}}</p>{{/fault}}
        <section class="card" data-live="rows">
        {{^rows}}<p class="empty">{{empty}}</p>{{/rows}}
        <ul class="incidents">{{#rows}}<li class="{{style}}{{#closed}} closed{{/closed}}"><span class="pill {{#closed}}idle{{/closed}}{{^closed}}{{style}}{{/closed}}">{{#closed}}✓ Over{{/closed}}{{^closed}}{{sign}} {{severity}}{{/closed}}</span><div><a href="{{base}}/incidents/{{id}}">{{headline}}</a>{{#isShared}}<details><summary>{{cause}}: {{count}} domains</summary><ul class="members">{{#members}}<li><a href="{{base}}/incidents/{{id}}">{{domain}}</a></li>{{/members}}</ul></details>{{/isShared}}<p class="dim"><a href="{{base}}/domains/{{domainPath}}">{{domain}}</a> · {{class}} · <time datetime="{{since.iso}}" title="{{since.sentence}}">{{since.ago}}</time>{{#closed}} · {{severity}}, over after {{lasted}}{{/closed}}{{#accepted}} · accepted{{/accepted}}</p></div></li>{{/rows}}</ul>
        </section>
        {{#next}}<nav class="pages"><a rel="next" href="{{base}}{{next}}">Earlier ones →</a></nav>{{/next}}
        {{/main}}{{/layout}}
        """

    static let incident = """
        {{<layout}}{{$main}}
        <div data-live="story">
        <p class="crumb"><a href="{{base}}/incidents">Incidents</a> / <a href="{{base}}/domains/{{domainPath}}">{{domain}}</a></p>
        <div class="title"><h1 class="long">{{headline}}</h1><span class="pill big {{pillStyle}}">{{pill}}</span></div>
        <p class="dim">{{class}} · <a href="{{base}}/findings/{{code}}">{{code}}</a> · {{id}} · first seen <time datetime="{{since.iso}}">{{since.sentence}}</time>{{#closed}} · over since {{sentence}}{{/closed}}{{^closed}} · still open{{/closed}}{{#accepted}} · accepted by {{accepted}}{{/accepted}}{{#acknowledged}} · acknowledged by {{acknowledged}}{{/acknowledged}}</p>
        {{#recovering}}<p class="banner good"><span>↩ Put back: as before since <time datetime="{{since.iso}}">{{since.sentence}}</time>{{#until}}; it is watched until {{sentence}}, because caches may still have the other value{{/until}}.</span></p>{{/recovering}}
        {{#silences}}<div class="banner" role="note"><span>Silenced: {{what}}, until <time datetime="{{until.iso}}">{{until.sentence}}</time>{{#reason}} ({{reason}}){{/reason}}. The incident is kept, nobody is told.</span><form method="post" action="{{base}}/silences/{{number}}/end"><button>End now</button></form></div>{{/silences}}
        {{#advice}}<section class="card advice"><h2>What to do</h2><p>{{advice}}</p>{{#check}}<h3>Look for yourself</h3><pre><code>{{check}}</code></pre>{{/check}}</section>{{/advice}}
        <div class="columns"><section class="card"><h2>What is known</h2>{{#facts}}<p>{{.}}</p>{{/facts}}{{#grounds}}<h3>Why this verdict</h3><ul>{{#list}}<li>{{.}}</li>{{/list}}</ul>{{/grounds}}{{#isNot}}<h3>What it is not</h3><p>{{isNot}}</p>{{/isNot}}{{^advice}}{{#check}}<h3>Look for yourself</h3><pre><code>{{check}}</code></pre>{{/check}}{{/advice}}</section>
        <section class="card"><h2>Changes</h2>{{^changes}}<p class="empty">No record changed.</p>{{/changes}}{{#changes}}<div class="diff"><b>{{what}}</b>{{#old}}<del>{{.}}</del>{{/old}}{{#new}}<ins>{{.}}</ins>{{/new}}{{#seen}}<span class="dim">seen by {{seen}}</span>{{/seen}}</div>{{/changes}}
        {{#isOpen}}<h2>Decide</h2><div class="acts stacked">
        <form method="post" action="{{base}}/incidents/{{id}}/acknowledge"><label for="by">I see to it:</label><input id="by" name="by" maxlength="60" placeholder="Your name" autocomplete="name"><label>for <select name="hours"><option value="1">1 h</option><option value="4" selected>4 h</option><option value="24">1 d</option><option value="168">7 d</option></select></label><button>Acknowledge</button></form>
        <form method="post" action="{{base}}/incidents/{{id}}/silence"><label>Silence {{class}} of {{domain}} for <select name="hours"><option value="1">1 h</option><option value="8">8 h</option><option value="24">1 d</option><option value="168">7 d</option></select></label><button>Silence</button></form>
        {{#acceptable}}<details class="confirm"><summary>Accept as the new normal …</summary><form method="post" action="{{base}}/incidents/{{id}}/accept"><p>From now on this is normal, and the incident ends: {{normal}}</p>{{#isGrave}}<label class="check"><input type="checkbox" name="sure" value="yes" required> It is critical, and I know that it is ours.</label>{{/isGrave}}<label class="unseen" for="accept-by">Your name</label><input id="accept-by" name="by" maxlength="60" placeholder="Your name" autocomplete="name"><button>Accept</button></form></details>{{/acceptable}}
        {{#isFault}}<p class="dim">This is a fault, not a change: it cannot be accepted and ends when it is mended.</p>{{/isFault}}</div>{{/isOpen}}
        {{#notes}}<blockquote class="remark"><p>{{text}}</p><time class="dim" datetime="{{at.iso}}" title="{{at.ago}}">{{at.sentence}}</time></blockquote>{{/notes}}
        <form method="post" action="{{base}}/incidents/{{id}}/note" class="acts note"><label class="unseen" for="note">Note</label><input id="note" name="text" maxlength="500" placeholder="A note for colleagues" autocomplete="off"><button>Add note</button></form></section></div>
        {{#help}}<section class="card prose" id="help"><p class="dim">From the page about <a href="{{base}}/findings/{{code}}">{{code}}</a></p>{{>prose}}</section>{{/help}}
        <section class="card"><h2>Story</h2><ol class="timeline">{{#steps}}<li class="{{style}}"><time datetime="{{at.iso}}" title="{{at.ago}}">{{at.sentence}}</time><div><b>{{word}}</b> <span>{{headline}}</span></div></li>{{/steps}}{{#recovering}}<li class="good"><time datetime="{{since.iso}}" title="{{since.ago}}">{{since.sentence}}</time><div><b>Put back</b> <span>All that it tells of is as before.</span></div></li>{{/recovering}}{{#acts}}<li class="idle"><time datetime="{{at.iso}}" title="{{at.ago}}">{{at.sentence}}</time><div><b>By people</b> <span>{{text}}</span></div></li>{{/acts}}</ol></section>
        {{#cause}}<section class="card"><h2>{{count}} domains share this cause</h2><p>{{name}}</p><ul class="evidence">{{#domains}}<li><span class="pill {{style}}">{{word}}</span>{{#here}}<b>{{domain}}</b>{{/here}}{{^here}}<a href="{{base}}/incidents/{{id}}">{{domain}}</a>{{/here}}</li>{{/domains}}</ul>{{more}}</section>{{/cause}}
        <section class="card"><h2>Evidence</h2>{{^evidence}}<p class="empty">None was kept.</p>{{/evidence}}<ul class="evidence">{{#evidence}}<li><time datetime="{{at.iso}}">{{at.sentence}}</time><code>{{summary}}</code></li>{{/evidence}}</ul></section>
        <section class="card"><h2>Notifications</h2>{{^notices}}<p class="empty">Nothing was sent.</p>{{/notices}}{{#notices}}<h3>{{event}}</h3><ul class="plain">{{#entries}}<li><span>{{channel}}</span> <span class="{{style}}">{{sign}} {{delivery}}</span></li>{{/entries}}</ul>{{/notices}}<h3>Who was told, and why others were not</h3>{{^reasons}}<p class="empty">Not decided yet.</p>{{/reasons}}<ul class="evidence">{{#reasons}}<li><time datetime="{{at.iso}}">{{at.sentence}}</time><span>{{event}}: {{text}}</span></li>{{/reasons}}</ul></section>
        </div>
        {{/main}}{{/layout}}
        """
}
