"""Exim, a mail server that people run: STARTTLS with a login on one port, TLS from the start on another."""

import email
import email.policy
import os
import pwd
import subprocess
import tempfile

# Mail is taken over TLS and after a login only, and refused where a line is longer than RFC 5321 allows.
CONFIG = """\
exim_path = /usr/sbin/exim4
spool_directory = {directory}/spool
keep_environment =
log_file_path = {directory}/log-%s
pid_file_path = {directory}/pid
primary_hostname = relay.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = {starttls} : {tls}
tls_on_connect_ports = {tls}
tls_advertise_hosts = *
tls_certificate = {certificate}
tls_privatekey = {key}
auth_advertise_hosts = ${{if eq{{$tls_in_cipher}}{{}}{{}}{{*}}}}
host_lookup =
rfc1413_hosts =
deliver_drop_privilege
queue_run_in_order
acl_smtp_mail = mail
acl_smtp_rcpt = recipient
acl_smtp_data = data
begin acl
mail:
  deny message = TLS first
       condition = ${{if eq{{$tls_in_cipher}}{{}}}}
  accept authenticated = *
  deny message = log in first
recipient:
  deny message = nobody of that name
       recipients = gone@example.net
  defer message = not now
       recipients = later@example.net
       condition = ${{if exists{{{directory}/open}}{{no}}{{yes}}}}
  accept
data:
  deny message = a line of $max_received_linelength bytes
       condition = ${{if > {{$max_received_linelength}}{{998}}}}
  accept
begin routers
all:
  driver = accept
  transport = folder
begin transports
folder:
  driver = appendfile
  directory = {directory}/mail
  create_directory
  maildir_format
  delivery_date_add
  envelope_to_add
  return_path_add
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and {{{{eq{{$auth2}}{{{user}}}}}{{eq{{$auth3}}{{{password}}}}}}}}}
  server_set_id = $auth2
"""


class Relay:
    """Started in a namespace in which the caller is Exim's own user: it wants that, and drops no rights."""

    def __init__(self, pair, user, password, starttls, tls):
        self.directory = tempfile.mkdtemp(prefix="relay-")
        account = pwd.getpwnam("Debian-exim")
        for folder in ("spool", "mail"):
            os.mkdir(os.path.join(self.directory, folder))
        config = os.path.join(self.directory, "exim.conf")
        with open(config, "w") as file:
            file.write(CONFIG.format(directory=self.directory, starttls=starttls, tls=tls, certificate=pair[0], key=pair[1],
                                     user=user, password=password))
        os.chmod(config, 0o600)
        self.process = subprocess.Popen(
            ["unshare", "--user", f"--map-user={account.pw_uid}", f"--map-group={account.pw_gid}",
             "/usr/sbin/exim4", "-C", config, "-bdf", "-q5s"],
            stdout=subprocess.DEVNULL, stderr=open(os.path.join(self.directory, "errors"), "w"))

    def log(self):
        """What it says of its work and of its faults, for a test that fails."""
        text = ""
        for name in ("errors", "log-main", "log-panic", "log-reject"):
            try:
                with open(os.path.join(self.directory, name)) as file:
                    text += file.read()[-1500:]
            except FileNotFoundError:
                pass
        return text

    def mails(self, recipient=None):
        """What was delivered to somebody, or to anybody, in the order of its delivery, as Python's parser reads it."""
        folder = os.path.join(self.directory, "mail", "new")
        found = []
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            with open(os.path.join(folder, name), "rb") as file:
                found.append(file.read())
        read = [(email.message_from_bytes(raw, policy=email.policy.default), raw) for raw in found]
        return [(mail, raw) for mail, raw in read if recipient in (None, mail["envelope-to"])]

    def let_in(self):
        """From now on `later@example.net` is taken too."""
        with open(os.path.join(self.directory, "open"), "w"):
            pass

    def stop(self):
        self.process.terminate()
        self.process.wait()
