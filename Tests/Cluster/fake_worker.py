#!/usr/bin/env python3
"""Stands in for `trawl worker` in the driver program's tests: counts words by bucket, and fails in each way that it is told to.

Its order is JSON: {"exchange": 3, "buckets": 4, "runs": PATH, "large": 1000, "trouble": {"kind": …, "task": 0, "once": PATH}}.
"""
import collections, gzip, json, os, signal, struct, sys, time, zlib

HEADER = "<4sHHiiqQ"


def frames(stream):
    while header := stream.read(32):
        magic, version, kind, exchange, bucket, ordinal, length = struct.unpack(HEADER, header)
        assert magic == b"TRWF" and version == 1 and len(header) == 32
        body = stream.read(length)
        assert len(body) == length
        yield kind, exchange, bucket, ordinal, body


def write(kind, body, exchange=-1, bucket=-1, ordinal=0):
    sys.stdout.buffer.write(struct.pack(HEADER, b"TRWF", 1, kind, exchange, bucket, ordinal, len(body)) + body)


def make_trouble(trouble, task):
    if not trouble or trouble.get("task", task["task"]) != task["task"]: return
    if "once" in trouble:
        try: os.close(os.open(trouble["once"], os.O_CREAT | os.O_EXCL))
        except FileExistsError: return
    kind = trouble["kind"]
    sys.stdout.buffer.flush()
    if kind == "killed": os.kill(os.getpid(), signal.SIGKILL)
    if kind == "status":
        for number in range(30): print(f"line {number}", file=sys.stderr)
        print(trouble.get("says", "it went wrong"), file=sys.stderr)
        sys.exit(3)
    if kind == "noise": sys.stdout.buffer.write(b"this is a stray print that is no frame at all")
    if kind in ("cut", "torn"): sys.stdout.buffer.write(struct.pack(HEADER, b"TRWF", 1, 4, 3, 0, 0, 1000) + b"only this")
    if kind == "torn":
        sys.stdout.buffer.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    if kind == "version": sys.stdout.buffer.write(struct.pack(HEADER, b"TRWF", 9, 4, 3, 0, 0, 0))
    if kind == "failure": write(6, json.dumps({"task": task["task"]}).encode())
    if kind == "chatter": sys.stderr.write("x" * 1_000_000)
    if kind == "sleep": time.sleep(600)


def main():
    if sys.argv[1:] == ["worker", "--version"]: return print("trawl worker 1")
    assert sys.argv[1:] == ["worker"], sys.argv
    source = frames(sys.stdin.buffer)
    order, task = json.loads(next(source)[4]), json.loads(next(source)[4])
    words, sent, blocks = collections.Counter(), [], 0
    for file in task["files"]:
        if not file["isStreamed"]:
            with open(file["path"], "rb") as content: words.update(content.read().split())
    if "runs" in order:
        with open(order["runs"], "a") as runs: runs.write(f"{task['task']}\n")
    make_trouble(order.get("trouble"), task)
    for kind, _, bucket, ordinal, body in source:
        if kind == 3:
            assert task["files"][ordinal]["isStreamed"] and task["files"][ordinal]["size"] == len(body)
            sent.append(ordinal)
            words.update((gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).split())
        else:
            assert kind == 4 and bucket == task["bucket"]
            blocks += 1
            words.update({word.encode(): count for word, count in json.loads(body).items()})
    buckets = collections.defaultdict(dict)
    for word, count in sorted(words.items()): buckets[zlib.crc32(word) % order["buckets"]][word.decode()] = count
    for bucket, counts in sorted(buckets.items()):
        # Two blocks for each bucket, so that their order can be seen.
        half = len(counts) // 2
        for ordinal, part in enumerate((list(counts.items())[:half], list(counts.items())[half:])):
            write(4, json.dumps(dict(part)).encode(), order["exchange"], bucket, ordinal)
    if order.get("large"): write(4, b"\0" * order["large"], order["exchange"] + 100, 0, 0)
    write(5, json.dumps({"stage": task["stage"], "task": task["task"], "tasks": task["tasks"], "bucket": task["bucket"], "sent": sent,
                         "files": len(task["files"]), "blocks": blocks}).encode())


main()
