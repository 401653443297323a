#!/bin/sh
# Installs the Debian packages that a step needs, as root or through sudo; where neither may be used, lists
# what is missing and what will not work without it. Usage: system-packages.sh venv [PYTHON] | run | test
set -eu

# Says what Python is needed and ends, where this one is another.
right_version() {
  "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1 && return
  echo "rasoat needs Python 3.11, 3.12 or 3.13; $1 is $("$1" --version 2>&1 || echo unusable)." >&2
  echo "Debian 12 has it: apt-get install python3 python3-venv. Another one: make PYTHON=/path/to/python3.11 setup" >&2
  exit 1
}

python="${2:-python3}"
case "${1:-run}" in
  venv)
    if command -v "$python" >/dev/null; then
      right_version "$python"
      "$python" -c 'import ensurepip, venv' 2>/dev/null && exit 0
      wanted="python3-venv"
    else
      wanted="python3 python3-venv"
    fi ;;
  run)  wanted="libreoffice-writer antiword tesseract-ocr tesseract-ocr-vie fonts-croscore" ;;
  test) wanted="chromium poppler-utils postgresql" ;;
  *) echo "usage: $0 venv|run|test" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
  echo "Not a Debian machine: please install yourself: $wanted" >&2
  [ "${1:-run}" = venv ] && exit 1
  exit 0
fi
missing=""
for package in $wanted; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root="sudo"
else
  echo "These Debian packages are missing and cannot be installed from here:$missing" >&2
  echo "Please run: apt-get install --no-install-recommends$missing" >&2
  [ "${1:-run}" = venv ] && exit 1
  echo "Without them: .doc files (libreoffice-writer, antiword) and scans (tesseract-ocr-vie) stay unread; forms look different (fonts-croscore)." >&2
  exit 0
fi
echo "Installing Debian packages:$missing"
log=$(mktemp)
if ! { $as_root apt-get update && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends $missing; } >"$log" 2>&1; then
  tail -5 "$log" >&2
  echo "apt-get could not install:$missing" >&2
  [ "${1:-run}" = venv ] && exit 1
fi
rm -f "$log"
[ "${1:-run}" = venv ] && right_version "$python"
exit 0
