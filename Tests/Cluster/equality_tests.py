"""The same rows, summary and exit code on a cluster as on one machine, with trawl itself as the worker."""
import json, os, re, shutil, subprocess, tempfile, threading, time, unittest
from spark import Cluster, environment, marked, spark_home, until

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


def spark(master, *more):
    words = ["--engine", "spark", "--master", master, "--spark-submit", os.path.join(spark_home(), "bin", "spark-submit")]
    for setting in [*SETTINGS, *more]: words += ["--spark-conf", setting]
    return words


def same(test, there, here):
    """What was said comes first: it tells why there are no rows."""
    test.assertEqual(there[2], here[2])
    test.assertEqual(there[1], here[1])
    test.assertEqual(there[0], here[0])


class Equality(unittest.TestCase):
    maxDiff = 4000

    @classmethod
    def setUpClass(cls):
        cls.here = trawl(*RULES)

    def check(self, words, master, *more):
        here = self.here if words is RULES else trawl(*words)
        there = trawl(*words, *spark(master, *more))
        same(self, there, here)

    def test_rules_in_one_process(self): self.check(RULES, "local[2]")

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
