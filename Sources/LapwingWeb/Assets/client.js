"use strict";
// Times by the clocks of whoever reads them, in the language of the page, where the page does not know these clocks; and the page
// itself again after a while, where it says so.
(() => {
  const lines = document.querySelectorAll("[data-clocks]");
  if (lines.length > 0) {
    const form = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
    document.querySelectorAll("time[datetime]").forEach(time => {
      const moment = new Date(time.dateTime);
      if (!isNaN(moment)) time.textContent = form.format(moment);
    });
    lines.forEach(line => { line.textContent = line.dataset.clocks; });
  }
  const again = Number(document.body.dataset.again);
  if (again > 0) setTimeout(() => location.reload(), again * 1000);
})();
