#!/usr/bin/env bash
# Builds, sets up and runs the comparison: run.sh [--no-build] OPTIONS (see README.md). Without --no-build, setup.sh runs first.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" = --no-build ]; then shift; else "$here/setup.sh"; fi
out=$here/bin/Release/net10.0/linux-x64

# libtorch has no cache of its own for the CPU: with malloc kept away from mmap it does not fault pages in for every large result. Its best case.
export MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=268435456
[ ! -e "$out/libshim.so" ] || export LD_PRELOAD=$out/libshim.so
exec dotnet "$out/Nabla.Peers.dll" "$@"
