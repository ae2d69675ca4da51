"""The processes of the driver program's tests: Spark's own, and a driver that is spoken to as the client does."""
import glob, json, os, queue, re, shutil, signal, socket, struct, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
DRIVER = os.path.join(HERE, "..", "..", "Sources", "TrawlCLI", "Cluster", "driver.py")
WORKER = os.path.join(HERE, "fake_worker.py")
# A test waits for nothing longer, on a busy machine too.
PATIENCE = 90


def environment():
    bin = os.path.dirname(sys.executable)
    return {**os.environ, "PATH": bin + os.pathsep + os.environ["PATH"], "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable,
            "SPARK_DAEMON_MEMORY": "256m", "SPARK_DAEMON_JAVA_OPTS": "-XX:TieredStopAtLevel=1"}


def spark_home():
    import pyspark
    return os.path.dirname(pyspark.__file__)


def alive(pid):
    """Whether a process is there and is no zombie."""
    try:
        with open(f"/proc/{pid}/stat") as file: return file.read().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError): return False


def command(pid):
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file: return file.read()
    except OSError: return b""


def parent(pid):
    with open(f"/proc/{pid}/stat") as file: return int(file.read().rpartition(")")[2].split()[1])


def marked(mark):
    """Processes whose environment has the mark: all that descends from what was started with it, orphans too."""
    found = []
    for path in glob.glob("/proc/[0-9]*/environ"):
        try:
            with open(path, "rb") as file: content = file.read()
        except OSError: continue
        pid = int(path.split("/")[2])
        if mark.encode() in content and alive(pid): found.append(pid)
    return found


def until(condition, seconds=PATIENCE):
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline: raise AssertionError("it did not happen in time")
        time.sleep(0.1)
    return value


class Driver:
    def __init__(self, master, *options, modules=""):
        """Modules: a folder where the driver's Python looks for more."""
        self.folder = tempfile.mkdtemp(prefix="cluster-driver-")
        self.mark = f"CLUSTER_TEST={self.folder}"
        self.log = open(os.path.join(self.folder, "stderr"), "w+")
        settings = ["spark.ui.enabled=false", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1",
                    "spark.driver.memory=1g", "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError",
                    "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1", *options]
        command = [os.path.join(spark_home(), "bin", "spark-submit"), "--master", master, "--deploy-mode", "client"]
        for setting in settings: command += ["--conf", setting]
        self.process = subprocess.Popen(
            [*command, DRIVER, self.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, text=True, encoding="utf-8",
            cwd=self.folder, start_new_session=True, env={**environment(), "CLUSTER_TEST": self.folder, "PYTHONPATH": modules})
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        self.progress = []

    def _read(self):
        for line in self.process.stdout: self.lines.put(line)
        self.lines.put(None)

    def send(self, **document):
        self.process.stdin.write(json.dumps(document, ensure_ascii=False) + "\n")
        self.process.stdin.flush()

    def next(self, seconds=PATIENCE):
        """The next answer that is no progress."""
        while True:
            try: line = self.lines.get(timeout=seconds)
            except queue.Empty: raise AssertionError("no answer in time:\n" + self.said()[-3000:]) from None
            if line is None: return None
            answer = json.loads(line)
            if "progress" not in answer: return answer
            self.progress.append(answer["progress"])

    def greet(self, worker=WORKER, patience=30, version=1):
        self.send(hello={"version": version, "worker": worker, "patience": patience})

    def hello(self, **how):
        self.greet(**how)
        return self.next()

    def job(self, *stages, results=()):
        self.begin(*stages, results=results)
        answer = self.next()
        return answer, self.frames()

    def begin(self, *stages, results=()):
        """Each stage has its order beside it."""
        written = []
        for number, (order, stage) in enumerate(stages):
            path = os.path.join(self.folder, f"{number}.json")
            with open(path, "w") as file: json.dump(order, file)
            written.append({"id": number, "order": path, **stage})
        self.progress = []
        self.send(job={"name": "words", "results": list(results), "resultFile": os.path.join(self.folder, "frames"), "stages": written})

    def frames(self):
        """Kind, exchange, bucket, ordinal and body of what the last job wrote."""
        found = []
        with open(os.path.join(self.folder, "frames"), "rb") as file:
            while header := file.read(32):
                _, _, kind, exchange, bucket, ordinal, length = struct.unpack("<4sHHiiqQ", header)
                found.append((kind, exchange, bucket, ordinal, file.read(length)))
        return found

    def said(self):
        with open(self.log.name, errors="replace") as file: return file.read()

    def processes(self): return marked(self.mark)

    def close(self):
        """Ends it as the client does; its status."""
        self.process.stdin.close()
        try: return self.process.wait(20)
        finally: self.remove()

    def remove(self):
        if self.process.poll() is None: self.process.kill()
        self.process.wait()
        for pid in self.processes(): os.kill(pid, signal.SIGKILL)
        self.reader.join(5)
        try: self.process.stdin.close()
        except BrokenPipeError: pass
        self.process.stdout.close()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Cluster:
    """A standalone master and workers on loopback, with ports that were free."""

    def __init__(self, workers):
        self.folder = tempfile.mkdtemp(prefix="cluster-spark-")
        self.processes = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.master = f"spark://127.0.0.1:{port}"
        try:
            self.start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
            until(lambda: re.search(r"I have been elected leader", self.said("master")))
            for number in range(workers):
                self.start(f"worker{number}", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "2",
                           "--memory", "2g", "--work-dir", os.path.join(self.folder, f"work{number}"), self.master)
        except BaseException:
            self.close()
            raise

    def start(self, name, *command):
        with open(os.path.join(self.folder, name), "w") as log:
            self.processes.append(subprocess.Popen(
                [os.path.join(spark_home(), "bin", "spark-class"), *command], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                cwd=self.folder, env={**environment(), "CLUSTER_TEST_SPARK": self.folder,
                                      "SPARK_CONF_DIR": self.logging()}))

    def running(self, name):
        """Processes below the workers whose command has the name."""
        return [pid for pid in marked(f"CLUSTER_TEST_SPARK={self.folder}") if name.encode() in command(pid)]

    def working(self):
        """Those that execute a task: one that is only asked for its version has more words."""
        return [pid for pid in self.running("trawl") if command(pid).endswith(b"worker\0")]

    def logging(self):
        """Where Spark is told to log what is waited for, which is no warning."""
        path = os.path.join(self.folder, "conf")
        os.makedirs(path, exist_ok=True)
        with open(os.path.join(path, "log4j2.properties"), "w") as file:
            file.write("rootLogger.level = info\nrootLogger.appenderRef.stderr.ref = console\nappender.console.type = Console\n"
                       "appender.console.name = console\nappender.console.target = SYSTEM_ERR\n"
                       "appender.console.layout.type = PatternLayout\nappender.console.layout.pattern = %m%n%ex\n")
        return path

    def said(self, name):
        with open(os.path.join(self.folder, name), errors="replace") as file: return file.read()

    def close(self):
        for process in reversed(self.processes): process.terminate()
        for process in self.processes:
            try: process.wait(10)
            except subprocess.TimeoutExpired: process.kill()
            process.wait()
        for pid in marked(f"CLUSTER_TEST_SPARK={self.folder}"): os.kill(pid, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)
