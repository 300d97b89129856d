"""What of an answer is compared, and where the exporter's head, which Lapwing follows, is known to differ from 0.23."""

import re

STAMP = re.compile(r"^ts=\S+ (caller=\S+ )?", re.M)
# Zero is told apart from any other duration: it says that a phase was not reached.
VOLATILE = re.compile(r"^(probe_duration_seconds|probe_dns_lookup_time_seconds|probe_dns_duration_seconds\{.*\}) .*$", re.M)
HEAD_ONLY = re.compile(r"^(# (HELP|TYPE) )?probe_timeout_seconds.*\n", re.M)
# The number of a message, and the port that the system chose for a socket.
NUMBER = re.compile(r"(, id: )\d+(\\n)")
DURATION = re.compile(r"duration_seconds=\S+")
# Reasons are in each library's own words.
REASON = re.compile(r' err=("(\\.|[^"\\])*"|\S+)')
# Types that 0.23 does not know by name.
NAMES = {"TYPE45": "IPSECKEY", "TYPE260": "AMTRELAY", "TYPE261": "RESINFO", "TYPE128": "NXNAME"}
NAMELESS = re.compile(r"\b(TYPE45|TYPE260|TYPE261|TYPE128)\b")
FLAGS = re.compile(r"flags: ; udp:")
VERSIONS = {"769": "TLS10", "770": "TLS11", "771": "TLS12", "772": "TLS13"}
VERSION = re.compile(r"^( *(?:min|max)_version: )(\d+)$", re.M)
MUST_BE_ZERO = re.compile(r"MBZ: 0x[0-9a-f]{4}, ")

# Faults that only the head finds when it reads a file, and keys and types that only the head knows.
HEAD_REFUSES = re.compile(r"prober '.*' is not valid|must be configured when a (cert|key) is", re.S)
HEAD_TAKES = re.compile(r"query type '(ISDN|NXT|IPSECKEY|AMTRELAY|RESINFO|NXNAME)' is not valid")


def head_text(answer):
    status, kind, body = answer
    body = HEAD_ONLY.sub("", VOLATILE.sub(lambda match: match[0] if match[0].endswith(" 0") else match[1] + " *", body))
    body = NUMBER.sub(r"\1*\2", DURATION.sub("duration_seconds=*", REASON.sub(" err=*", STAMP.sub("", body))))
    body = NAMELESS.sub(lambda match: NAMES[match[0]], body)
    # 0.23 shows versions of TLS as numbers.
    body = VERSION.sub(lambda match: match[1] + VERSIONS.get(match[2], match[2]), body)
    # A response code that 0.23 has no name for.
    body = body.replace("DSOTYPENI", "")
    return status, kind, MUST_BE_ZERO.sub("", FLAGS.sub("flags:; udp:", body))


def alike(theirs, ours):
    return theirs == ours


def file_reason(text, theirs, ours):
    """Whether the two versions of the exporter themselves differ about a file."""
    if theirs[0] == "200":
        return HEAD_REFUSES.search(ours[2]) is not None
    return HEAD_TAKES.search(theirs[2]) is not None
