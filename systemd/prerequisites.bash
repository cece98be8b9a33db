# What building Telex needs, for `systemd/install` and `Tests/run`. Sourced, not run; `program` names who does.
# shellcheck shell=bash

# What the package itself builds with, on Debian 12 and 13. g++ brings the C library, the linker and the C++ headers
# that the Swift toolchain doesn't carry.
# shellcheck disable=SC2034
build_packages=(git ca-certificates g++ libc6-dev pkg-config libexpat1-dev libyaml-dev)

# What the Swift toolchain itself is linked to, where a bare system lacks it. Debian 13 has some under other names, which
# apt knows.
toolchain_packages=(binutils libcurl4 libxml2 libsqlite3-0 libncurses6 zlib1g-dev libstdc++6 libgcc-s1 tzdata)

# shellcheck disable=SC2154
say() { printf '%s: %s\n' "$program" "$*" >&2; }
die() {
  say "$*"
  exit 1
}

# Puts `swift` on PATH, from the usual places where it isn't there yet; ends the program where there is none.
require_swift() {
  local candidate libraries version
  if ! command -v swift >/dev/null; then
    for candidate in /opt/swift*/usr/bin /usr/local/swift*/usr/bin /usr/local/*/usr/bin /usr/libexec/swift/*/bin \
      /usr/share/swift*/usr/bin /usr/lib/swift*/usr/bin "$HOME"/.local/share/swiftly/bin "$HOME"/swift*/usr/bin; do
      if [[ -x $candidate/swift ]]; then
        PATH=$candidate:$PATH
        break
      fi
    done
  fi
  command -v swift >/dev/null ||
    die "no Swift toolchain: unpack one (https://www.swift.org/install/linux) under /opt, or put its usr/bin on PATH"
  # Installed by need and not by name: names differ between releases of Debian.
  libraries=$(ldd "$(dirname "$(readlink -f "$(command -v swift)")")"/{swift-build,swift-driver,clang} 2>/dev/null || true)
  if [[ $libraries == *'not found'* ]]; then require_packages "${toolchain_packages[@]}"; fi
  version=$(swift --version 2>&1) || die "the Swift toolchain at $(command -v swift) does not run: $version"
  version=$(sed -n '/Swift version/{s/.*Swift version \([0-9]*\.[0-9]*\).*/\1/p;q}' <<<"$version")
  version=${version:-0.0}
  if ((${version%%.*} < 6 || (${version%%.*} == 6 && ${version#*.} < 2))); then
    die "Swift $version at $(command -v swift) is too old: 6.2 or newer is needed"
  fi
}

# Installs those of the Debian packages named that are missing, as root; otherwise says which command does it.
require_packages() {
  local package missing=()
  if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian system; needed are the equivalents of: $*"
    return 0
  fi
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    die "packages are missing; run: sudo apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # The package lists of a fresh machine are empty or old: a second try follows an update.
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null 2>&1 ||
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; } ||
    die "apt-get could not install ${missing[*]}"
}
