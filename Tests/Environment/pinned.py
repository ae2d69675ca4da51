"""Environments with pinned packages, for the checks beside `swift test`."""
import os, shutil, subprocess, sys


def install(venv, packages):
    """Makes a venv with the packages; none is left if that fails."""
    try:
        subprocess.check_call([sys.executable, "-m", "venv", venv])
        subprocess.check_call([os.path.join(venv, "bin", "pip"), "install", "-q", *packages])
    except BaseException:
        # Half a venv would be taken for a whole one.
        shutil.rmtree(venv, ignore_errors=True)
        raise
