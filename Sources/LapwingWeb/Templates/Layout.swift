// swift-format-ignore-file: LineLength

extension Templates {
    /// The frame of every page.
    static let layout = """
        <!doctype html>
        <html lang="en"{{#theme}} data-theme="{{theme}}"{{/theme}}>
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{#trouble}}({{trouble}}) {{/trouble}}{{title}} · Lapwing</title>
        <link rel="stylesheet" href="{{base}}/static/{{sheet}}">
        <link rel="icon" href="{{base}}/static/{{icon}}" id="icon">
        <script src="{{base}}/static/{{script}}" defer></script>
        </head>
        <body data-base="{{base}}">
        <a class="skip" href="#main">Skip to the content</a>
        <header class="top">
        <a class="mark" href="{{base}}/"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 15c4-7 9-9 14-8l4-3-2 5c1 6-4 10-9 10 2-1 3-2 3-3-4 1-7 0-10-1z"/><path d="M15 7c-1-3 0-5 2-6"/></svg>Lapwing</a>
        <input type="checkbox" id="menu" class="unseen"><label class="menu" for="menu">Menu</label>
        <nav aria-label="Pages">{{#nav}}<a href="{{base}}{{path}}"{{#here}} aria-current="page"{{/here}}>{{name}}</a>{{/nav}}</nav>
        <form class="quick" action="{{base}}/check" method="get" role="search"><label><span class="unseen">Check any domain</span><input name="name" placeholder="Check a name" autocomplete="off" spellcheck="false" maxlength="255"></label></form>
        <p class="live" id="live" data-live-state>{{updated}}</p>
        <form class="theme" action="{{base}}/theme" method="post"><button name="theme" value="{{otherTheme}}" title="Change the colours">◐<span class="unseen"> {{otherTheme}} colours</span></button></form>
        </header>
        {{#alarm}}<p class="alarm" role="alert">{{alarm}}</p>
        {{/alarm}}<main id="main" tabindex="-1">
        {{$main}}{{/main}}
        </main>
        <footer><span>Lapwing {{version}}. Times are UTC; hold the pointer over one for yours.</span><details class="keys-help" id="keys"><summary>Keys</summary><span><kbd>j</kbd> <kbd>k</kbd> next, previous · <kbd>/</kbd> find · <kbd>?</kbd> this</span></details><span class="links"><a href="{{base}}/findings">What can be found</a> <a href="{{base}}/api">API</a> <a href="{{base}}/metrics">Metrics</a></span></footer>
        </body>
        </html>
        """
}
