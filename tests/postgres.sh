#!/bin/sh
# A throw-away PostgreSQL server for the tests.
#
#   eval "$(tests/postgres.sh)"          starts one and sets COMITY_TEST_POSTGRES
#   tests/postgres.sh stop [DIR]         stops it and removes its files
#
# It listens on a free port of 127.0.0.1 only, keeps everything in a temporary
# directory, and trusts whoever connects. As root it installs PostgreSQL with
# apt-get when there is none, and runs the server as the user postgres, because
# PostgreSQL refuses to run as root. Set PG_BIN to use a certain installation.
set -eu

say() { printf '%s\n' "$*" >&2; }

# Runs a program of PostgreSQL as somebody it accepts.
as_server() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

# The directory with initdb and pg_ctl: the newest one.
find_bin() {
    if [ -n "${PG_BIN:-}" ]; then
        printf '%s\n' "$PG_BIN"
        return
    fi
    newest=$(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin \
        2>/dev/null | sort -V | tail -n 1)
    if [ -n "$newest" ] && [ -x "$newest/initdb" ]; then
        printf '%s\n' "$newest"
    elif command -v initdb >/dev/null 2>&1; then
        dirname "$(command -v initdb)"
    fi
}

install_server() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
        say "PostgreSQL is not installed. Install it (Debian: apt-get install postgresql) and try again."
        exit 1
    fi
    say "installing PostgreSQL"
    # Without a cluster of its own: this script makes one.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] ||
        echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y postgresql; } >&2
}

start() {
    bin=$(find_bin)
    if [ -z "$bin" ]; then
        install_server
        bin=$(find_bin)
    fi
    dir=$(mktemp -d "${TMPDIR:-/tmp}/comity-postgres.XXXXXX")
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$dir"
    fi
    printf '%s\n' "$bin" >"$dir/bin"
    cd "$dir"
    if ! as_server "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C \
        --no-sync >"$dir/initdb.log" 2>&1; then
        cat "$dir/initdb.log" >&2
        rm -rf "$dir"
        exit 1
    fi
    # Whether a port is free is known only once the server has it: the process id
    # chooses where to begin, a taken port moves on to the next.
    port=$((20000 + $$ % 20000))
    tries=0
    # Data of tests need not survive a power cut, hence no fsync.
    until as_server "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 \
        -o "-p $port -k $dir -c listen_addresses=127.0.0.1 -c max_connections=400 -c fsync=off" \
        start >/dev/null 2>&1; do
        tries=$((tries + 1))
        if [ "$tries" -ge 20 ]; then
            cat "$dir/log" >&2
            rm -rf "$dir"
            exit 1
        fi
        port=$((port + 1))
    done
    say "PostgreSQL listens on port $port, files in $dir"
    echo "export COMITY_TEST_POSTGRES=postgres://postgres@127.0.0.1:$port/postgres"
    echo "export COMITY_TEST_POSTGRES_DIR=$dir"
}

stop() {
    dir=${1:-${COMITY_TEST_POSTGRES_DIR:-}}
    if [ -z "$dir" ] || [ ! -f "$dir/data/PG_VERSION" ] || [ ! -f "$dir/bin" ]; then
        say "usage: $0 stop DIR   (or set COMITY_TEST_POSTGRES_DIR)"
        exit 2
    fi
    bin=$(cat "$dir/bin")
    cd "$dir"
    as_server "$bin/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
    cd /
    rm -rf "$dir"
}

case "${1:-start}" in
start) start ;;
stop) stop "${2:-}" ;;
*)
    say "usage: $0 [start | stop [DIR]]"
    exit 2
    ;;
esac
