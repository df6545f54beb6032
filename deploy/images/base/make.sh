#!/usr/bin/env bash
# Makes the image that programs run in, without a registry: Debian's packages by debootstrap, then `docker import`.
#
#   deploy/images/base/make.sh [name]     default: modelwright/base:local
#
# As root on Debian or a system with debootstrap; takes about a minute. DOCKER_HOST names the engine. BASE_SUITE and
# BASE_MIRROR choose the release and the mirror. The image has an id but no digest of a repository: runners pin it by the id.
# Where a registry answers, the Dockerfile beside this makes the same.
set -euo pipefail
cd "$(dirname "$0")"

name="${1:-modelwright/base:local}"
suite="${BASE_SUITE:-bookworm}"
mirror="${BASE_MIRROR:-http://deb.debian.org/debian}"

for program in debootstrap docker tar; do
  command -v "$program" >/dev/null || { echo "make.sh: $program is missing: apt-get install debootstrap docker.io" >&2; exit 1; }
done
[ "$(id -u)" -eq 0 ] || { echo "make.sh: debootstrap needs root" >&2; exit 1; }

root="$(mktemp -d)"
trap 'rm -rf "$root"' EXIT

packages="$(grep -v '^#' packages.txt | paste -sd, -)"
debootstrap --variant=minbase --include="$packages" "$suite" "$root" "$mirror" >"$root.log" 2>&1 || {
  tail -n 20 "$root.log" >&2
  echo "make.sh: debootstrap failed; the whole log is $root.log" >&2
  exit 1
}
rm -f "$root.log"

# What a program never needs and nobody should find: caches, logs, documentation, set-user-id programs.
rm -rf "$root"/var/cache/apt/* "$root"/var/lib/apt/lists/* "$root"/var/log/* "$root"/usr/share/{doc,man,info,locale}/*
find "$root" -xdev -perm /6000 -type f -exec chmod a-s {} +

tar --create --numeric-owner --directory "$root" . |
  docker import --change 'ENV PATH=/usr/local/bin:/usr/bin:/bin' --change 'ENV LANG=C.UTF-8' \
    --change 'CMD ["/bin/sh"]' --message "Debian $suite, Python 3" - "$name"
