#!/usr/bin/env bash
# A Docker engine that has the base image, for the tests that need a real one.
#
#   .ci/docker.sh start <folder>   prints DOCKER_HOST of the engine that answers, else of one that it has started
#   .ci/docker.sh stop <folder>    stops the engine that `start` has started with this folder, if any
#
# As root on Debian it installs what it needs (docker.io; debootstrap for the image). The data of its own engine stay in
# the cache, so that the image is made once. Where no engine can be had it says why and fails: tests are skipped then.
set -euo pipefail
cd "$(dirname "$0")/.."

action="$1"
folder="$2"
image="modelwright/base:local"
cache="${MODELWRIGHT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/modelwright}"

say() { echo "docker: $*" >&2; }

answers() { [ -S "$1" ] && curl --silent --fail --max-time 5 --unix-socket "$1" http://engine/_ping >/dev/null; }

# Waits for a socket to answer, at most so many seconds.
await() {
  for _ in $(seq $((5 * $2))); do
    if answers "$1"; then return 0; fi
    sleep 0.2
  done
  return 1
}

install() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    say "this machine lacks $* and is not for us to change; install it"
    return 1
  fi
  say "installing $*"
  export DEBIAN_FRONTEND=noninteractive
  local lock=(-o DPkg::Lock::Timeout=300 -qq)
  [ -n "$(apt-cache policy "$1" | grep 'Candidate: [0-9]')" ] || apt-get "${lock[@]}" update >&2
  apt-get "${lock[@]}" install -y --no-install-recommends "$@" >&2
}

start_own() {
  mkdir -p "$folder" "$cache/engine"
  # Held by the engine for as long as it lives: two of them never share their data.
  exec 9>"$cache/engine.lock"
  local data="$cache/engine"
  flock --nonblock 9 || data="$folder/data"
  # The path of a socket is short: not below the folder.
  local socket
  socket="$(mktemp -d)/docker.sock"
  dirname "$socket" >"$folder/socket-folder"
  dockerd --data-root "$data" --exec-root "$folder/exec" --pidfile "$folder/pid" --host "unix://$socket" \
    >"$folder/log" 2>&1 &
  if ! await "$socket" 60; then
    say "dockerd does not start: $(tail -n 3 "$folder/log")"
    stop
    return 1
  fi
  exec 9>&-
  echo "$socket"
}

stop() {
  if [ -s "$folder/pid" ]; then
    local pid
    pid="$(cat "$folder/pid")"
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 100); do
      kill -0 "$pid" 2>/dev/null || break
      sleep 0.1
    done
  fi
  if [ -s "$folder/socket-folder" ]; then rm -rf "$(cat "$folder/socket-folder")"; fi
  rm -rf "$folder"
}

start() {
  case "${DOCKER_HOST:-unix:///var/run/docker.sock}" in
    unix://*) socket="${DOCKER_HOST:-unix:///var/run/docker.sock}"; socket="${socket#unix://}" ;;
    *) say "tests need an engine behind a Unix socket, not $DOCKER_HOST"; return 1 ;;
  esac
  command -v curl >/dev/null || install curl
  if ! answers "$socket"; then
    # Where services are managed, installing the engine starts it.
    command -v dockerd >/dev/null || { install docker.io && await /var/run/docker.sock 5 || true; }
    if answers /var/run/docker.sock; then socket=/var/run/docker.sock; else socket="$(start_own)"; fi
  fi
  export DOCKER_HOST="unix://$socket"
  if ! docker image inspect "$image" >/dev/null 2>&1; then
    command -v debootstrap >/dev/null || install debootstrap
    say "making the base image"
    deploy/images/base/make.sh >&2
  fi
  echo "$DOCKER_HOST"
}

case "$action" in
  start) start ;;
  stop) stop ;;
  *) say "start or stop, not $action"; exit 2 ;;
esac
