// swift-format-ignore-file: LineLength

extension Templates {
    /// Pages behind signed links are seen without a password, so they show nothing but what the link is about.
    static let act = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>{{verb}}</title></head><body><main><h1>{{verb}}</h1>{{#incident}}<p>{{severity}}: {{headline}}</p>{{/incident}}<p>{{effect}}</p>{{#isGrave}}<p><strong>This is critical. Accept it only if you know that it is yours.</strong></p>{{/isGrave}}{{#path}}<form method="post" action="{{base}}{{path}}">{{#asksHours}}<label>for <select name="hours"><option value="1">1 h</option><option value="8">8 h</option><option value="24">1 d</option><option value="168">7 d</option></select></label> {{/asksHours}}<button>{{verb}}</button></form>{{/path}}{{#incident}}<p><a href="{{base}}/incidents/{{incident}}">The incident</a></p>{{/incident}}</main></body></html>
        """

    static let maintenance = """
        {{<layout}}{{$main}}
        <h1>Announced work</h1>
        <section class="card" data-live="rows">{{^rows}}<p class="empty">No work is announced here. What the configuration announces is in force too.</p>{{/rows}}
        {{#hasRows}}<table><thead><tr><th scope="col">What</th><th scope="col">By</th><th scope="col">Withdraw</th></tr></thead><tbody>{{#rows}}<tr><td>{{words}}</td><td>{{person}}</td><td><form method="post" action="{{base}}/maintenance/{{id}}/withdraw"><button>Withdraw</button></form></td></tr>{{/rows}}</tbody></table>{{/hasRows}}</section>
        <section class="card"><h2>Announce work</h2><form class="fields" method="post" action="{{base}}/maintenance"><label for="domain">Domain</label><input id="domain" name="domain" placeholder="empty for all" maxlength="255" autocomplete="off"><label for="from">From (UTC)</label><input id="from" name="from" placeholder="{{example}}" maxlength="40" required><label for="to">To (UTC)</label><input id="to" name="to" maxlength="40" required><label for="repeat">Repeat</label><input id="repeat" name="repeat" placeholder="FREQ=WEEKLY;BYDAY=SU" maxlength="500" autocomplete="off"><label for="zone">Time zone of the repetition</label><input id="zone" name="zone" placeholder="Europe/Berlin" maxlength="64" autocomplete="off"><label for="reason">Reason</label><input id="reason" name="reason" maxlength="500" autocomplete="off"><button>Announce</button></form></section>
        {{/main}}{{/layout}}
        """
}
