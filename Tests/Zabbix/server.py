"""A Zabbix server with its database and its API, from Debian's packages, in a directory of its own on the lab's loopback."""

import glob
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request

DATABASE = max(glob.glob("/usr/lib/postgresql/*/bin"))
API = "http://127.0.0.1:8980/api_jsonrpc.php"
# PostgreSQL will not run as root, which is who we are in the lab: to itself it is user 1000, in a namespace of its own.
SOMEBODY = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


class Zabbix:
    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="zabbix-")
        self.processes = []
        self.token = None

    def path(self, *parts):
        return os.path.join(self.directory, *parts)

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        return self.path(name)

    def begin(self, name, *command):
        log = open(self.path(name + ".log"), "w")
        self.processes.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=self.directory))

    def start(self):
        data = self.path("data")
        subprocess.run([*SOMEBODY, f"{DATABASE}/initdb", "-D", data, "-U", "zabbix", "-A", "trust", "-E", "UTF8", "--no-sync",
                        "--locale=C.UTF-8"], check=True, capture_output=True)
        self.begin("postgres", *SOMEBODY, f"{DATABASE}/postgres", "-D", data, "-c", "fsync=off", "-c", "full_page_writes=off",
                   "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.directory}")
        self.wait(lambda: subprocess.run([f"{DATABASE}/pg_isready", "-q", "-h", self.directory]).returncode == 0, 30, "postgres")
        self.sql("CREATE DATABASE zabbix", "postgres")
        for part in ("schema", "images", "data"):
            subprocess.run(f"zcat /usr/share/zabbix-server-pgsql/{part}.sql.gz | {DATABASE}/psql -q -v ON_ERROR_STOP=1 "
                           f"-h {self.directory} -U zabbix zabbix", shell=True, check=True, capture_output=True)
        config = self.write("server.conf", f"""\
LogFile={self.path("server.log")}
PidFile={self.path("server.pid")}
SocketDir={self.directory}
DBHost={self.directory}
DBName=zabbix
DBUser=zabbix
AllowRoot=1
ListenIP=127.0.0.1
CacheUpdateFrequency=2
StartPollers=4
StartPreprocessors=1
StartDBSyncers=1
""")
        self.begin("zabbix", "zabbix_server", "-f", "-c", config)
        # Debian's frontend reads its configuration from /etc; a copy of it reads one of its own.
        shutil.copytree("/usr/share/zabbix", self.path("frontend"), symlinks=False, ignore_dangling_symlinks=True)
        place = self.path("frontend/include/classes/core/CConfigFile.php")
        with open(place) as file:
            code = file.read().replace("/etc/zabbix/zabbix.conf.php", self.path("zabbix.conf.php"))
        self.write("frontend/include/classes/core/CConfigFile.php", code)
        self.write("zabbix.conf.php", f"""<?php
$DB['TYPE'] = 'POSTGRESQL'; $DB['SERVER'] = '{self.directory}'; $DB['PORT'] = '0'; $DB['DATABASE'] = 'zabbix';
$DB['USER'] = 'zabbix'; $DB['PASSWORD'] = ''; $DB['SCHEMA'] = ''; $DB['ENCRYPTION'] = false; $DB['DOUBLE_IEEE754'] = true;
$ZBX_SERVER = '127.0.0.1'; $ZBX_SERVER_PORT = '10051'; $ZBX_SERVER_NAME = ''; $IMAGE_FORMAT_DEFAULT = IMAGE_FORMAT_PNG;
""")
        self.begin("frontend", "php", "-d", "date.timezone=UTC", "-d", "memory_limit=256M", "-S", "127.0.0.1:8980", "-t",
                   self.path("frontend"))
        self.wait(lambda: self.call("apiinfo.version"), 30, "frontend")
        self.token = self.call("user.login", username="Admin", password="zabbix")

    def wait(self, question, seconds, name):
        end = time.monotonic() + seconds
        while True:
            try:
                if question():
                    return
            except OSError:
                pass
            if time.monotonic() > end:
                raise AssertionError(f"{name} does not come up: " + open(self.path(name + ".log")).read()[-2000:])
            time.sleep(0.3)

    def sql(self, text, database="zabbix"):
        return subprocess.run([f"{DATABASE}/psql", "-q", "-At", "-h", self.directory, "-U", "zabbix", "-c", text, database],
                              check=True, capture_output=True, text=True).stdout

    def call(self, method, **parameters):
        body = {"jsonrpc": "2.0", "method": method, "params": parameters, "id": 1, "auth": self.token}
        request = urllib.request.Request(API, json.dumps(body).encode(), {"Content-Type": "application/json-rpc"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            reply = json.load(answer)
        if "error" in reply:
            raise AssertionError(f"{method}: {reply['error'].get('message')} {reply['error'].get('data')}")
        return reply["result"]

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
        shutil.rmtree(self.directory, ignore_errors=True)
