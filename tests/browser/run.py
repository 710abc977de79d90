"""Opens pages of a pack in headless Chromium, in light and dark, and runs axe-core on each.

Pages of one template differ in their words alone, so of a thousand pages those are opened that together hold every shape
of element there is: an element's tag, classes, role and scope below those of its two parents. `--all` opens every page.

Fails on every serious or critical violation, on a page that asks for anything outside of the pack, and on a page
that logs an error. Before it looks at the pack it looks at a page that is broken on purpose, so a runner that
sees nothing cannot pass. Needs `chromium`, `chromedriver`, the emulator's Python environment and `tests/browser/axe`.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

sys.dont_write_bytecode = True
os.environ["SE_OFFLINE"] = "true"  # selenium must not fetch a browser of its own
os.environ["SE_AVOID_STATS"] = "true"

from selenium import webdriver  # noqa: E402
from selenium.webdriver.chrome.service import Service  # noqa: E402

GRAVE = ("serious", "critical")
MODES = ("light", "dark")
BROKEN = ('<!doctype html><html><head><title></title></head><body style="background:#fff"><img src="x.png">'
          '<p style="color:#ddd">hard to read</p><input type="text"></body></html>')  # fmt: skip
RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations'], preload: false}).then(
    r => done({violations: r.violations.map(v => ({id: v.id, impact: v.impact, help: v.help,
        nodes: v.nodes.map(n => n.target.join(' ')) }))}),
    e => done({error: String(e)}));
"""
OUTSIDE = """
return performance.getEntriesByType('resource').map(e => e.name)
    .concat([...document.querySelectorAll('script[src],link[rel=stylesheet],img[src],iframe[src]')].map(e => e.src || e.href))
    .filter(u => /^https?:|^\\/\\//.test(u));
"""


