"""A PostgreSQL server and a pooler from Debian's packages, in a directory of their own on the lab's loopback."""

import glob
import os
import signal
import subprocess
import tempfile
import time

BINARIES = max(glob.glob("/usr/lib/postgresql/*/bin"), default="/usr/lib/postgresql/none/bin",
               key=lambda path: int(path.split("/")[-2]))
# PostgreSQL will not run as root, which is who we are in the lab: to itself it is user 1000, in a namespace of its own.
SOMEBODY = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
PASSWORD = "s3cret-pass"


def wait(question, seconds, what):
    end = time.monotonic() + seconds
    while not question():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.1)


class Server:
    """One server that takes passwords over TCP, with a database `lapwing` of a user of that name."""

    def __init__(self, port):
        self.port = port
        self.directory = tempfile.mkdtemp(prefix="lapwing-postgresql-")
        self.data = os.path.join(self.directory, "data")
        self.log = open(os.path.join(self.directory, "log"), "w")
        self.process = None
        self.control("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        with open(os.path.join(self.data, "pg_hba.conf"), "w") as file:
            file.write("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        self.start()
        self.sql(f"CREATE ROLE lapwing LOGIN PASSWORD '{PASSWORD}'", "postgres", "postgres")
        self.make("lapwing")

    def control(self, program, *arguments):
        done = subprocess.run([*SOMEBODY, f"{BINARIES}/{program}", "-D", self.data, *arguments], capture_output=True,
                              text=True, timeout=60)
        if done.returncode != 0:
            raise AssertionError(f"{program}: {done.stdout}{done.stderr}")

    def start(self):
        # Not without fsync: what is on the disk after a crash is what the cases ask for.
        self.process = subprocess.Popen(
            [*SOMEBODY, f"{BINARIES}/postgres", "-D", self.data, "-k", self.directory, "-p", str(self.port), "-c",
             "listen_addresses=127.0.0.1", "-c", "max_connections=40"], stdout=self.log, stderr=self.log)
        wait(self.is_ready, 60, "PostgreSQL")

    def is_ready(self):
        return subprocess.run([f"{BINARIES}/pg_isready", "-q", "-h", self.directory, "-p", str(self.port)]).returncode == 0

    def stop(self, mode="fast"):
        """`immediate` leaves everything as a crash does."""
        self.control("pg_ctl", "stop", "-m", mode, "-w")
        self.process.wait(30)

    def freeze(self, stops):
        """A server that takes connections and says nothing any more, or goes on."""
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        for process in [str(self.process.pid), *children]:
            os.kill(int(process), signal.SIGSTOP if stops else signal.SIGCONT)

    def sql(self, text, database="lapwing", user="lapwing"):
        done = subprocess.run(
            [f"{BINARIES}/psql", "-h", self.directory, "-p", str(self.port), "-U", user, "-qAt", "-v", "ON_ERROR_STOP=1",
             "-c", text, database], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise AssertionError(f"{text}: {done.stderr}")
        return done.stdout.strip()

    def make(self, database):
        self.sql(f"CREATE DATABASE {database} OWNER lapwing", "postgres", "postgres")
        return database

    def url(self, database="lapwing", password=PASSWORD, port=None):
        return f"postgresql://lapwing:{password}@127.0.0.1:{port or self.port}/{database}"


class Pooler:
    """pgbouncer in transaction mode before a server: each transaction may have another connection."""

    def __init__(self, server, port):
        self.port = port
        self.directory = tempfile.mkdtemp(prefix="lapwing-pooler-")
        with open(os.path.join(self.directory, "users"), "w") as file:
            file.write(f'"lapwing" "{PASSWORD}"\n')
        config = os.path.join(self.directory, "pgbouncer.ini")
        with open(config, "w") as file:
            file.write(f"""\
[databases]
* = host=127.0.0.1 port={server.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {self.directory}/users
pool_mode = transaction
default_pool_size = 3
server_lifetime = 5
""")
        self.log = open(os.path.join(self.directory, "log"), "w")
        self.process = subprocess.Popen([*SOMEBODY, "pgbouncer", config], stdout=self.log, stderr=self.log)
        environment = {**os.environ, "PGPASSWORD": PASSWORD}
        wait(lambda: subprocess.run(
            [f"{BINARIES}/psql", "-h", "127.0.0.1", "-p", str(port), "-U", "lapwing", "-qAt", "-c", "SELECT 1", "lapwing"],
            capture_output=True, env=environment).returncode == 0, 20, "pgbouncer")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
