"""Find a Chromium-like browser and a Chinese font, and install both from Debian where that is allowed.

`python -m tests.support.chromium` prints the browser's path, or says what to install.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PROGRAMS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
MAC_PROGRAMS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
DEBIAN_PACKAGES = ("chromium", "fonts-noto-cjk", "libatomic1")

# The browser must speak to the application under test and to nobody else.
QUIET_FLAGS = (
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)


class BrowserMissingError(RuntimeError):
    """There is no browser here, and this user may not install one."""


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def flags() -> list[str]:
    """Chromium refuses its sandbox to root, as on a build machine."""
    return [*QUIET_FLAGS, "--no-sandbox"] if is_root() else list(QUIET_FLAGS)


def find() -> str | None:
    """`CHROMIUM_PATH` wins; then the search path; then the usual places of Windows and macOS."""
    if named := os.environ.get("CHROMIUM_PATH"):
        return named
    for command in COMMANDS:
        if path := shutil.which(command):
            return path
    places = [Path(place) for place in MAC_PROGRAMS]
    for folder in WINDOWS_FOLDERS:
        if root := os.environ.get(folder):
            places += [Path(root) / program for program in WINDOWS_PROGRAMS]
    return next((str(place) for place in places if place.exists()), None)


def has_chinese_font() -> bool:
    """Only Linux may come without one; without `fc-list` nothing can be known, so a missing font is assumed."""
    if sys.platform != "linux":
        return True
    if not (fc_list := shutil.which("fc-list")):
        return False
    return bool(subprocess.run([fc_list, ":lang=zh-cn"], capture_output=True, check=True).stdout.strip())


def has_atomic() -> bool:
    """The program by which Playwright speaks to the browser needs a library that a bare Debian comes without."""
    if sys.platform != "linux":
        return True
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        return False
    return True


def ensure() -> str:
    """Return the browser's path, installing browser and font from Debian if this user may."""
    browser = find()
    if browser and has_chinese_font() and has_atomic():
        return browser
    if not (is_root() and shutil.which("apt-get")):
        message = (
            "浏览器测试需要 Chromium、Chrome 或 Edge（可用 CHROMIUM_PATH 指定）、中文字体和 libatomic。\n"
            "Debian 上请运行：\n"
            f"    sudo apt-get install {' '.join(DEBIAN_PACKAGES)}"
        )
        raise BrowserMissingError(message)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    subprocess.run([*apt, "update"], check=True, env=environment)
    install = [*apt, "install", "--yes", "--no-install-recommends", *DEBIAN_PACKAGES]
    subprocess.run(install, check=True, env=environment, stdout=subprocess.DEVNULL)
    if not (browser := find()):
        message = f"已安装 {' '.join(DEBIAN_PACKAGES)}，但仍找不到浏览器。"
        raise BrowserMissingError(message)
    return browser


if __name__ == "__main__":
    try:
        print(ensure())
    except BrowserMissingError as missing:
        sys.exit(str(missing))
