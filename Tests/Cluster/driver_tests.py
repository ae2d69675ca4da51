"""Tests of the driver program, with a small worker in place of trawl."""
import ast, collections, gzip, json, os, shutil, signal, socket, subprocess, sys, tempfile, time, unittest
from spark import DRIVER, PATIENCE, Cluster, Driver, alive, command, parent, until

BLOCK, REPORT, FAILURE = 4, 5, 6
# Half of the cluster that the tests start.
TWO_SLOTS = ["spark.executor.memory=512m", "spark.executor.cores=1", "spark.cores.max=2"]
# Prints to what the driver's Python takes for its output, again and again, after the driver has put that aside.
STRAY = """
import os, threading, time
def chatter():
    first = os.fstat(1).st_ino
    while os.fstat(1).st_ino == first: time.sleep(0.01)
    while True:
        print("stray from print", flush=True)
        os.write(1, b"stray from write\\n")
        time.sleep(0.3)
if "PYSPARK_GATEWAY_PORT" in os.environ: threading.Thread(target=chatter, daemon=True).start()
"""


def write(path, content):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file: file.write(content)


def named(path, is_streamed=False, size=None):
    return {"path": path, "size": os.path.getsize(path) if size is None else size, "isStreamed": is_streamed}


def words(frames, exchange):
    total = collections.Counter()
    for kind, at, _, _, body in frames:
        if kind == BLOCK and at == exchange: total.update(json.loads(body))
    return dict(total)


def reports(frames): return [json.loads(body) for kind, _, _, _, body in frames if kind == REPORT]


