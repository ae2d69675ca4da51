"""The same rows, summary and exit code on a cluster as on one machine, with trawl itself as the worker."""
import glob, json, os, pty, re, shutil, signal, subprocess, tempfile, threading, time, unittest
from spark import PATIENCE, Cluster, command, environment, marked, spark_home, until

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SETTINGS = ["spark.ui.enabled=false", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1", "spark.driver.memory=512m",
            "spark.executor.memory=512m", "spark.executor.cores=1", "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1",
            "spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1"]
RULES = ["run", "rules", "Tests/RulesTests/PublishedRules", "examples/queries", "--logs", "examples", "--rows"]
# How long rules took is no answer.
TIMES = re.compile(r"rules took [0-9.]+ [a-zµ]+")


def trawl(*words, mark="", seconds=600):
    done = subprocess.run([os.environ["TRAWL"], *words], cwd=ROOT, env={**environment(), "CLUSTER_EQUALITY": mark}, capture_output=True,
                          text=True, timeout=seconds)
    return done.returncode, done.stdout, TIMES.sub("", done.stderr)


def on_terminal(*words):
    """With a terminal for what is said beside the rows: how it ended, and all that was painted."""
    ours, theirs = pty.openpty()
    painted = []
    def read():
        try:
            while piece := os.read(ours, 65536): painted.append(piece)
        except OSError: pass  # it ends so
    thread = threading.Thread(target=read)
    thread.start()
    done = subprocess.run([os.environ["TRAWL"], *words], cwd=ROOT, env={**environment(), "TERM": "xterm"}, stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    thread.join()
    os.close(ours)
    return done, b"".join(painted).decode(errors="replace")


def spark(master, *more):
    words = ["--engine", "spark", "--master", master, "--spark-submit", os.path.join(spark_home(), "bin", "spark-submit")]
    for setting in [*SETTINGS, *more]: words += ["--spark-conf", setting]
    return words


def same(test, there, here):
    """What was said comes first: it tells why there are no rows."""
    test.assertEqual(there[2], here[2])
    test.assertEqual(there[1], here[1])
    test.assertEqual(there[0], here[0])


NO_FUNNELS = "\nthe page has no funnels: they count all rows at each stage, and the logs are with the cluster"


def without_funnels(page):
    """A page without what counts rows at each stage, beside the text of rules and in it."""
    page = re.sub(r"<details><summary>Funnel: .*?(?=<details><summary>Text of the rule)", "", page, flags=re.S)
    return re.sub(r'</?mark>|<span class="count">.*?</span>', "", TIMES.sub("", page))


class Equality(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="cluster-pages-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.here = trawl(*RULES, "--html", cls.page("here"))

    @classmethod
    def page(cls, name): return os.path.join(cls.folder, name)

    def check(self, words, master, *more):
        same(self, trawl(*words, *spark(master, *more)), trawl(*words))

    def test_rules_in_one_process(self):
        """With a page of them, for which the cluster is asked once more."""
        same(self, trawl(*RULES, "--html", self.page("there"), *spark("local[2]")), self.here)
        with open(self.page("here")) as file: here = file.read()
        with open(self.page("there")) as file: there = file.read()
        self.assertIn("Funnel: ", here)
        self.assertIn(NO_FUNNELS, there)
        self.assertEqual(without_funnels(there.replace(NO_FUNNELS, "")).splitlines(), without_funnels(here).splitlines())

    def test_damaged_logs(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(os.path.join(ROOT, "examples", "bursts"), os.path.join(folder, "bursts"))
            whole = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names if name.endswith(".gz")]
            with open(sorted(whole)[0], "r+b") as file: file.truncate(os.path.getsize(sorted(whole)[0]) // 2)
            with open(os.path.join(folder, "bursts", "broken.json"), "w") as file: file.write('{"Records":[{"eventName":"A","eventTime":')
            self.check(["query", "AWSCloudTrail | summarize count() by EventName, bin(TimeGenerated, 1h)", folder], "local[2]")

    def test_streamed_files(self):
        """Logs under an address that only Hadoop opens."""
        logs = os.path.realpath(os.path.join(ROOT, "examples", "bursts"))
        query = "AWSCloudTrail | summarize n = count(), arg_min(TimeGenerated, UserIdentityArn) by EventName | sort by EventName asc"
        here = trawl("query", query, logs)
        there = trawl("query", query, "viewfs://t/logs", *spark("local[2]", f"spark.hadoop.fs.viewfs.mounttable.t.link./logs=file://{logs}"))
        self.assertEqual(there[1], here[1])
        self.assertEqual(there[2].replace("viewfs://t/logs", logs), here[2])
        self.assertEqual(there[0], 0)

    def test_wrong_masters(self):
        for master, part in [("spark://127.0.0.1:9", "spark-no-master"), ("spork://x", "spark")]:
            start = time.monotonic()
            code, out, error = trawl("query", "AWSCloudTrail | take 1", "examples", *spark(master))
            self.assertLess(time.monotonic() - start, 60)
            self.assertEqual((code, out), (2, ""))
            self.assertIn(part, error)


    def test_what_is_told_on_the_way(self):
        """On a terminal: a line while the job runs, a note where one file holds all up, and the stages of a profile."""
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(os.path.join(ROOT, "examples", "bursts"), os.path.join(folder, "logs"))
            with open(os.path.join(folder, "places.csv"), "w") as file: file.write("network,country\n198.51.100.0/24,Here\n0.0.0.0/0,Elsewhere\n")
            with open(os.path.join(folder, "logs", "large.json.gz"), "wb") as file: file.truncate(80_000_000)
            query = "AWSCloudTrail | summarize n = count() by place = tostring(geo_info_from_ip_address(SourceIpAddress).country) | sort by n desc"
            words = ["query", query, os.path.join(folder, "logs"), "--geoip", os.path.join(folder, "places.csv"), "--format", "csv"]
            code, out, _ = trawl(*words)
            there, said = on_terminal(*words, "--profile", *spark("local[4]"))
            self.assertEqual((there.returncode, there.stdout), (code, out))
            self.assertIn("Elsewhere", out)
            self.assertIn("on the cluster: stage 1 of 2, ", said)
            self.assertNotIn("on the cluster", said.rpartition("\x1b[K")[2])
            self.assertIn(f"note: {folder}/logs/large.json.gz: one task reads its 80,000,000 of ", said)
            self.assertRegex(said, r"job and its stages +tasks +seconds +moved KiB\s+1 plan +\d+ +\d+\.\d+ +\d+\s+stage 0 ")

    def test_no_java(self):
        with tempfile.TemporaryDirectory() as folder:
            for place in ("/bin", "/usr/bin"):
                for name in os.listdir(place):
                    if "java" not in name and not os.path.lexists(os.path.join(folder, name)): os.symlink(os.path.join(place, name), os.path.join(folder, name))
            own = {**environment(), "PATH": folder}
            own.pop("JAVA_HOME", None)
            start = time.monotonic()
            done = subprocess.run([os.environ["TRAWL"], "query", "AWSCloudTrail | take 1", "examples", *spark("local[2]")], cwd=ROOT, env=own,
                                  capture_output=True, text=True)
            self.assertLess(time.monotonic() - start, PATIENCE)
            self.assertEqual((done.returncode, done.stdout), (2, ""))
            self.assertIn("error[spark-ended]", done.stderr)
            self.assertIn("Spark needs Java 17", done.stderr)

    def test_stopped(self):
        """Told to stop, it leaves no process and no file, whether workers run or Spark only starts."""
        def is_working(mark): return any(command(pid).endswith(b"\0worker\0") for pid in marked(mark))
        def is_starting(mark): return any(b"SparkSubmit" in command(pid) for pid in marked(mark))
        # Those that only start are told while there is nothing but their start; the others side by side.
        runs = []
        for number in (signal.SIGINT, signal.SIGHUP):
            runs.append(Stopping(number, is_starting))
            self.addCleanup(runs[-1].clear)
            runs[-1].stop()
        working = [Stopping(signal.SIGINT, is_working), Stopping(signal.SIGTERM, is_working)]
        for run in working: self.addCleanup(run.clear)
        threads = [threading.Thread(target=run.stop) for run in working]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        for run in runs + working:
            self.assertEqual((run.process.wait(PATIENCE), run.process.stdout.read()), (-run.signal, b""), run.said())
            until(lambda: not marked(run.mark))
            self.assertEqual(glob.glob(os.path.join(run.folder, "trawl-*")), [])

    def test_time_limit(self):
        """Whoever waits in vain for the cluster leaves nothing either."""
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run([os.environ["TRAWL"], "query", "AWSCloudTrail | take 1", "examples", "--timeout", "1s", *spark("local[2]")],
                                  cwd=ROOT, env={**environment(), "TMPDIR": folder, "CLUSTER_EQUALITY": folder}, capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stdout), (5, ""), done.stderr)
            until(lambda: not marked(f"CLUSTER_EQUALITY={folder}"))
            self.assertEqual(glob.glob(os.path.join(folder, "trawl-*")), [])


class Stopping:
    """A run that is told to stop once something is there of it."""

    def __init__(self, signal, is_there):
        self.signal, self.is_there = signal, is_there
        self.folder = tempfile.mkdtemp(prefix="cluster-stop-")
        self.mark = f"CLUSTER_EQUALITY={self.folder}"
        self.errors = open(os.path.join(self.folder, "errors"), "w+b")
        self.process = subprocess.Popen([os.environ["TRAWL"], *RULES, *spark("local[2]")], cwd=ROOT, stdout=subprocess.PIPE, stderr=self.errors,
                                        start_new_session=True, preexec_fn=self.hears,
                                        env={**environment(), "CLUSTER_EQUALITY": self.folder, "TMPDIR": self.folder})

    @staticmethod
    def hears():
        """What started these tests may ignore signals, as `nohup` does; whoever inherits that goes on ignoring them."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP): signal.signal(number, signal.SIG_DFL)

    def stop(self):
        until(lambda: self.is_there(self.mark) or self.process.poll() is not None)
        # As a terminal does, which tells all processes; others tell one.
        if self.signal == signal.SIGINT: os.killpg(self.process.pid, self.signal)
        else: self.process.send_signal(self.signal)

    def said(self):
        with open(self.errors.name, errors="replace") as file: return file.read()

    def clear(self):
        for pid in marked(self.mark): os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class StandaloneEquality(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cluster = Cluster(2)
        cls.addClassCleanup(cls.cluster.close)
        cls.here = trawl(*RULES)

    def check(self, there): same(self, there, self.here)

    def test_rules(self): self.check(trawl(*RULES, *spark(self.cluster.master)))

    def test_an_executor_that_is_killed(self):
        """It goes in the middle of the job, and the rows are the same."""
        found = {}
        thread = threading.Thread(target=lambda: found.update(there=trawl(*RULES, *spark(self.cluster.master, "spark.task.maxFailures=8"))))
        thread.start()
        workers = until(self.cluster.working)
        executors = self.cluster.running("CoarseGrainedExecutorBackend")
        self.assertTrue(executors)
        os.kill(executors[0], 9)
        for worker in workers:
            try: os.kill(worker, 9)
            except ProcessLookupError: pass
        thread.join()
        self.check(found["there"])
