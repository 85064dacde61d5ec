#!/bin/sh
# SoftHSM, a PKCS#11 token in software, for the tests.
#
#   eval "$(tests/softhsm.sh)"           sets COMITY_TEST_SOFTHSM to its library
#
# As root on Debian it installs softhsm2 when there is none. Where there is none
# and none can be installed it sets nothing and says why: the test that needs a
# token skips then. Tokens are made by that test in a folder of its own.
set -eu

say() { printf '%s\n' "$*" >&2; }

find_library() {
    for library in "${COMITY_TEST_SOFTHSM:-}" /usr/lib/softhsm/libsofthsm2.so \
        /usr/lib/*/softhsm/libsofthsm2.so /usr/lib*/pkcs11/libsofthsm2.so \
        /opt/homebrew/lib/softhsm/libsofthsm2.so; do
        if [ -n "$library" ] && [ -f "$library" ]; then
            printf '%s\n' "$library"
            return
        fi
    done
}

library=$(find_library)
if [ -z "$library" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing SoftHSM"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends softhsm2; } >&2 || true
    library=$(find_library)
fi
if [ -z "$library" ] || ! command -v softhsm2-util >/dev/null 2>&1; then
    say "SoftHSM is not there and cannot be installed (Debian: apt-get install softhsm2)"
    exit 0
fi
say "SoftHSM: $library"
echo "export COMITY_TEST_SOFTHSM=$library"
