"use strict";
// Times by the clocks of whoever reads them, in the language of the page.
(() => {
  const form = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  document.querySelectorAll("time[datetime]").forEach(time => {
    const moment = new Date(time.dateTime);
    if (!isNaN(moment)) time.textContent = form.format(moment);
  });
  document.querySelectorAll("[data-clocks]").forEach(line => { line.textContent = line.dataset.clocks; });
})();
