# For scripts to source: Python with the packages that a script needs.
#
#   python=$(environment NAME [FILE])
#
# prints the interpreter of .build/NAME, which has exactly what FILE lists, by default
# scripts/NAME/requirements.txt. It is made at the first use, which needs pip's registry, and Python
# 3.11 or later with its venv module; PYTHON names another python3. Where it cannot be made, the reason
# is on stderr and the status is 1.
# shellcheck shell=bash

environment() {
  local top wanted here python=${PYTHON:-python3}
  top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  wanted=$top/scripts/${2:-$1/requirements.txt} here=$top/.build/$1
  if ! cmp -s "$wanted" "$here/installed.txt" || ! [[ -x $here/venv/bin/python ]]; then
    if ! command -v "$python" >/dev/null; then
      echo "error: no $python here; install Python 3.11 or later, or name one: PYTHON=python3.12 $0" >&2
      return 1
    fi
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
      echo "error: $("$python" --version) is too old, 3.11 or later is needed;" \
        "name a newer one: PYTHON=python3.12 $0" >&2
      return 1
    fi
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
      echo "error: $python has no venv module; install it (Debian, Ubuntu: apt install python3-venv)" >&2
      return 1
    fi
    echo "installing what $wanted lists into $here" >&2
    rm -f "$here/installed.txt"
    if ! "$python" -m venv --clear "$here/venv" ||
      ! "$here/venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted" >&2; then
      echo "error: pip could not install $wanted (the first use needs a network); try again" >&2
      return 1
    fi
    cp "$wanted" "$here/installed.txt"
  fi
  echo "$here/venv/bin/python"
}
