"use strict";
(() => {
  const base = document.body.dataset.base || "";
  const live = document.getElementById("live");
  const icon = document.getElementById("icon");
  const say = (text, on) => { if (live) { live.textContent = text; live.classList.toggle("on", on); } };
  // Times are UTC; the reader's own stands beside them.
  const times = root => root.querySelectorAll("time[datetime]").forEach(time => {
    const moment = new Date(time.dateTime);
    if (!isNaN(moment)) time.title = [time.title || time.textContent, moment.toLocaleString() + " (your time)"].filter((part, place, all) => all.indexOf(part) === place).join(" · ");
  });
  times(document);
  document.querySelectorAll("form.auto select").forEach(select => select.addEventListener("change", () => select.form.submit()));
  // Without this script each row is ticked by itself.
  const all = root => root.querySelectorAll("input.all").forEach(box => { box.hidden = false; });
  all(document);
  document.addEventListener("change", event => {
    if (event.target.matches("input.all")) event.target.form.querySelectorAll("td.tick input").forEach(box => { box.checked = event.target.checked; });
  });
  const more = document.getElementById("more");
  // Browsers may remember what was ticked on the page before.
  if (more) more.checked = false;
  addEventListener("click", event => { if (more && !event.target.closest(".top nav")) more.checked = false; });
  let waiting = false, last = 0;
  const refresh = async () => {
    waiting = false;
    last = Date.now();
    let page;
    try {
      const answer = await fetch(location.href, { headers: { "X-Lapwing-Live": "1" }, credentials: "same-origin" });
      if (!answer.ok) return;
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { return; }
    document.title = page.title;
    const fresh = page.getElementById("icon");
    if (fresh && icon && fresh.href !== icon.href) icon.href = fresh.href;
    for (const part of page.querySelectorAll("[data-live]")) {
      const old = document.querySelector(`[data-live="${CSS.escape(part.dataset.live)}"]`);
      times(part);
      if (!old || old.innerHTML === part.innerHTML || old.querySelector(".confirm[open], td.tick :checked") || old.contains(document.activeElement) && /INPUT|SELECT|TEXTAREA/.test(document.activeElement.tagName)) continue;
      const open = [...old.querySelectorAll("details")].map(d => d.open);
      const held = document.activeElement && old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      old.innerHTML = part.innerHTML;
      all(old);
      old.querySelectorAll("details").forEach((d, i) => { if (open[i] !== undefined) d.open = open[i]; });
      if (held) old.querySelector(`[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
      old.classList.remove("fresh");
      void old.offsetWidth;
      old.classList.add("fresh");
    }
  };
  const soon = () => {
    if (waiting || document.hidden) { waiting = waiting || false; return; }
    waiting = true;
    setTimeout(refresh, Math.max(50, 1000 - (Date.now() - last)));
  };
  if (window.EventSource && document.querySelector("[data-live]")) {
    const events = new EventSource(base + "/api/v1/events");
    events.onopen = () => say("live", true);
    events.onerror = () => say("connecting again", false);
    events.addEventListener("incident", soon);
    events.addEventListener("change", soon);
    events.addEventListener("state", soon);
    addEventListener("pagehide", () => events.close());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) soon(); });
  }
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
    if (event.key === "Escape" && more) { more.checked = false; return; }
    const rows = [...document.querySelectorAll("main a.name, .incidents div > a")];
    const place = rows.indexOf(document.activeElement);
    if (event.key === "j" && rows.length) rows[Math.min(place + 1, rows.length - 1)].focus();
    else if (event.key === "k" && rows.length) rows[Math.max(place - 1, 0)].focus();
    else if (event.key === "?") { const keys = document.getElementById("keys"); if (keys) { keys.open = !keys.open; keys.scrollIntoView(); } }
    else if (event.key === "/") (document.getElementById("q") || document.querySelector(".quick input"))?.focus();
    else return;
    event.preventDefault();
  });
})();
