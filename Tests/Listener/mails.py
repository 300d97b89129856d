"""Reports that are mailed: in the language of each client, with the report itself as a file, and never with that of another."""

import email
import email.policy
import json
import os
import re
import shutil
import sqlite3
import sys

from aiosmtpd.controller import Controller

from harness import LAPWING, case, expect, expect_equal, main, wait_for
from listener import TREE, Listener
from ports import free_port

PERIOD = r"\d{4}-W\d\d"
# What stands in a mail in each language: subject, a figure, what the link is called, that there is a file.
WORDS = {
    "en": ("Domain report, week", "1 domain: resolved in 90.00 % of all checks", "The whole report: http", "The whole report is attached."),
    "de": ("Domain-Bericht, Kalenderwoche", "1 Domain: aufgelöst bei 90,00\u00a0% aller Abfragen", "Der vollständige Bericht: http", "Der vollständige Bericht ist angehängt."),
    "fr": ("Rapport sur les domaines, semaine", "résolution réussie dans 90,00\u202f% des contrôles", "Le rapport complet: http", "Le rapport complet est joint à ce message."),
    "es": ("Informe de dominios, semana", "resolución correcta en el 90,00\u00a0% de las comprobaciones", "El informe completo: http", "El informe completo va adjunto."),
    "pt": ("Relatório de domínios, semana", "resolução bem-sucedida em 90,00% das verificações", "O relatório completo: http", "O relatório completo está em anexo."),
    "ru": ("Отчёт о доменах, неделя", "разрешение успешно в 90,00\u00a0% проверок", "Полный отчёт: http", "Полный отчёт приложен к письму."),
}
TAGS = {code: code for code in WORDS} | {"pt": "pt-BR"}


