"""Runs the stages of a Trawl plan on Spark: each Spark task starts one `trawl worker` and passes frames through it.

    spark-submit --master URL --deploy-mode client driver.py WORK

One JSON document a line comes in on the standard input of spark-submit and goes out on its standard output. Nothing here
reads an order, a block, a report or a failure: only the headers of the frames around them.
"""
from __future__ import annotations

import collections
import concurrent.futures
import ctypes
import itertools
import json
import os
import pickle
import queue
import re
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any, Optional

from pyspark import RDD, Broadcast, SparkConf, SparkContext, SparkFiles, StorageLevel
from pyspark.serializers import CPickleSerializer, NoOpSerializer, PairDeserializer, UTF8Deserializer

VERSION = 1
HEADER = "<4sHHiiqQ"
HEADER_SIZE = struct.calcsize(HEADER)
ORDER, TASK, FILE, BLOCK, REPORT, FAILURE = range(1, 7)
LINES_OF_STDERR = 20
SECONDS_FOR_MASTER = 10.0
SECONDS_FOR_VERSION = 20.0
SECONDS_BETWEEN_PROGRESS = 0.25
SECONDS_TO_STOP = 10.0
SECONDS_TO_DIE = 2.0
MOST_PROBES = 64
# One file goes through Spark as one array of the JVM.
LARGEST_STREAMED = 2**31 - 64

Document = dict[str, Any]
Frame = tuple[bytes, bytes]  # header and what follows it, apart so that large blocks are not copied to be joined


