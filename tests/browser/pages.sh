#!/usr/bin/env bash
# Walks the pages in a real browser: Chromium through playwright-core, on the demo world.
#
# As root on Debian it installs the browser and the fonts it needs; otherwise it says what to
# install. Its npm packages go to target/browser. Exit code 75: something is missing, nothing ran.
set -euo pipefail
cd "$(dirname "$0")/../.."

missing() {
    echo "    $1" >&2
    exit 75
}

packages=()
command -v chromium >/dev/null || packages+=(chromium)
command -v npm >/dev/null || packages+=(npm)
if [ "${#packages[@]}" -gt 0 ] || ! fc-list 2>/dev/null | grep -q Noto; then
    packages+=(fontconfig fonts-noto-core fonts-noto-cjk)
fi
if [ "${#packages[@]}" -gt 0 ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        missing "install them (Debian: apt-get install ${packages[*]})"
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" ||
        missing "these cannot be installed: ${packages[*]}"
fi

mkdir -p target/browser
cp tests/browser/package.json target/browser/
npm install --prefix target/browser --no-package-lock --no-audit --no-fund --loglevel=error ||
    missing "npm cannot fetch playwright-core and axe-core"

# With the flags of the other tests, so that nothing is built twice.
cargo build --workspace --bin comity --quiet
exec node tests/browser/pages/run.js
