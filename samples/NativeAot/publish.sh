#!/usr/bin/env bash
# Publishes the sample just in time and ahead of time, runs both in turn, and fails where the matrix product ahead of time is over 5% slower.
# publish.sh [INSTRUCTION_SET]: native by default; x86-64-v3 and x86-64-v4 run on other machines than this one.
# Needs a linker and zlib: clang, or gcc; on Debian: apt-get install clang zlib1g-dev.
set -euo pipefail
cd "$(dirname "$0")"
set_name=${1:-native}
linker=()
command -v clang > /dev/null || linker=(-p:CppCompilerAndLinker=gcc)
rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
dotnet publish -c Release -v q -r "$rid" --self-contained false -o bin/jit
dotnet publish -c Release -v q -r "$rid" -p:PublishAot=true -p:IlcInstructionSet="$set_name" "${linker[@]}" -o "bin/aot-$set_name"
ls -l "bin/aot-$set_name/NativeAot" | awk '{ printf "size %.1f MB\n", $5 / 1048576 }'

best() { # the best of three runs each, in turn: other programs only ever slow one down
    for _ in 1 2 3; do "$1" | sed -n "s/^$2 //p"; done | sort -g | tail -1
}
bin/jit/NativeAot
"bin/aot-$set_name/NativeAot"
jit=$(best bin/jit/NativeAot matmul_gflops)
aot=$(best "bin/aot-$set_name/NativeAot" matmul_gflops)
awk -v jit="$jit" -v aot="$aot" 'BEGIN { printf "matmul: %.1f just in time, %.1f ahead of time (%.0f%%)\n", jit, aot, 100 * aot / jit; exit aot < 0.95 * jit }'