class Refusal(Exception):
    """An answer to the client that something can't be done, with what to do about it."""

    def __init__(self, id: str, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.answer: Document = {"id": id, "message": message, "advice": advice}


class WorkerError(Exception):
    """Raised in a task: the worker broke off, so Spark shall try the task again."""


# What runs in the tasks.


def frame(kind: int, body: bytes, ordinal: int = 0) -> Frame:
    return struct.pack(HEADER, b"TRWF", VERSION, kind, -1, -1, ordinal, len(body)), body


def address(header: bytes) -> tuple[int, int, int]:
    """Kind, exchange and bucket."""
    _, _, kind, exchange, bucket, _, _ = struct.unpack(HEADER, header)
    return kind, exchange, bucket


def frames_from(stream: IO[bytes]) -> Iterator[Frame]:
    while header := stream.read(HEADER_SIZE):
        if len(header) < HEADER_SIZE: raise WorkerError("its last frame is cut off")
        magic, version, kind, _, _, _, length = struct.unpack(HEADER, header)
        if magic != b"TRWF": raise WorkerError(f"it wrote something that is no frame: {header!r}")
        if version != VERSION: raise WorkerError(f"its frames are of version {version}, not {VERSION}")
        if kind not in (BLOCK, REPORT, FAILURE): raise WorkerError(f"it wrote a frame of kind {kind}")
        body = stream.read(length)
        if len(body) < length: raise WorkerError("its last frame is cut off")
        yield header, body


def die_with_parent() -> Callable[[], None]:
    """Spark kills its Python processes with SIGKILL, which no `finally` sees; elsewhere than on Linux the closed pipes must do."""
    if not sys.platform.startswith("linux"): return lambda: None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(1, signal.SIGKILL)


def through_worker(program: str, inputs: Iterable[Frame]) -> Iterator[Frame]:
    """Frames of one worker that reads the inputs. Both directions run at once, or full pipes would block each other."""
    process = subprocess.Popen([SparkFiles.get(program), "worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, preexec_fn=die_with_parent())
    assert process.stdin and process.stdout and process.stderr
    stdin, stdout, stderr = process.stdin, process.stdout, process.stderr
    said: collections.deque[bytes] = collections.deque(maxlen=LINES_OF_STDERR)
    broken: list[BaseException] = []

    def feed() -> None:
        try:
            for header, body in inputs:
                stdin.write(header)
                stdin.write(body)
            stdin.close()
        except BrokenPipeError: pass  # its exit status says why
        except BaseException as error:
            # Killed before the end of its input: it must not take a part for the whole.
            broken.append(error)
            process.kill()

    def listen() -> None:
        while line := stderr.readline(4096): said.append(line)

    threads = [threading.Thread(target=target, daemon=True) for target in (feed, listen)]
    for thread in threads: thread.start()
    try:
        problems: list[str] = []
        try: yield from frames_from(stdout)
        except WorkerError as error: problems.append(str(error))
        # One that wrote nonsense may go on for ever; of one that died, how it did says more than its last frame.
        try: status = process.wait(SECONDS_TO_DIE if problems else None)
        except subprocess.TimeoutExpired: status = 0
        if status: problems.append(f"it ended by signal {-status}" if status < 0 else f"it ended with status {status}")
        if problems or broken:
            process.kill()
            for thread in threads: thread.join(SECONDS_TO_DIE)
            if broken: raise WorkerError(f"what a worker was to read broke off: {broken[0]!r}") from broken[0]
            tail = b"".join(said).decode(errors="replace").strip()
            raise WorkerError(f"a worker failed: {', '.join(problems)}\n{tail}".strip())
    finally:
        process.kill()
        process.wait()


def is_sent(file: Document) -> bool:
    """Hadoop may leave an empty file out, so it is never asked for one."""
    return bool(file["isStreamed"] and file["size"])


def in_order(documents: list[Document], streamed: Iterable[tuple[str, bytes]]) -> Iterator[Frame]:
    """Streamed files as the task lists them. Hadoop groups by host: a file is held only while one before it has not come."""
    wanted = {path_for_hadoop(file["path"]): number for number, file in enumerate(documents) if is_sent(file)}
    held = {number: b"" for number, file in enumerate(documents) if file["isStreamed"] and not file["size"]}
    order = collections.deque(sorted([*wanted.values(), *held]))

    def ready() -> Iterator[Frame]:
        while order and order[0] in held: yield frame(FILE, held.pop(order[0]), order.popleft())

    yield from ready()
    for path, body in streamed:
        if path not in wanted: continue
        held[wanted.pop(path)] = body
        yield from ready()
    if wanted: raise WorkerError(f"{next(iter(wanted))} did not come")


def run_task(program: str, order: Broadcast[bytes], task: bytes, inputs: Iterable[Frame]) -> Iterator[Frame]:
    return through_worker(program, itertools.chain([frame(ORDER, order.value), frame(TASK, task)], inputs))


def for_client(results: frozenset[int], frames: Iterable[Frame]) -> Iterator[Frame | dict[int, int]]:
    """What leaves the cluster, and at the end the bytes of what stays, by exchange."""
    sizes: dict[int, int] = collections.defaultdict(int)
    for header, body in frames:
        kind, exchange, _ = address(header)
        if kind == BLOCK: sizes[exchange] += len(body)
        if kind != BLOCK or exchange in results: yield header, body
    yield dict(sizes)


def probe_worker(program: str) -> str:
    """What is wrong with the program on this executor, or nothing."""
    expected = f"trawl worker {VERSION}"
    try:
        result = subprocess.run([SparkFiles.get(program), "worker", "--version"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, timeout=SECONDS_FOR_VERSION)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{socket.gethostname()}: {error}"
    # Memory or an operator ended it, which tells nothing of the program: another try may do.
    if result.returncode == -signal.SIGKILL: raise WorkerError("asked for its version, it was killed")
    said = result.stdout.decode(errors="replace").strip()
    if result.returncode == 0 and said == expected: return ""
    return f"{socket.gethostname()}: status {result.returncode}, it printed {said[-1000:]!r} and not {expected!r}"


# What runs in the driver.


def path_for_hadoop(path: str) -> str:
    """A path without a scheme is of the local disk, whatever the cluster takes for its default."""
    return "file:" + path if path.startswith("/") else path


def path_for_client(path: str) -> str: return re.sub("^file:(//)?(?=/)", "", path)


def literal(path: str) -> str:
    """As one of Hadoop's input paths, which are separated by commas, and patterns."""
    return re.sub(r"[\\,]", r"\\\g<0>", re.sub(r"[\\*?\[\]{}^]", r"\\\g<0>", path))


def text_of(error: BaseException) -> str: return str(getattr(error, "java_exception", error))


def why(error: BaseException) -> str:
    """The lines of Spark's long message that say why it gave up."""
    text = text_of(error)
    marker = "WorkerError: "
    if marker in text: return re.split(r"\n+\s*(?:at |SQLSTATE)", text[text.rindex(marker) + len(marker):])[0].strip()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    lines = [line for line in lines if not re.match(r"at |\.\.\. \d+ more|Driver stacktrace|Traceback|File \"", line)]
    return "\n".join(lines[:1] + lines[1:][-3:]) or type(error).__name__


def advice_for(text: str) -> str:
    known = {
        "No space left": "Free space on the executors and here, or point spark.local.dir to a larger disk.",
        "maxResultSize": "The answer is large: raise spark.driver.maxResultSize and spark.driver.memory.",
        "OutOfMemory": "Raise spark.executor.memory and spark.driver.memory, or spark.executor.memoryOverhead for the workers.",
        "ended by signal 9": "Something killed the worker, often for its memory: raise spark.executor.memoryOverhead.",
        "PYTHON_VERSION_MISMATCH": "Executors need the driver's version of Python: set PYSPARK_PYTHON.",
        "Cannot run program": "Executors need Python 3.9 or newer: set PYSPARK_PYTHON to where it is on them.",
        "Input path does not exist": "A file went away after it was listed: run again.",
    }
    return next((advice for needle, advice in known.items() if needle in text), "Spark's messages on standard error say more.")


def job_failed(error: BaseException) -> Refusal:
    return Refusal("job-failed", why(error), advice_for(text_of(error)))


class Client:
    """The client's lines.

    spark-submit gives its Python program no standard input, and joins its standard error with its standard output. So both
    are used where they are whole, in the JVM, and what else is printed here is carried to the JVM's standard error.
    """

    def __init__(self) -> None:
        SparkContext._ensure_initialized()  # there is no public way to the JVM before a context is made
        jvm: Any = SparkContext._jvm
        self.jvm = jvm
        self.lines: queue.Queue[str] = queue.Queue()
        self._out = jvm.java.lang.System.out
        end, start = os.pipe()
        for descriptor in (1, 2): os.dup2(start, descriptor)
        os.close(start)
        threading.Thread(target=self._carry, args=(end,), daemon=True).start()

    def read(self, at_end: Callable[[], None]) -> None:
        io, system = self.jvm.java.io, self.jvm.java.lang.System
        reader = io.BufferedReader(io.InputStreamReader(getattr(system, "in"), "UTF-8"))
        try:
            while (line := reader.readLine()) is not None: self.lines.put(line)
        finally: at_end()

    def _carry(self, end: int) -> None:
        stray = self.jvm.java.lang.System.err
        while text := os.read(end, 65536): stray.print(text.decode(errors="replace"))

    def answer(self, **document: Any) -> None: self._out.println(json.dumps(document))


class Driver:
    def __init__(self) -> None:
        self.client = Client()
        self.context: Optional[SparkContext] = None
        self.program = ""
        # Calls of Spark that are waited for only so long.
        self.threads = concurrent.futures.ThreadPoolExecutor()

    def run(self) -> None:
        # A handler may interrupt a call of the JVM, so it does its own calls elsewhere.
        for number, status in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            signal.signal(number, lambda *_, status=status: threading.Thread(target=self.leave, args=(status,)).start())
        threading.Thread(target=self.client.read, args=(lambda: self.leave(0),), daemon=True).start()
        while True: self.answer(self.client.lines.get())

    def leave(self, status: int) -> None:
        """Stops all that runs and ends. No thread is waited for: one may be in the JVM for ever."""
        def end(action: str) -> None:
            try: getattr(self.client.jvm.java.lang.Runtime.getRuntime(), action)(status)
            finally: os._exit(status)

        threading.Timer(SECONDS_TO_STOP, end, ("halt",)).start()
        try:
            if self.context: self.context.cancelAllJobs()
            if self.context: self.context.stop()
        finally: end("exit")

    def answer(self, line: str) -> None:
        try:
            [(verb, document)] = json.loads(line).items()
            context = self.context if self.program else None
            if verb == "hello": self.client.answer(ready=self.start(**document))
            elif verb == "list" and context: self.client.answer(listed=Listing(context).of(document["paths"]))
            elif verb == "job" and context: self.client.answer(done=Job(self, context, document).run())
            else: raise Refusal("protocol", f"{verb!r} is not known, or came before a hello")
        except Refusal as refusal: self.client.answer(error=refusal.answer)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            self.client.answer(error=Refusal("protocol", f"a line can't be understood: {error!r}").answer)
        except Exception as error: self.client.answer(error=job_failed(error).answer)

    def start(self, version: int, worker: str = "", patience: float = 30, **_: Any) -> Document:
        if version != VERSION: raise Refusal("protocol", f"the driver speaks version {VERSION}", "Use the driver program of this trawl.")
        if self.program: raise Refusal("protocol", "the driver is greeted once")
        if not os.access(worker, os.X_OK):
            raise Refusal("worker-binary", f"{worker!r} is not there or can't be run", "Install trawl again.")
        deadline, configuration = time.monotonic() + patience, SparkConf()
        master = str(configuration.get("spark.master", "local[*]"))
        find_master(master, min(patience, SECONDS_FOR_MASTER))
        # Local Spark never tries a task again unless it is told how often.
        if local := re.fullmatch(r"local(?:\[(\d+|\*)\])?", master): configuration.setMaster(f"local[{local[1] or 1},4]")
        # Blocks are large: Spark shall never make batches of them.
        context: SparkContext = self.context or self.within(deadline, lambda: SparkContext(conf=configuration, batchSize=1), Refusal(
            "no-master", f"{master} gave no session within {patience} s", "Look whether the master runs and takes applications from here."))
        self.context = context
        context.addFile(worker)
        if not master.startswith("local"): wait_for_executors(context, deadline, Refusal(
            "no-executors", f"{master} gave no executor within {patience} s", "Look at the master's page: are workers alive, with cores and memory free?"))
        self.probe(context, os.path.basename(worker), time.monotonic() + patience)
        self.program = os.path.basename(worker)
        return {"spark": context.version, "master": master, "slots": context.defaultParallelism}

    def probe(self, context: SparkContext, program: str, deadline: float) -> None:
        count = min(context.defaultParallelism, MOST_PROBES)
        problems = self.within(deadline, lambda: context.parallelize(range(count), count).map(lambda _: probe_worker(program)).collect(),
                               Refusal("worker-binary", "the executors did not run the worker", "Look at the executors' logs."))
        if problem := next(filter(None, problems), ""):
            raise Refusal("worker-binary", f"the worker can't be run on the executors' machine: {problem}",
                          "Give a trawl that is built for the executors' system and architecture and needs no libraries they lack.")

    def within(self, deadline: float, action: Callable[[], Any], late: Refusal) -> Any:
        running = self.threads.submit(action)
        concurrent.futures.wait([running], max(0.0, deadline - time.monotonic()))
        if not running.done(): raise late
        try: return running.result()
        except Exception as error: raise Refusal(late.answer["id"], why(error), advice_for(text_of(error))) from error


class Listing:
    """Files below paths, through Hadoop's file systems, folder by folder so that one that can't be read hides no other."""

    def __init__(self, context: SparkContext) -> None:
        self.context = context
        self.files: dict[str, Document] = {}
        self.unreadable: dict[str, Document] = {}

    def of(self, paths: list[str]) -> Document:
        jvm: Any = self.context._jvm
        for path in paths:
            try:
                place = jvm.org.apache.hadoop.fs.Path(path)
                system = place.getFileSystem(self.context._jsc.hadoopConfiguration())
                self.add(system, system.getFileStatus(place))
            except Exception as error: self.refuse(path, why(error).splitlines()[0])
        # Python's order of strings is that of their bytes in UTF-8.
        return {"files": [self.files[path] for path in sorted(self.files)],
                "unreadable": [self.unreadable[path] for path in sorted(self.unreadable)]}

    def add(self, system: Any, status: Any) -> None:
        path = path_for_client(status.getPath().toString())
        if status.isDirectory():
            try: inside = list(system.listStatus(status.getPath()))
            except Exception as error: return self.refuse(path, why(error).splitlines()[0])
            for each in inside: self.add(system, each)
            return
        size, is_local = status.getLen(), path.startswith("/")
        is_hidden = path.rpartition("/")[2].startswith((".", "_"))
        if is_hidden and not size and not is_local: return  # a mark such as _SUCCESS
        if is_hidden and not is_local: self.refuse(path, "Hadoop reads no file whose name begins with '.' or '_'")
        elif size > LARGEST_STREAMED and not is_local: self.refuse(path, "Spark can't stream a file of 2 GiB or more")
        else: self.files[path] = {"path": path, "size": size, "modified": status.getModificationTime()}

    def refuse(self, path: str, reason: str) -> None: self.unreadable[path] = {"path": path, "reason": reason}


class Job:
    """The stages of one plan, one after the other. What a stage wrote stays on the executors' disks until the job ends."""

    def __init__(self, driver: Driver, context: SparkContext, document: Document) -> None:
        self.driver, self.context, self.program = driver, context, driver.program
        self.name, self.stages, self.result_file = document["name"], document["stages"], document["resultFile"]
        self.results = frozenset(document["results"])
        self.outputs: list[tuple[RDD[Frame], dict[int, int]]] = []  # of each stage, with its bytes by exchange
        self.shuffled = 0

    def run(self) -> Document:
        start, stages, has_failed = time.monotonic(), [], False
        try:
            with open(self.result_file, "wb") as file:
                for stage in self.stages:
                    if has_failed: break
                    begin = time.monotonic()
                    tasks, has_failed = self.run_stage(stage, file)
                    stages.append({"id": stage["id"], "tasks": tasks, "seconds": round(time.monotonic() - begin, 3)})
        finally:
            for output, _ in self.outputs: output.unpersist()
        return {"seconds": round(time.monotonic() - start, 3), "shuffledBytes": self.shuffled, "stages": stages}

    def run_stage(self, stage: Document, file: IO[bytes]) -> tuple[int, bool]:
        """The number of its tasks, and whether one gave a failure."""
        with open(stage["order"], "rb") as source: order = self.context.broadcast(source.read())
        count, results = len(stage["tasks"]) if "tasks" in stage else stage["buckets"], self.results
        if not count: return 0, False
        output = self.over_files(stage, order) if "tasks" in stage else self.over_exchanges(stage, order)
        output.persist(StorageLevel.DISK_ONLY)
        sizes: dict[int, int] = collections.Counter()
        self.outputs.append((output, sizes))
        has_failed = False
        for item in self.collect(stage["id"], count, output.mapPartitions(lambda frames: for_client(results, frames))):
            if isinstance(item, dict): sizes.update(item)
            else:
                has_failed = has_failed or address(item[0])[0] == FAILURE
                file.writelines(item)
        return count, has_failed

    def over_files(self, stage: Document, order: Broadcast[bytes]) -> RDD[Frame]:
        program, files = self.program, [task["files"] for task in stage["tasks"]]
        tasks = [task_document(stage["id"], number, len(files), None, each) for number, each in enumerate(files)]
        if not any(file["isStreamed"] for each in files for file in each):
            return self.context.parallelize(tasks, len(tasks)).flatMap(lambda task: run_task(program, order, task, ()))
        documents = self.context.broadcast(tasks)

        def run(number: int, contents: Iterable[tuple[str, bytes]]) -> Iterator[Frame]:
            task = documents.value[number]
            return run_task(program, order, task, in_order(json.loads(task)["files"], contents))

        return self.contents([[path_for_hadoop(file["path"]) for file in each if is_sent(file)] for each in files]).mapPartitionsWithIndex(run)

    def contents(self, streamed: list[list[str]]) -> RDD[tuple[str, bytes]]:
        """One partition for each task, with the bytes of its files: SparkContext.binaryFiles with other settings."""
        jvm: Any = self.context._jvm
        hadoop, loader = jvm.org.apache.hadoop.conf.Configuration, self.context._jsc.getClass().getClassLoader()
        classes = [jvm.java.lang.Class.forName(name, True, loader) for name in (
            "org.apache.spark.input.StreamInputFormat", "java.lang.String", "org.apache.spark.input.PortableDataStream")]
        # Spark packs all settings again for each file, which takes longer than to read a small one. No file system reads these.
        text, settings = jvm.java.io.StringWriter(), hadoop(False)
        hadoop.dumpConfiguration(self.context._jsc.hadoopConfiguration(), text)
        for each in json.loads(text.toString())["properties"]:
            if each["resource"] not in ("yarn-default.xml", "mapred-default.xml"): settings.set(each["key"], each["value"])

        def read(paths: list[str]) -> Any:
            own = hadoop(settings)
            own.set("mapreduce.input.fileinputformat.inputdir", ",".join(map(literal, paths)))
            return self.context._jsc.newAPIHadoopRDD(own, *classes).coalesce(1)

        parts = [read(paths) if paths else None for paths in streamed]
        some = next(filter(None, parts), None)
        if some is None: return self.context.parallelize(list[tuple[str, bytes]](), len(streamed))
        # A task without such files gets none of another's: a union is cheap only if all its parts are of one kind.
        none, kind = some.sample(False, 0.0, 1), PairDeserializer(UTF8Deserializer(), NoOpSerializer())  # type: ignore[no-untyped-call]
        return self.context.union([RDD(part or none, self.context, kind) for part in parts])

    def over_exchanges(self, stage: Document, order: Broadcast[bytes]) -> RDD[Frame]:
        program, id, buckets, reads = self.program, stage["id"], stage["buckets"], frozenset(stage["reads"])
        sources = [output for output, sizes in self.outputs if reads & sizes.keys()]
        self.shuffled += sum(size for _, sizes in self.outputs for exchange, size in sizes.items() if exchange in reads)

        def run(number: int, blocks: Iterable[Frame]) -> Iterator[Frame]:
            return run_task(program, order, task_document(id, number, buckets, number, []), blocks)

        if not sources: return self.context.parallelize(list[Frame](), buckets).mapPartitionsWithIndex(run)
        return self.shuffle(self.context.union(sources), reads, buckets).mapPartitionsWithIndex(run)

    def shuffle(self, frames: RDD[Frame], reads: frozenset[int], buckets: int) -> RDD[Frame]:
        """RDD.partitionBy, but block by block: it would gather up to a thousand of them in memory first."""
        def keyed(frames: Iterable[Frame]) -> Iterator[bytes]:
            for header, body in frames:
                kind, exchange, bucket = address(header)
                if kind != BLOCK or exchange not in reads: continue
                if not 0 <= bucket < buckets: raise WorkerError(f"exchange {exchange} has a block for bucket {bucket} of {buckets}")
                yield struct.pack("!q", bucket)
                yield pickle.dumps((header, body), pickle.HIGHEST_PROTOCOL)

        jvm: Any = self.context._jvm
        pairs: Any = frames.mapPartitions(keyed)
        pairs._bypass_serializer = True
        moved = jvm.PairwiseRDD(pairs._jrdd.rdd()).asJavaPairRDD().partitionBy(jvm.PythonPartitioner(buckets, 0))
        return RDD(jvm.PythonRDD.valueOfPair(moved), self.context, CPickleSerializer())

    def collect(self, stage: int, count: int, wanted: RDD[Any]) -> list[Any]:
        """Runs a stage, and says meanwhile how far it is."""
        group = f"trawl {id(self)} {stage}"

        def act() -> list[Any]:
            self.context.setJobGroup(group, f"{self.name}, stage {stage}", interruptOnCancel=True)
            return wanted.collect()

        running, told = self.driver.threads.submit(act), 0
        while not concurrent.futures.wait([running], SECONDS_BETWEEN_PROGRESS).done:
            done = min(finished_tasks(self.context, group), count)
            if done > told: self.driver.client.answer(progress={"stage": stage, "done": done, "of": count})
            told = max(told, done)
        try: items = running.result()
        except Exception as error: raise job_failed(error) from error
        if told < count: self.driver.client.answer(progress={"stage": stage, "done": count, "of": count})
        return items


def task_document(stage: int, task: int, tasks: int, bucket: Optional[int], files: list[Document]) -> bytes:
    return json.dumps({"stage": stage, "task": task, "tasks": tasks, "bucket": bucket, "files": files}).encode()


def find_master(master: str, patience: float) -> None:
    """Spark itself would look for a standalone master for a minute, and then end the process."""
    if not master.startswith("spark://"): return
    deadline, places = time.monotonic() + patience, [place.rpartition(":") for place in master[len("spark://"):].split(",")]
    while True:
        for host, _, port in places:
            try: return socket.create_connection((host.strip("[]"), int(port)), timeout=max(1.0, deadline - time.monotonic())).close()
            except (OSError, ValueError) as error: problem = str(error)
        if time.monotonic() > deadline:
            raise Refusal("no-master", f"there is no master at {master}: {problem}", "Look at --master, and whether the master runs.")
        time.sleep(0.5)


def wait_for_executors(context: SparkContext, deadline: float, late: Refusal) -> None:
    """They come one after the other, and tasks are cut for as many slots as there are: wait until no more come for a second."""
    since, seen = time.monotonic(), 0
    while seen == 0 or time.monotonic() < since + 1:
        time.sleep(0.1)
        now = int(context._jsc.sc().getExecutorMemoryStatus().size()) - 1  # the driver is among them
        if now != seen: since, seen = time.monotonic(), now
        if time.monotonic() > deadline and seen == 0: raise late


def finished_tasks(context: SparkContext, group: str) -> int:
    """Of the last of Spark's stages that a job has: the ones before it move what earlier stages wrote."""
    tracker = context.statusTracker()
    infos = filter(None, map(tracker.getJobInfo, tracker.getJobIdsForGroup(group)))
    return sum(last.numCompletedTasks for info in infos if (last := tracker.getStageInfo(max(info.stageIds))))


if __name__ == "__main__": Driver().run()