class Folder(unittest.TestCase):
    """Files of words: the one with number n has n + 1 times `all` and `word<n>`."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="cluster-words-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.paths = [os.path.join(cls.folder, "logs", f"{number}.txt") for number in range(8)]
        for number, path in enumerate(cls.paths): write(path, b"all word%d " % number * (number + 1))
        cls.expected = {"all": 36, **{f"word{number}": number + 1 for number in range(8)}}

    def tasks(self): return {"tasks": [{"files": [named(path) for path in self.paths[start:start + 2]]} for start in range(0, 8, 2)]}

    def new_path(self): return os.path.join(tempfile.mkdtemp(dir=self.folder), "mark")

    def one_task(self, **trouble):
        """A job of one task and what is told of it."""
        return self.driver.job(({"exchange": 3, "buckets": 1, "trouble": trouble}, {"tasks": [{"files": [named(self.paths[0])]}]}), results=[3])


class Stages:
    """What is the same on one machine and on a cluster."""

    def test_stages(self):
        answer, frames = self.driver.job(
            ({"exchange": 3, "buckets": 4}, self.tasks()), ({"exchange": 4, "buckets": 2}, {"buckets": 4, "reads": [3]}),
            ({"exchange": 7, "buckets": 1}, {"buckets": 2, "reads": [4]}), results=[7])
        done = answer["done"]
        self.assertEqual([(stage["id"], stage["tasks"]) for stage in done["stages"]], [(0, 4), (1, 4), (2, 2)])
        self.assertGreater(done["shuffledBytes"], 0)
        self.assertEqual(words(frames, 7), self.expected)
        self.assertEqual({exchange for kind, exchange, *_ in frames if kind == BLOCK}, {7})
        self.assertEqual([(report["stage"], report["task"], report["bucket"]) for report in reports(frames)],
                         [(0, n, None) for n in range(4)] + [(1, n, n) for n in range(4)] + [(2, n, n) for n in range(2)])
        self.assertEqual([line for line in self.driver.progress if line["done"] == line["of"]],
                         [{"stage": 0, "done": 4, "of": 4}, {"stage": 1, "done": 4, "of": 4}, {"stage": 2, "done": 2, "of": 2}])

    def test_killed_worker(self):
        stages = [({"exchange": 3, "buckets": 4}, self.tasks()), ({"exchange": 7, "buckets": 1}, {"buckets": 4, "reads": [3]})]
        _, expected = self.driver.job(*stages, results=[7])
        for order, _ in stages: order["trouble"] = {"kind": "killed", "task": 2, "once": self.new_path()}
        answer, frames = self.driver.job(*stages, results=[7])
        self.assertIn("done", answer)
        self.assertEqual(frames, expected)

    def test_failure(self):
        runs = self.new_path()
        answer, frames = self.driver.job(
            ({"exchange": 3, "buckets": 4, "runs": runs, "trouble": {"kind": "failure", "task": 1}}, self.tasks()),
            ({"exchange": 7, "buckets": 1, "runs": runs}, {"buckets": 4, "reads": [3]}), results=[7])
        self.assertEqual([stage["id"] for stage in answer["done"]["stages"]], [0])
        self.assertEqual([body for kind, *_, body in frames if kind == FAILURE], [b'{"task": 1}'])
        with open(runs) as file: self.assertEqual(sorted(file.read().split()), ["0", "1", "2", "3"])

    def test_list(self):
        answer = self.listed(self.folder + "/logs", self.folder + "/none")
        self.assertEqual([file["path"] for file in answer["files"]], self.paths)
        self.assertEqual([file["size"] for file in answer["files"]], [os.path.getsize(path) for path in self.paths])
        self.assertEqual([file["modified"] // 1000 for file in answer["files"]], [int(os.path.getmtime(path)) for path in self.paths])
        self.assertEqual([file["path"] for file in answer["unreadable"]], [self.folder + "/none"])

    def listed(self, *paths):
        self.driver.send(list={"paths": paths})
        return self.driver.next()["listed"]


class LocalTests(Stages, Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        write(os.path.join(cls.folder, "modules", "sitecustomize.py"), STRAY.encode())
        # Another scheme than file: without a server.
        cls.driver = Driver("local[2]", f"spark.hadoop.fs.viewfs.mounttable.t.link./logs=file://{cls.folder}/streams",
                            modules=os.path.join(cls.folder, "modules"))
        cls.addClassCleanup(cls.driver.remove)
        cls.ready = cls.driver.hello(patience=PATIENCE)

    def test_ready(self):
        import pyspark
        self.assertEqual(self.ready, {"ready": {"spark": pyspark.__version__, "master": "local[2]", "slots": 2}})

    def test_order_of_frames(self):
        _, frames = self.driver.job(({"exchange": 3, "buckets": 3}, self.tasks()), results=[3])
        self.assertEqual(words(frames, 3), self.expected)
        # Of each task its blocks as it wrote them, then its report.
        task, places = 0, []
        for kind, _, bucket, ordinal, body in frames:
            if kind == BLOCK: places.append((bucket, ordinal))
            else:
                self.assertEqual(json.loads(body)["task"], task)
                self.assertEqual(places, sorted(places))
                self.assertTrue(places)
                task, places = task + 1, []
        self.assertEqual(task, 4)

    def test_streamed_files(self):
        names = ["2.txt", "10.txt", "1.gz", "a b,c.txt", "{open,.txt", "*?[x]^.txt", "ä\u65e5.txt", "back\\slash.txt", "%20+&.txt"]
        for number, name in enumerate(names):
            content = b"all word%d " % number * (number + 1)
            write(os.path.join(self.folder, "streams/day", name), gzip.compress(content) if name.endswith("gz") else content)
        write(os.path.join(self.folder, "streams/day/empty.txt"), b"")
        write(os.path.join(self.folder, "streams/_SUCCESS"), b"")
        write(os.path.join(self.folder, "streams/_hidden.txt"), b"all")
        listed = self.listed("viewfs://t/logs")
        self.assertEqual([file["path"] for file in listed["unreadable"]], ["viewfs://t/logs/_hidden.txt"])
        paths = {file["path"].rpartition("/")[2]: file for file in listed["files"]}
        self.assertEqual(sorted(paths), sorted([*names, "empty.txt"]))
        streamed = [{"path": paths[name]["path"], "size": paths[name]["size"], "isStreamed": True} for name in [*names, "empty.txt"]]
        # With and without such files in a task, in an order that is not that of names, and beside files that are only named.
        tasks = [streamed[3:1:-1] + [streamed[-1]], [named(self.paths[0])], [], [streamed[0], named(self.paths[1]), streamed[1]], streamed[4:-1]]
        answer, frames = self.driver.job(({"exchange": 3, "buckets": 1}, {"tasks": [{"files": files} for files in tasks]}), results=[3])
        self.assertIn("done", answer)
        self.assertEqual([report["sent"] for report in reports(frames)], [[0, 1, 2], [], [], [0, 2], [0, 1, 2, 3, 4]])
        expected = {f"word{number}": number + 1 for number in range(len(names))}
        for number in range(2): expected[f"word{number}"] += number + 1
        self.assertEqual(words(frames, 3), {"all": 45 + 3, **expected})

    def test_only_empty_streamed_files(self):
        files = [{"path": "viewfs://t/logs/none", "size": 0, "isStreamed": True}]
        _, frames = self.driver.job(({"exchange": 3, "buckets": 1}, {"tasks": [{"files": files}, {"files": files * 2}]}))
        self.assertEqual([report["sent"] for report in reports(frames)], [[0], [0, 1]])

    def test_streamed_file_that_went_away(self):
        files = [{"path": "viewfs://t/logs/gone.txt", "size": 7, "isStreamed": True}]
        answer, _ = self.driver.job(({"exchange": 3, "buckets": 1}, {"tasks": [{"files": files}]}))
        self.assertEqual(answer["error"]["id"], "job-failed")
        self.assertIn("gone.txt", answer["error"]["message"])

    def test_task_without_blocks(self):
        answer, frames = self.driver.job(({"exchange": 3, "buckets": 1}, self.tasks()), ({"exchange": 4, "buckets": 1}, {"buckets": 3, "reads": [3]}),
                                         ({"exchange": 5, "buckets": 1}, {"buckets": 2, "reads": [99]}))
        self.assertEqual([report["blocks"] > 0 for report in reports(frames)[4:]], [True, False, False, False, False])
        self.assertEqual(answer["done"]["stages"][2]["tasks"], 2)

    def test_no_tasks(self):
        answer, frames = self.driver.job(({"exchange": 3, "buckets": 1}, {"tasks": []}), ({"exchange": 4, "buckets": 1}, {"buckets": 1, "reads": [3]}))
        self.assertEqual([stage["tasks"] for stage in answer["done"]["stages"]], [0, 1])
        self.assertEqual(len(frames), 1)

    def test_several_exchanges_at_once(self):
        _, frames = self.driver.job(({"exchange": 3, "buckets": 2}, self.tasks()), ({"exchange": 4, "buckets": 2}, self.tasks()),
                                    ({"exchange": 7, "buckets": 1}, {"buckets": 2, "reads": [3, 4]}), results=[7, 4])
        self.assertEqual(words(frames, 7), {word: 2 * count for word, count in self.expected.items()})
        self.assertEqual(words(frames, 4), self.expected)

    def test_large_blocks(self):
        large = 20_000_000
        _, frames = self.driver.job(({"exchange": 3, "buckets": 1, "large": large}, self.tasks()), results=[103])
        self.assertEqual([len(body) for kind, *_, body in frames if kind == BLOCK], [large] * 4)

    def test_worker_with_status(self):
        answer, _ = self.one_task(kind="status")
        self.assertEqual(answer["error"]["id"], "job-failed")
        lines = answer["error"]["message"].splitlines()
        self.assertEqual(lines, ["a worker failed: it ended with status 3", *[f"line {number}" for number in range(11, 30)], "it went wrong"])

    def test_no_space(self):
        answer, _ = self.one_task(kind="status", says="write: No space left on device")
        self.assertIn("spark.local.dir", answer["error"]["advice"])

    def test_worker_that_is_always_killed(self):
        answer, _ = self.one_task(kind="killed")
        self.assertIn("ended by signal 9", answer["error"]["message"])
        self.assertIn("memoryOverhead", answer["error"]["advice"])

    def test_frames_that_are_none(self):
        for kind, words in {"noise": "no frame", "cut": "cut off", "torn": "cut off, it ended by signal 9", "version": "version 9"}.items():
            with self.subTest(kind):
                answer, _ = self.one_task(kind=kind)
                self.assertIn(words, answer["error"]["message"])

    def test_block_for_no_bucket(self):
        answer, _ = self.driver.job(({"exchange": 3, "buckets": 40}, self.tasks()), ({"exchange": 4, "buckets": 1}, {"buckets": 2, "reads": [3]}))
        self.assertIn("exchange 3 has a block for bucket", answer["error"]["message"])

    def test_worker_that_talks(self):
        answer, frames = self.one_task(kind="chatter")
        self.assertIn("done", answer)
        self.assertEqual(len(reports(frames)), 1)

    def test_result_that_can_not_be_written(self):
        self.driver.send(job={"name": "x", "results": [], "resultFile": self.folder + "/none/frames", "stages": []})
        self.assertEqual(self.driver.next()["error"]["id"], "job-failed")

    def test_lines_that_are_no_requests(self):
        for line in ["{", "[]", '{"jump":{}}', '{"job":{}}', '{"list":{"paths":3}}', '"hello"', '{"hello":{"version":1}}']:
            with self.subTest(line):
                self.driver.process.stdin.write(line + "\n")
                self.driver.process.stdin.flush()
                self.assertEqual(self.driver.next()["error"]["id"], "protocol")

    def test_stray_prints(self):
        until(lambda: "stray from print\nstray from write" in self.driver.said())


class ClusterTests(Stages, Folder):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cluster = Cluster(2)
        cls.addClassCleanup(cls.cluster.close)
        cls.driver = Driver(cls.cluster.master, *TWO_SLOTS)
        cls.addClassCleanup(cls.driver.remove)
        cls.ready = cls.driver.hello(patience=PATIENCE)

    def test_ready(self): self.assertEqual(self.ready["ready"]["slots"], 2)

    def test_killed_executor(self):
        stages = [({"exchange": 3, "buckets": 4}, self.tasks()), ({"exchange": 7, "buckets": 1}, {"buckets": 4, "reads": [3]})]
        _, expected = self.driver.job(*stages, results=[7])
        mark = self.new_path()
        # In the second stage: what the first one wrote on that executor's disk is lost too.
        stages[1][0]["trouble"] = {"kind": "sleep", "task": 1, "once": mark}
        self.driver.begin(*stages, results=[7])
        until(lambda: os.path.exists(mark))
        # The workers of the other tasks may not be gone yet.
        [worker] = until(lambda: found if len(found := self.cluster.running("fake_worker.py")) == 1 else None)
        executor = worker
        while b"CoarseGrainedExecutorBackend" not in command(executor): executor = parent(executor)
        os.kill(executor, signal.SIGKILL)
        self.assertIn("done", self.driver.next())
        self.assertEqual(self.driver.frames(), expected)
        until(lambda: not alive(worker), 5)

    def test_terminated(self):
        driver = Driver(self.cluster.master, *TWO_SLOTS)
        self.addCleanup(driver.remove)
        driver.greet(patience=PATIENCE)
        begin_sleep(driver, self.new_path())
        workers = self.cluster.running("fake_worker.py")
        self.assertEqual(len(workers), 2)
        before = set(self.cluster.running("CoarseGrainedExecutorBackend"))
        driver.process.send_signal(signal.SIGTERM)
        self.assertEqual(driver.process.wait(20), 143)
        until(lambda: not driver.processes() and not any(map(alive, workers)), 10)
        # Those of the other driver go on.
        until(lambda: len(before & set(self.cluster.running("CoarseGrainedExecutorBackend"))) == 2, 10)


class StopTests(Folder):
    """However the driver ends while workers run, none of its processes is left."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Five at once, for most of their start is waiting.
        cls.drivers = [Driver("local[2]") for _ in range(5)]
        for driver in cls.drivers:
            cls.addClassCleanup(driver.remove)
            driver.greet(patience=PATIENCE)

    def check(self, stop, status):
        driver = self.drivers.pop()
        begin_sleep(driver, self.new_path())
        started = driver.processes()
        self.assertEqual(len([pid for pid in started if b"fake_worker.py" in command(pid)]), 2)
        stop(driver)
        self.assertEqual(driver.process.wait(20), status)
        until(lambda: not any(map(alive, started)) and not driver.processes(), 10)

    def test_terminated(self): self.check(lambda driver: driver.process.terminate(), 143)

    def test_interrupted_from_a_terminal(self): self.check(lambda driver: os.killpg(driver.process.pid, signal.SIGINT), 130)

    def test_killed(self): self.check(lambda driver: driver.process.kill(), -9)

    def test_program_terminated(self):
        def stop(driver):
            [program] = [pid for pid in driver.processes() if parent(pid) == driver.process.pid and b"driver.py" in command(pid)]
            os.kill(program, signal.SIGTERM)
        self.check(stop, 143)

    def test_client_gone(self): self.check(lambda driver: driver.process.stdin.close(), 0)


