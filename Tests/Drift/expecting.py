"""Each form of `expect`, asked live."""

import bind
from harness import expect, expect_equal, main
from place import Place, difference, fresh

place = Place()


def ask(expected, status):
    place.write("lapwing.yml", f"domains:\n  - name: example.test\n    expect: {{{expected}}}\n")
    return place.report("--config", "lapwing.yml", status=status)


FORMS = [
    ("www/A: [198.51.100.1]", None), ("www/A: [198.51.100.2]", "198.51.100.2"), ("www/A: 198.51.100.1", None),
    ("www/A: {exactly: 198.51.100.1, ttl: 12}", None), ("www/A: {exactly: 198.51.100.1, ttl: 60}", "a time to live of 60 s, not 12 s"),
    ("www/A: {any_of: [198.51.100.1, 198.51.100.2]}", None), ("www/A: {any_of: [198.51.100.2]}", "any of 198.51.100.2"),
    ("www/A: {within: 198.51.100.0/24}", None), ("www/A: {within: [192.0.2.0/24]}", "addresses within 192.0.2.0/24"),
    ("texts/TXT: {matching: 'f*t'}", None), ("texts/TXT: {matching: 'g*'}", "text like `g*`"),
    ("none/A: {absent: true}", None), ("www/AAAA: {absent: true}", None), ("www/A: {absent: true}", "no record"),
    ("www/A: {ttl: {min: 5, max: 1m}}", None), ("www/A: {ttl: {min: 1m}}", "a time to live of 60 to"),
    ("NS: {count: 2}", None), ("NS: {count: {min: 3}}", "3 or more records"), ("none/A: {count: {max: 3}}", "a record"),
]


@fresh
def each_form_with_what_is_so_and_what_is_not():
    for expected, fault in FORMS:
        report = ask(expected, 1 if fault else 0)
        expect_equal(report["status"], "drift" if fault else "same", f"{expected}: {report}")
        if fault:
            found = report["differences"][0]
            expect_equal(found["kind"], "unexpected", expected)
            expect(fault in found["text"] and "lapwing.yml:3" in found["text"], f"{expected}: {found['text']}")


@fresh
def the_change_is_one_of_the_configuration():
    found = difference(ask("www/A: [198.51.100.2]", 1), "www.example.test.", "A")
    expect_equal(found["change"], ['- expect: {"www/A": ["198.51.100.2"]}', '+ expect: {"www/A": ["198.51.100.1"]}'], "change")
    report = ask(found["change"][1].removeprefix("+ expect: {").removesuffix("}"), 0)
    expect_equal(report["differences"], [], "after the change")


@fresh
def check_finds_the_same():
    place.write("lapwing.yml", "domains:\n  - name: example.test\n    expect: {www/A: {within: 192.0.2.0/24}}\n")
    done = place.run("check", "example.test", "--config", "lapwing.yml", "--root-hints", bind.path("named.root"), "--resolver",
                     f"one={bind.RESOLVERS['one']}")
    expect("record.unexpected" in done.stdout and "Expected in lapwing.yml:3" in done.stdout, done.stdout + done.stderr)


@fresh
def every_mistake_has_its_place():
    place.write("lapwing.yml", """\
domains:
  - name: example.test
    expect:
      www/A: {any_of: [], within: 192.0.2.1/24}
      TXT: {matching: "*", count: 0}
      MX: {absent: true, ttl: 5m}
""")
    done = place.run("config", "check", "lapwing.yml")
    expect_equal(done.returncode, 78, done.stdout)
    for start in ("lapwing.yml:4:23: error:", "lapwing.yml:4:35: error:", "lapwing.yml:5:23: error:", "lapwing.yml:5:35: error:",
                  "lapwing.yml:6:31: error:"):
        expect(any(line.startswith(start) for line in done.stderr.splitlines()), f"{start}: {done.stderr}")


if __name__ == "__main__":
    bind.up()
    main()
