"""A Spark cluster on the cores of this machine: Trawl as its worker, and the same rule in Spark SQL."""
import glob, json, os, shutil, statistics, sys
from .measuring import ROOT, RULES, measured, run, table

TITLE = "A cluster: the rules on Spark, start-up apart"
PACKAGES = ["pyspark==4.3.0"]
SETTINGS = ["spark.ui.enabled=false", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1"]


def prepare(setting):
    """The folder of an environment with Spark."""
    folder = os.path.join(setting.work, "spark")
    if not os.path.exists(os.path.join(folder, "bin", "spark-submit")):
        run([sys.executable, "-m", "venv", folder])
        run([os.path.join(folder, "bin", "pip"), "install", "--quiet", *PACKAGES])
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    return os.path.join(folder, "bin")


def one_file(setting):
    """Logs of a single file, over which a job takes the time that Spark needs to start."""
    folder = os.path.join(setting.work, "one-file")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    shutil.copy(sorted(glob.glob(setting.logs + "/AWSLogs/**/*.json.gz", recursive=True))[0], folder)
    return folder


def moved(command):
    """KiB that went from the tasks of a stage to those of another, as the profile tells."""
    said = run([*command, "--profile"], capture_output=True).stderr.partition("job and its stages")[2].splitlines()[1:]
    jobs = [line[60:].split() for line in said if line[:1].strip()]
    return sum(int(cells[2]) for cells in jobs if len(cells) == 3)


def measure(setting):
    bin = prepare(setting)
    small = one_file(setting)
    spark = ["--engine", "spark", "--master", "local[*]", "--spark-submit", os.path.join(bin, "spark-submit")]
    for name in SETTINGS: spark += ["--spark-conf", name]
    results = {}
    for name, rule in RULES.items():
        def command(logs, *more): return [setting.trawl, "run", os.path.join(ROOT, rule), "--rows", "--logs", logs, "--now", setting.expected["now"], *more]
        seconds = {"here": [], "cluster": [], "start": [], "Spark SQL": []}
        here = there = None
        for _ in range(max(1, setting.runs // 2)):
            figure, here = measured(command(setting.logs))
            seconds["here"].append(figure["wall"])
            figure, there = measured(command(setting.logs, *spark))
            seconds["cluster"].append(figure["wall"])
            seconds["start"].append(measured(command(small, *spark))[0]["wall"])
            answer = json.loads(measured([os.path.join(bin, "python"), os.path.join(ROOT, "Tests", "Benchmarks", "peers.py"), "spark", "cold", name, setting.logs])[1])
            seconds["Spark SQL"].append(answer["seconds"])
        if here != there: raise SystemExit("the rows of %s on a cluster are others" % name)
        middle = {key: statistics.median(values) for key, values in seconds.items()}
        results[name] = dict(here=middle["here"], cluster=middle["cluster"] - middle["start"], start=middle["start"], sql=middle["Spark SQL"],
                             moved=moved(command(setting.logs, *spark)))
    table(TITLE, ["rule", "one process s", "cluster s", "start-up s", "Spark SQL s", "cluster / one process", "Spark SQL / cluster", "shuffled KiB"], [
        [name, "%.2f" % one["here"], "%.2f" % one["cluster"], "%.1f" % one["start"], "%.1f" % one["sql"],
         "%.2f" % (one["cluster"] / one["here"]), "%.1f" % (one["sql"] / one["cluster"]), one["moved"]] for name, one in results.items()])
    return results