class StartTests(unittest.TestCase):
    def driver(self, master, *options):
        driver = Driver(master, *options)
        self.addCleanup(driver.remove)
        return driver

    def test_greetings(self):
        driver = self.driver("local[2]")
        folder = driver.folder
        self.assertEqual(driver.hello(version=2)["error"]["id"], "protocol")
        driver.send(list={"paths": []})
        self.assertEqual(driver.next()["error"]["id"], "protocol")
        self.assertEqual(driver.hello(worker=folder + "/none")["error"]["id"], "worker-binary")
        # The head of a program for another processor.
        write(folder + "/foreign", b"\x7fELF\x02\x01\x01" + b"\0" * 9 + b"\x02\0\xf3\0\x01" + b"\0" * 100)
        os.chmod(folder + "/foreign", 0o755)
        answer = driver.hello(worker=folder + "/foreign")["error"]
        self.assertEqual(answer["id"], "worker-binary")
        self.assertIn("Exec format error", answer["message"])
        self.assertIn("architecture", answer["advice"])
        write(folder + "/old", b"#!/bin/sh\necho trawl worker 0\n")
        os.chmod(folder + "/old", 0o755)
        answer = driver.hello(worker=folder + "/old")["error"]
        self.assertEqual(answer["id"], "worker-binary")
        self.assertIn("'trawl worker 0'", answer["message"])
        # Killed once, as where memory is short, which tells nothing of the program.
        write(folder + "/killed", f"#!/bin/sh\nmkdir {folder}/once 2>/dev/null && kill -9 $$\necho trawl worker 1\n".encode())
        os.chmod(folder + "/killed", 0o755)
        self.assertIn("ready", driver.hello(worker=folder + "/killed"))
        self.assertEqual(driver.hello()["error"]["id"], "protocol")
        self.assertEqual(driver.close(), 0)

    def test_nothing_to_run_on(self):
        """Each is told within the patience, and the driver ends at once after that."""
        cluster = Cluster(0)
        self.addCleanup(cluster.close)
        with socket.create_server(("127.0.0.1", 0)) as silent, socket.socket() as free:
            free.bind(("127.0.0.1", 0))  # and does not listen
            masters = [(cluster.master, "no-executors"), (address(silent), "no-master"), (address(free), "no-master")]
            drivers = [self.driver(master) for master, _ in masters]
            start = time.monotonic()
            for driver in drivers: driver.greet(patience=15)
            for driver, (master, id) in zip(drivers, masters):
                answer = driver.next()
                self.assertEqual(answer["error"]["id"], id)
                self.assertIn(master, answer["error"]["message"])
                self.assertTrue(answer["error"]["advice"])
                # What is above the patience is the start of the JVM.
                self.assertLess(time.monotonic() - start, 35)
            for driver in drivers: self.assertEqual(driver.close(), 0)


class SourceTests(unittest.TestCase):
    def test_types(self):
        with tempfile.TemporaryDirectory() as cache:
            result = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache, DRIVER], capture_output=True, text=True)
        self.assertEqual((result.returncode, result.stdout.strip()), (0, "Success: no issues found in 1 source file"))

    def test_oldest_python(self):
        with open(DRIVER) as file: ast.parse(file.read(), feature_version=(3, 9))


def address(server): return f"spark://127.0.0.1:{server.getsockname()[1]}"


def begin_sleep(driver, runs):
    """Begins a job whose two workers sleep."""
    answer = driver.next()
    assert "ready" in answer, answer
    driver.begin(({"exchange": 3, "buckets": 1, "runs": runs, "trouble": {"kind": "sleep"}}, {"tasks": [{"files": []}, {"files": []}]}))
    until(lambda: os.path.exists(runs) and os.path.getsize(runs) == 4)
