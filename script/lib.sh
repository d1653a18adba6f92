# shellcheck shell=bash
# What the commands in this folder share. Sourced, never run; PostgreSQL is in cluster.sh.
#
# Everything here works before anything is installed: bash, coreutils and Python's own library.
# Locks are flocks on folders, so that a killed command leaves none behind:
#   6  the data folder       one `script/up` at a time
#   7  the clone             one set-up at a time
#   8  the cluster's folder  starting and stopping PostgreSQL
#   9  its data              shared by all who use PostgreSQL; the last one out stops it
set -euo pipefail

CALLER=$PWD # files named on a command line are the caller's
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$ROOT"
umask 022
unset PYTHONDONTWRITEBYTECODE # images set it; here one process compiles what a hundred start with
. script/cluster.sh
CLONE_NEEDS_MB=1300
DATA_NEEDS_MB=400
SYSTEM_CERTS=/etc/ssl/certs/ca-certificates.crt
CHILDREN=()

say() { printf '%s\n' "$*"; }

fail() {
  printf '\n%s\n' "$*" >&2
  exit 1
}

# attempt SENTENCE COMMAND…: silent when it works; else the sentence, and a log of what it said.
attempt() {
  local sentence=$1 log=$DATA/logs/set-up.log
  shift
  "$@" >"$log" 2>&1 </dev/null 6>&- 7>&- 8>&- 9>&- || fail "$sentence
(What it said is in $log.)"
}

have() { command -v "$1" >/dev/null; }

short_hash() { printf %s "$1" | sha256sum | cut -c1-12; }

# ── what must be true before anything is touched ──────────────────────────────────────────────

find_python() {
  local candidate
  for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      PYTHON=$(command -v "$candidate")
      return
    fi
  done
  candidate=$("${PYTHON:-python3}" --version 2>/dev/null || say "no ${PYTHON:-python3}")
  fail "Xuntu needs Python 3.11 or newer; here is $candidate. Install one, or name it: PYTHON=/path/to/python3.12 $0"
}

need_free_mb() { # FOLDER MEGABYTES
  local folder=$1 free
  while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
  free=$(($(df -Pk "$folder" | awk 'NR == 2 { print $4 }') / 1024))
  [ "$free" -ge "$2" ] ||
    fail "Only $free MB are free at $folder; Xuntu needs $2 MB there. Free some space, or put the data elsewhere with XUNTU_DATA."
}

need_room_in_clone() {
  [ -w "$ROOT" ] || fail "$(id -un) may not write in $ROOT, where the packages go. Run this as the folder's owner."
  [ -d .venv/lib ] || need_free_mb "$ROOT" "$CLONE_NEEDS_MB"
}

need_lock_files() {
  local file
  for file in requirements.txt requirements-dev.txt requirements-uv.txt requirements-node.txt \
    package.json package-lock.json; do
    [ -s "$file" ] || fail "$file is missing. Bring it back with: git checkout -- $file"
  done
}

open_data_folder() {
  DATA=$(cd "$CALLER" && realpath -m "${XUNTU_DATA:-$ROOT/.data}")
  export XUNTU_DATA=$DATA
  if [ -e "$DATA/pg" ]; then need_free_mb "$DATA" 100; else need_free_mb "$DATA" "$DATA_NEEDS_MB"; fi
  mkdir -p "$DATA" "$DATA/logs" "$DATA/staticfiles" 2>/dev/null && [ -w "$DATA/logs" ] ||
    fail "The data folder $DATA cannot be written by $(id -un). Choose another with XUNTU_DATA."
  # Caches usually live at home; a service account may have none.
  [ -w "${HOME:-/nonexistent}" ] ||
    export HOME="$DATA" UV_CACHE_DIR="$DATA/cache/uv" npm_config_cache="$DATA/cache/npm"
}

# ── system packages ──────────────────────────────────────────────────────────────────────────

find_chromium() {
  local candidate
  for candidate in ${CHROMIUM:-} chromium google-chrome google-chrome-stable \
    "${HOME:-}"/.cache/ms-playwright/chromium-*/chrome-linux*/chrome; do
    if have "$candidate"; then
      CHROMIUM=$(command -v "$candidate")
      export CHROMIUM
      return
    fi
  done
  return 1
}