class Shapes(HTMLParser):
    """The shapes of a page's elements."""

    VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
    TELLING = ("class", "role", "scope", "type", "open", "tabindex")

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.above: list[tuple[str, str]] = []
        self.found: set[tuple[str, ...]] = set()
        self.feed(page.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = dict(attrs)
        telling = [f"{name}={' '.join(sorted((has[name] or '').split()))}" for name in self.TELLING if name in has]
        shape = f"{tag}[{','.join(telling)}]"
        self.found.add((*(shape for _, shape in self.above[-2:]), shape))
        if tag not in self.VOID:
            self.above.append((tag, shape))

    def handle_endtag(self, tag: str) -> None:
        while self.above and self.above.pop()[0] != tag:
            pass


def cover(pages: list[Path]) -> list[Path]:
    """Pages that together hold every shape of element, large ones first: few of them hold the most."""
    seen, chosen = set(), []
    for page in sorted(pages, key=lambda page: (-page.stat().st_size, page)):
        found = Shapes(page).found
        if not found <= seen:
            seen |= found
            chosen.append(page)
    return sorted(chosen)


class Browser:
    """Chromium under our control."""

    def __init__(self, chromium: str, driver: str, axe: Path) -> None:
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        self.profile = tempfile.mkdtemp(prefix="evidence-browser-")
        for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--window-size=1280,1600", f"--user-data-dir={self.profile}", "--disable-background-networking",
                     "--no-first-run", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND"):  # fmt: skip
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(driver))
        self.driver.set_page_load_timeout(60)
        self.driver.set_script_timeout(120)
        self.axe = axe.read_text()

    def close(self) -> None:
        self.driver.quit()
        shutil.rmtree(self.profile, ignore_errors=True)

    def open(self, page: Path) -> None:
        self.driver.get_log("browser")
        self.driver.get(page.resolve().as_uri())

    def prefer(self, mode: str) -> None:
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": mode}]})
        found = self.driver.execute_script("return matchMedia('(prefers-color-scheme: dark)').matches")
        if found != (mode == "dark"):
            sys.exit(f"error: Chromium does not follow the emulated color scheme `{mode}`")

    def violations(self) -> list[dict]:
        self.driver.execute_script(self.axe)
        answer = self.driver.execute_async_script(RUN_AXE)
        if "error" in answer:
            sys.exit(f"error: axe-core failed: {answer['error']}")
        return answer["violations"]

    def complaints(self) -> list[str]:
        """Requests to elsewhere, and errors in the log."""
        outside = [f"asks for `{url}`, which lies outside of the pack" for url in sorted(set(self.driver.execute_script(OUTSIDE)))]
        errors = [f"logs an error: {e['message']}" for e in self.driver.get_log("browser") if e["level"] == "SEVERE"]
        return outside + errors

    def picture(self, to: Path) -> None:
        """The whole page, up to 8000 pixels of it."""
        height = min(8000, self.driver.execute_script("return document.documentElement.scrollHeight"))
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": 1280, "height": height, "deviceScaleFactor": 1, "mobile": False})
        to.parent.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(to))
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def prove(browser: Browser) -> None:
    """Ends the run if a page that is broken on purpose shows nothing grave."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "broken.html"
        page.write_text(BROKEN)
        browser.open(page)
        for mode in MODES:
            browser.prefer(mode)
            if len([v for v in browser.violations() if v["impact"] in GRAVE]) < 3:
                sys.exit("error: axe-core finds too little on a page that is broken on purpose, so it proves nothing")
        if not browser.complaints():
            sys.exit("error: the missing picture of a page that is broken on purpose goes unnoticed")


def inspect(browser: Browser, page: Path, name: str, screenshots: Path | None) -> tuple[list[str], Counter]:
    """What is wrong with a page, and how many violations of each impact it has."""
    wrong, seen = [], Counter()
    browser.open(page)
    for mode in MODES:
        browser.prefer(mode)
        for found in browser.violations():
            seen[found["impact"]] += 1
            line = f"{found['impact']}: {found['id']}: {found['help']} ({len(found['nodes'])}×, first {found['nodes'][0]})"
            if found["impact"] in GRAVE:
                wrong.append(f"{name} [{mode}] {line}")
            else:
                print(f"note: {name} [{mode}] {line}")
        if screenshots:
            browser.picture(screenshots / f"{name.removesuffix('.html')}.{mode}.png")
    return wrong + [f"{name} {text}" for text in browser.complaints()], seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pack", type=Path)
    parser.add_argument("--axe", type=Path, required=True, help="axe.min.js; see tests/browser/axe")
    parser.add_argument("--screenshots", type=Path, help="write a picture of every page and mode into this folder")
    parser.add_argument("--all", action="store_true", help="open every page, not only those that differ in their elements")
    parser.add_argument("--only", help="pages whose path below the pack matches this glob")
    asked = parser.parse_args()
    chromium, driver = shutil.which("chromium") or shutil.which("chromium-browser"), shutil.which("chromedriver")
    if not chromium or not driver:
        sys.exit("error: `chromium` or `chromedriver` is not installed\nhint: install the system's chromium and chromium-driver packages")
    if not (asked.pack / "index.html").is_file():
        sys.exit(f"error: `{asked.pack}` holds no index.html\nhint: give the folder of a built pack")
    pages = sorted(asked.pack.rglob("*.html"))
    chosen = [p for p in pages if not asked.only or p.relative_to(asked.pack).match(asked.only)]
    if not chosen:
        sys.exit(f"error: no page of `{asked.pack}` matches `{asked.only}`")
    if not asked.all:
        chosen = cover(chosen)
    browser = Browser(chromium, driver, asked.axe)
    try:
        prove(browser)
        wrong, seen = [], Counter()
        for page in chosen:
            more, counted = inspect(browser, page, str(page.relative_to(asked.pack)), asked.screenshots)
            wrong += more
            seen += counted
    finally:
        browser.close()
    for line in wrong:
        print(f"error: {line}")
    which = "" if asked.all else " (they hold every shape of element)"
    print(f"{len(chosen)} of {len(pages)} pages{which}, light and dark: {len(wrong)} to mend; violations by impact: {json.dumps(dict(seen))}")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
