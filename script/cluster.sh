# shellcheck shell=bash
# The private PostgreSQL: where it lies, how it starts, and who turns the light out. Sourced by lib.sh.

find_postgres() {
  local folder version
  PG_BIN=
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
    version=$(basename "$(dirname "$folder")")
    if [ -x "$folder/initdb" ] && [ -e "/usr/share/postgresql/$version/extension/postgis.control" ]; then
      PG_BIN=$folder
      return
    fi
  done
  return 1
}

as_pg() { # in /, for PostgreSQL's user may not enter the folder we stand in
  (
    cd /
    if [ "$PG_USER" = "$(id -un)" ]; then
      exec "$@" 6>&- 7>&- 8>&- 9>&-
    fi
    exec setpriv --reuid="$PG_USER" --regid="$(id -g "$PG_USER")" --init-groups env HOME=/ "$@" 6>&- 7>&- 8>&- 9>&-
  )
}

# Sets CLUSTER, PG_USER and SOCKET. PostgreSQL refuses to run as root, so root's cluster belongs to
# the postgres user and goes where that user can enter; a link in the data folder leads there.
place_cluster() { # FOLDER
  CLUSTER=$(realpath -m "$1")
  PG_USER=$(id -un)
  if [ "$(id -u)" = 0 ]; then
    PG_USER=postgres
    if [ -d "$CLUSTER/data" ]; then
      PG_USER=$(stat -c %U "$CLUSTER/data")
    elif [ ! -L "$1" ] && ! as_pg test -x "$(dirname "$CLUSTER")"; then
      mkdir -p /var/lib/xuntu
      CLUSTER=$(mktemp -d /var/lib/xuntu/XXXXXXXX)
      chown "$PG_USER:" "$CLUSTER"
      # Where two come at once, the second uses what the first made.
      ln -sn "$CLUSTER" "$1" 2>/dev/null || { rmdir "$CLUSTER" && CLUSTER=$(realpath "$1"); }
    fi
  fi
  SOCKET=$CLUSTER
  # 107 bytes are the limit; and the path stands in a URL and in a configuration file.
  if [ "$(printf %s "$SOCKET/.s.PGSQL.5432" | wc -c)" -gt 107 ] || [[ ! $SOCKET =~ ^[a-zA-Z0-9/._-]+$ ]]; then
    SOCKET=/tmp/xuntu-$(short_hash "$CLUSTER")
  fi
}

make_private() { # FOLDER
  [ -d "$1" ] || attempt "The folder $1 could not be made." install -d -m 700 -o "$PG_USER" "$1"
  [ ! -L "$1" ] && [ "$(stat -c %U "$1")" = "$PG_USER" ] ||
    fail "$1 must belong to $PG_USER. Move it away and run this command again."
}

cluster_pid() { # a pid file that names a process which is not this cluster's is stale
  local pid
  pid=$(head -n 1 "$CLUSTER/data/postmaster.pid" 2>/dev/null) || return 1
  [ "$(readlink "/proc/$pid/cwd")" = "$(realpath "$CLUSTER/data")" ] && say "$pid"
}

start_cluster() { # [extra lines of configuration]
  local fresh=$CLUSTER/fresh version
  if [ ! -d "$CLUSTER/data" ]; then
    say "• A PostgreSQL cluster in $CLUSTER"
    rm -rf "$fresh"
    attempt "The database cluster could not be made." as_pg "$PG_BIN/initdb" -D "$fresh" -U xuntu \
      --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync
    attempt "The database could not be made." as_pg sh -c \
      'echo "CREATE DATABASE xuntu" | "$0" --single -D "$1" postgres' "$PG_BIN/postgres" "$fresh"
    say "include 'xuntu.conf'" >>"$fresh/postgresql.conf"
    sync -f "$fresh"
    touch "$CLUSTER/first-run" # until script/up has filled it
    mv "$fresh" "$CLUSTER/data"
  fi
  version=$(cat "$CLUSTER/data/PG_VERSION")
  [ -x "/usr/lib/postgresql/$version/bin/postgres" ] ||
    fail "The data in $CLUSTER was written by PostgreSQL $version, which is not installed. Install postgresql-$version-postgis-3, or choose another XUNTU_DATA."
  PG_BIN=/usr/lib/postgresql/$version/bin
  cat >"$CLUSTER/data/xuntu.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$SOCKET'
shared_buffers = 256MB
$*
CONF
  exec 9<"$CLUSTER/data"
  flock -s 9
  cluster_pid >/dev/null && return
  make_private "$SOCKET"
  rm -f "$CLUSTER/data/postmaster.pid" "$SOCKET"/.s.PGSQL.5432*
  if ! as_pg "$PG_BIN/pg_ctl" -s -w -t 60 -D "$CLUSTER/data" -l "$CLUSTER/log" start; then
    need_free_mb "$CLUSTER" 60
    tail -n 5 "$CLUSTER/log" >&2
    fail "PostgreSQL did not start. Its log is $CLUSTER/log."
  fi
}

enter_cluster() { # FOLDER [extra lines of configuration]
  place_cluster "$1"
  make_private "$CLUSTER"
  exec 8<"$CLUSTER"
  flock 8
  start_cluster "${2:-}"
  flock -u 8
  export DATABASE_URL=postgis://xuntu@${SOCKET//\//%2F}/xuntu
}

ask_cluster() { as_pg "$PG_BIN/psql" -XAtq -h "$SOCKET" -U xuntu -c "$1" xuntu; }

leave_cluster() { # the last one out stops it
  [ -n "${CLUSTER:-}" ] && [ -e /proc/$$/fd/9 ] || return 0
  flock 8
  if flock -n -x 9 && cluster_pid >/dev/null; then
    as_pg "$PG_BIN/pg_ctl" -s -w -m fast -D "$CLUSTER/data" stop || true
    [ "$SOCKET" = "$CLUSTER" ] || rmdir "$SOCKET" 2>/dev/null || true
  fi
  exec 9<&-
  flock -u 8
}