as_root() { # says the one line when there is no way to be root
  if [ "$(id -u)" = 0 ]; then
    attempt "The system packages could not be installed. Is the network up?" sh -c "$1"
  elif have sudo && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    sudo true || fail "Without sudo, ask an administrator to run:
  $1"
    attempt "The system packages could not be installed. Is the network up?" sudo sh -c "$1"
  else
    fail "The system lacks: $2. Run this line as root, then this command again:
  $1"
  fi
}

ensure_system() { # [any of: browser office]
  local missing=() version wanted=" ${1:-} "
  version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || missing+=("python$version-venv")
  [ -n "${DATABASE_URL:-}" ] || find_postgres || missing+=(postgresql postgresql-postgis)
  if have dpkg-query; then
    dpkg-query -W -f '${Status}' fonts-noto-cjk 2>/dev/null | grep -q 'ok installed' ||
      missing+=(fonts-noto-cjk)
  fi
  # Ubuntu's chromium is a snap, which a container cannot run: there Playwright brings one.
  if [[ $wanted == *" browser "* ]] && ! find_chromium && ! grep -qs '^ID=ubuntu' /etc/os-release; then
    missing+=(chromium)
  fi
  # Opens the papers' .docx, as the offices do.
  if [[ $wanted == *" office "* ]] && ! have soffice; then missing+=(libreoffice-writer-nogui); fi
  [ ${#missing[@]} -gt 0 ] || return 0
  have apt-get || fail "The system lacks: ${missing[*]}. Install them and run this command again."
  say "• System packages: ${missing[*]}"
  as_root "apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends ${missing[*]}" "${missing[*]}"
  [ -n "${DATABASE_URL:-}" ] || find_postgres || fail "PostgreSQL with PostGIS was installed but is not where Debian and Ubuntu put it (/usr/lib/postgresql)."
}

# ── what the clone needs: Python packages, browser modules, compiled words ────────────────────

node_is_there() {
  have npm && [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || say 0)" -ge 20 ]
}

ensure_clone() { # base|dev
  local want=$1 files=() stamp key network
  network="Is the network up? Run this command again when it is."
  need_lock_files
  exec 7<"$ROOT"
  flock -n 7 || { say "• Waiting for another set-up of this clone"; flock 7; }
  # The system's own Node; without one, PyPI's.
  { node_is_there && [[ $(command -v npm) != "$ROOT"/* ]]; } || files+=(requirements-node.txt)
  PATH=$ROOT/.venv/bin:$PATH
  if [ -e "$SYSTEM_CERTS" ]; then # an office's own certificate authority is known there
    export UV_SYSTEM_CERTS=1 PIP_CERT=${PIP_CERT:-$SYSTEM_CERTS} NODE_EXTRA_CA_CERTS=${NODE_EXTRA_CA_CERTS:-$SYSTEM_CERTS}
  fi
  key=$({ cat requirements*.txt; say "$ROOT"; "$PYTHON" --version; } | sha256sum)
  stamp=$(cat .venv/.xuntu 2>/dev/null || true)
  if { [ "$stamp" != "dev $key" ] && [ "$stamp" != "$want $key" ]; } || ! node_is_there; then
    need_room_in_clone
    say "• Python packages"
    [ "${stamp%% *}" != dev ] || want=dev
    [ "$want" = base ] && files+=(requirements.txt) || files+=(requirements-dev.txt)
    # A package half unpacked when Ctrl-C came looks installed to uv.
    [ ! -e .venv/.unfinished ] && .venv/bin/python -c '' 2>/dev/null || rm -rf .venv
    mkdir -p .venv
    touch .venv/.unfinished
    attempt "The virtual environment .venv could not be made." "$PYTHON" -m venv .venv
    # A mirror set for pip serves uv too.
    UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}}
    [ -z "$UV_DEFAULT_INDEX" ] || export UV_DEFAULT_INDEX
    attempt "uv could not be fetched from PyPI. $network" .venv/bin/python -m pip install -q \
      --disable-pip-version-check --retries 2 --require-hashes --no-deps -r requirements-uv.txt
    attempt "The Python packages could not be fetched. $network" .venv/bin/uv pip sync -q \
      --compile-bytecode --python .venv/bin/python --require-hashes "${files[@]}" requirements-uv.txt
    say "$want $key" >.venv/.xuntu
    rm .venv/.unfinished
  fi
  key=$(cat package.json package-lock.json .npmrc script/vendor | sha256sum)
  if [ "$(cat node_modules/.xuntu 2>/dev/null)" != "$key" ] || [ ! -e static/vendor/versions.json ]; then
    need_room_in_clone
    say "• Browser modules"
    attempt "The browser modules could not be fetched. $network" npm ci --loglevel=error \
      --no-audit --no-fund --ignore-scripts --fetch-retries=2
    attempt "The browser modules could not be copied." script/vendor
    say "$key" >node_modules/.xuntu
  fi
  compile_words
  exec 7<&-
}

compile_words() {
  local po
  for po in locale/*/LC_MESSAGES/django.po; do
    if [ -e "$po" ] && [ ! "${po%.po}.mo" -nt "$po" ]; then
      attempt "The translations in $po could not be compiled." .venv/bin/python -m \
        babel.messages.frontend -q compile -i "$po" -o "${po%.po}.mo"
    fi
  done
}

# ── what Django needs to know ────────────────────────────────────────────────────────────────

export_settings() {
  export DEBUG=${DEBUG:-1}
  if [ -z "${SECRET_KEY:-}" ]; then
    case $DEBUG in
      1 | [Tt]rue | yes | on) ;;
      *) fail "SECRET_KEY must be set when DEBUG is off." ;;
    esac
    [ -s "$DATA/secret_key" ] ||
      (umask 077 && "$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(50))' >"$DATA/secret_key")
    SECRET_KEY=$(cat "$DATA/secret_key")
  fi
  export SECRET_KEY
}

# The whole environment of a command, up to a database that answers.
prepare() { # base|dev [browser]
  find_python
  open_data_folder
  ensure_system "${2:-}"
  ensure_clone "$1"
  export_settings
  [ -n "${DATABASE_URL:-}" ] || enter_cluster "$DATA/pg"
}

# The same for tests and measures: a data folder and a cluster that go again, and a Chromium.
prepare_scratch() { # NAME [any of: browser office] [extra lines of PostgreSQL's configuration]
  SCRATCH=$(mktemp -d "/tmp/xuntu-$1.XXXXXX")
  chmod 755 "$SCRATCH" # PostgreSQL's own user enters it
  trap 'stop_all; rm -rf "$SCRATCH"' EXIT
  unset DATABASE_URL
  export XUNTU_DATA=$SCRATCH/data DEBUG=1 SECRET_KEY=for-a-database-that-goes-again
  find_python
  open_data_folder
  ensure_system "$2"
  ensure_clone dev
  if [[ " $2 " == *" browser "* ]] && ! find_chromium; then
    say "• Chromium"
    attempt "Chromium could not be fetched. Is the network up?" \
      .venv/bin/python -m playwright install --with-deps chromium
    find_chromium || fail "Chromium was fetched but does not start. Name one with CHROMIUM=/path/to/chromium."
  fi
  enter_cluster "$SCRATCH/pg" "${3:-}"
}

manage() { (cd "$CALLER" && exec "$ROOT/.venv/bin/python" "$ROOT/manage.py" "$@" 6>&- 7>&- 8>&- 9>&-); }

run_backups() {
  (cd "$CALLER" && PG_BIN=${PG_BIN:-} exec "$ROOT/.venv/bin/python" "$ROOT/script/backups.py" "$@" 6>&- 7>&- 8>&- 9>&-)
}

# In the background and a session of its own, where a terminal's Ctrl-C does not reach it but
# stop_all does; it ends with this script even where the script is killed.
spawn() {
  setsid setpriv --pdeathsig TERM "$@" </dev/null 6>&- 7>&- 8>&- 9>&- &
  CHILDREN+=($!)
}

start() { # NAME COMMAND…: its words go to a log
  local log=$DATA/logs/$1.log
  shift
  spawn "$@" >"$log" 2>&1
}

start_web() { # PORT
  # A thread that finds no free connection waits: as many threads as DATABASE_POOL has.
  start web .venv/bin/python -m granian --interface wsgi --host 127.0.0.1 --port "$1" --workers 2 \
    --blocking-threads 8 --workers-kill-timeout 3 config.wsgi:application
}

stop_all() {
  local pid
  [ ${#CHILDREN[@]} -eq 0 ] || kill -TERM "${CHILDREN[@]}" 2>/dev/null || true
  for pid in "${CHILDREN[@]}"; do
    for _ in {1..100}; do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL "$pid" "-$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  CHILDREN=()
  leave_cluster
}

stop_at_exit() {
  trap stop_all EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  trap 'exit 129' HUP
}
