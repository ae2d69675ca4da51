#!/usr/bin/env python3
"""Tests the cluster on Spark, in one process and on a master with two workers on this machine: the driver program by itself, and
with trawl as its worker, which must give the rows of one machine.

    cluster.py --install VENV                     makes a venv with the pinned packages (about 550 MB)
    cluster.py --trawl PATH [NAME …]              tests, or those whose names are given

Run it with that venv's python. Java 17 or newer must be on the path.
"""
import argparse, os, shutil, sys, unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Environment"))
from pinned import install

PACKAGES = ["pyspark==4.3.0", "mypy==2.4.1"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--install", metavar="VENV")
    parser.add_argument("--trawl", metavar="PATH", help="the binary; without it only the driver program is tested")
    parser.add_argument("names", nargs="*", metavar="NAME", help="as in LocalTests or LocalTests.test_files")
    arguments = parser.parse_args()
    if arguments.install: return install(arguments.install, PACKAGES)
    if not shutil.which("java"): sys.exit("there is no java on the path, and Spark needs it")
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    import driver_tests
    modules = [driver_tests]
    if arguments.trawl:
        os.environ["TRAWL"] = os.path.abspath(arguments.trawl)
        import equality_tests
        modules.append(equality_tests)
    for module in modules: globals().update({name: case for name, case in vars(module).items() if isinstance(case, type)})
    unittest.main(module="__main__", argv=[sys.argv[0], "--durations", "0", *arguments.names] if sys.version_info >= (3, 12)
                  else [sys.argv[0], "-v", *arguments.names])


if __name__ == "__main__": main()
