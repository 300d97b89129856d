// swift-format-ignore-file: LineLength

extension Templates {
    static let channels = """
        {{<layout}}{{$main}}
        <h1>Channels</h1>
        {{^hasChannels}}<section class="card"><p class="empty">No channel is configured: nobody is told of anything. Name one under <code>channels</code> in lapwing.yml, for instance:</p><pre><code>channels:
          team: {mail: {url: "smtp://mail.example.com", from: lapwing@example.com, to: team@example.com}}</code></pre></section>{{/hasChannels}}
        <section class="card"><h2>What is told, and to whom</h2><div class="scroll" tabindex="0" role="region" aria-label="What is told"><table class="list cards"><thead><tr><th scope="col">Severity</th><th scope="col">What happened</th><th scope="col">Told</th></tr></thead><tbody>{{#told}}<tr><td><span class="pill {{style}}">{{sign}} {{severity}}</span></td><td>{{text}}</td><td data-head="Told">{{told}}</td></tr>{{/told}}</tbody></table></div>
        <p class="dim">What is inside a <a href="{{base}}/maintenance">maintenance window</a> is told as announced; what is <a href="{{base}}/silences">silenced</a> is told when that ends. Ends go where the beginning went. The page of each incident says what became of it at each channel.</p>
        {{#hasChannels}}<h3>Routes</h3><div class="scroll" tabindex="0" role="region" aria-label="Routes"><table class="list cards"><thead><tr><th scope="col">To</th><th scope="col">At once</th><th scope="col">Digest</th><th scope="col">Only</th><th scope="col">Then</th></tr></thead><tbody>{{#routes}}<tr><td><b>{{to}}</b></td><td data-head="At once">{{now}}</td><td data-head="Digest">{{digest}}</td><td data-head="Only">{{only}}</td><td data-head="Then">{{later}}</td></tr>{{/routes}}</tbody></table></div>{{/hasChannels}}</section>
        {{#channels}}<section class="card"><h2>{{name}} <span class="dim">{{kind}}</span></h2>
        <p><span class="pill {{deliveredStyle}}">{{delivered}} delivered</span> <span class="pill {{refusedStyle}}">{{refused}} refused</span> <span class="pill {{waitingStyle}}">{{waiting}} waiting</span>{{since}}</p>
        <form class="acts" method="post" action="{{base}}/channels/{{path}}/test"><button>Send a test over {{name}}</button></form>
        {{#tested}}<p role="status"><span class="pill {{style}}">{{sign}}</span> {{text}}</p>{{/tested}}
        {{#hasEntries}}<div class="scroll" tabindex="0" role="region" aria-label="Messages over {{name}}"><table><thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Delivery</th></tr></thead>
        <tbody>{{#entries}}<tr><td><time datetime="{{at.iso}}">{{at.sentence}}</time></td><td><a href="{{base}}/incidents/{{path}}">{{incident}}</a> {{title}}</td><td><span class="pill {{style}}">{{sign}}</span> {{delivery}}</td></tr>{{/entries}}</tbody></table></div>{{/hasEntries}}</section>
        {{/channels}}
        {{/main}}{{/layout}}
        """
}