class Box:
    """A relay that keeps what it takes."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append((envelope.rcpt_tos, envelope.content))
        return "250 kept"

    def reports(self):
        parsed = [(to, email.message_from_bytes(content, policy=email.policy.default)) for to, content in self.mails]
        return {to[0].split("@")[0]: mail for to, mail in parsed if "report-" in (mail["x-lapwing-incident"] or "")}


def config(port):
    """A client for each language, and one whose language the order says."""
    lines = ["resolvers: {silent: 127.0.0.1:9}", "root_hints: hints", "domains:"]
    lines += [f"  - {{name: {code}-shop.example, tags: [{code}]}}" for code in WORDS]
    lines += ["clients:"] + [f"  {code}: {{tags: [{code}], language: {code}}}" for code in WORDS]
    lines += ["channels:"] + [
        f"  {name}: {{mail: {{url: 'smtp://127.0.0.1:{port}', from: lapwing@example.com, to: [{name}@example.net]}}}}"
        for name in [*WORDS, "other", "all"]]
    lines += ["reports:"] + [f"  - {{client: {code}, every: week, to: {code}}}" for code in WORDS]
    lines += ["  - {client: de, every: week, to: other, language: ru}", "  - {every: week, to: all}"]
    return "\n".join(lines) + "\n"


def mailed(command=(), prepare=lambda listener: None):
    """The mails of a week that is over, by the part of their address before the @; `prepare` gets the listener before it runs."""
    box, port = Box(), free_port()
    relay = Controller(box, hostname="127.0.0.1", port=port)
    relay.start()
    listener = Listener(config(port), command=command, hints=". 3600000 NS a.root.\na.root. 3600000 A 127.0.0.9\n")
    prepare(listener)
    with listener:
        def noted():
            with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
                row = store.execute("SELECT value FROM memo WHERE key = 'reports'").fetchone()
                return json.loads(row[0]) if row else None

        wait_for(lambda: len(noted() or {}) == 8, 30, "the orders are not noted")
        with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
            week = re.fullmatch(PERIOD, next(iter(noted().values())))[0]
            first = store.execute("SELECT unixepoch('now') / 86400").fetchone()[0]
            for code in WORDS:
                for back in range(1, 15):
                    store.execute("INSERT OR REPLACE INTO day VALUES (?, ?, 10, 0, 9, 1, 10, 0, 10, 120, 10, 250, NULL, 1)",
                                  (first - back, f"{code}-shop.example."))
            store.execute("UPDATE memo SET value = ? WHERE key = 'reports'", (json.dumps({key: "2026-W01" for key in noted()}).encode(),))
        wait_for(lambda: len(box.reports()) == 8, 200, lambda: f"mails to {sorted(box.reports())}, {open(listener.file('log')).read()[-3000:]}")
        log = open(listener.file("log")).read()
    relay.stop()
    return week, box.reports(), log


def check(name, language, mail, week):
    """One mail in its language; its file."""
    subject, figure, link, remark = WORDS[language]
    expect_equal(mail.defects, [], "defects")
    expect(not any(part.defects for part in mail.walk()), "defects of a part")
    expect(mail["subject"].startswith(subject), f"{name}: {mail['subject']}")
    expect_equal(mail.get_content_type(), "multipart/mixed", name)
    plain, html = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
    for text in (link, remark) + ((figure,) if name != "all" else ()):
        expect(text in plain, f"{name}: {text} is not in {plain}")
    # The main figures and no lists: these are in the file.
    expect(len(plain.splitlines()) <= 12 and not re.search(r"^- ", plain, re.MULTILINE), plain)
    expect(f'<html lang="{TAGS[language]}" dir="ltr">' in html and remark in html, f"{name}: {html[:300]}")
    files = list(mail.iter_attachments())
    expect_equal(len(files), 1, f"{name}: files")
    expect_equal(files[0].get_content_disposition(), "attachment", name)
    owner = "report" if name == "all" else "de" if name == "other" else name
    expect(files[0].get_filename() in (f"{owner}-{week}.pdf", f"{owner}-{week}.html"), files[0].get_filename())
    return files[0]


def languages():
    return {code: code for code in WORDS} | {"other": "ru", "all": "en"}


@case
def each_client_gets_its_report_in_its_language_as_a_page_where_nothing_makes_a_pdf():
    # No program that makes one is found there.
    week, mails, log = mailed(["env", "PATH=/nowhere"])
    expect_equal(sorted(mails), sorted(languages()), "mails")
    for name, language in languages().items():
        file = check(name, language, mails[name], week)
        expect_equal((file.get_content_type(), file.get_content_charset()), ("text/html", "utf-8"), name)
        page = file.get_content()
        expect(page.startswith(f'<!doctype html><html lang="{TAGS[language]}"') and "http://127" not in page, page[:300])
        whole = mails[name].as_string() + page
        for other in WORDS:
            if name != "all" and other != (name if name != "other" else "de"):
                expect(f"{other}-shop.example" not in whole, f"{name} reads of {other}")
    expect("PDF" not in log, log[-2000:])


@case
def the_report_is_a_pdf_where_a_program_makes_one():
    expect(any(shutil.which(name) for name in ("weasyprint", "chromium", "chromium-browser", "google-chrome")), "apt install chromium")
    are_pdf(*mailed())


@case
def and_where_a_service_with_an_account_of_its_own_runs_it():
    """under the unit's filters, as nobody, without a home, with what the daemon lays aside by itself"""
    def prepare(listener):
        os.chmod(listener.directory, 0o777)
        # The tree may be in a folder that the account cannot enter.
        listener.program = shutil.copy(LAPWING, listener.directory)
        for name in os.listdir(listener.directory):
            os.chmod(listener.file(name), 0o755)
    unit = os.path.join(TREE, "contrib/systemd/lapwing.service")
    are_pdf(*mailed([sys.executable, os.path.join(TREE, "Tests/ServiceUnit/under_filter.py"), "--errors", unit,
                     "/usr/bin/env", "HOME=/nonexistent", "TMPDIR=/tmp"], prepare))


def are_pdf(week, mails, log):
    for name, language in languages().items():
        file = check(name, language, mails[name], week)
        expect_equal(file.get_content_type(), "application/pdf", f"{name}: {log[-2000:]}")
        data = file.get_content()
        expect(data.startswith(b"%PDF-") and b"%%EOF" in data[-64:] and 2000 < len(data) < 5 << 20, f"{name}: {len(data)} bytes")
    left = [entry for entry in os.listdir("/tmp") if entry.startswith("lapwing-report-")]
    expect_equal(left, [], "files that were left behind")


main()
