#!/usr/bin/env bash
# Publishes the sample just in time and ahead of time, runs both in turn, and fails where a matrix product of 128 rows or more is over 5% slower ahead
# of time (two threads share out one of 64 rows in a microsecond, so that what is outside of the product shows), or where a program compiled for any x64
# machine does not say that it lacks vector instructions.
# publish.sh [INSTRUCTION_SET]: native by default; x86-64-v3 and x86-64-v4 run on other machines than this one. "native" ends with an exception in the
# compiler of .NET 10 where the runtime would rather not use the machine's AVX-512, on Skylake and Cascade Lake: there x86-64-v4 is the default.
# Needs a linker and zlib: clang, or gcc; on Debian: apt-get install clang zlib1g-dev.
set -euo pipefail
cd "$(dirname "$0")"
default=native
! grep -qs GenuineIntel /proc/cpuinfo || ! grep -qs '^model[[:space:]]*: 85$' /proc/cpuinfo || default=x86-64-v4
set_name=${1:-$default}
linker=()
command -v clang > /dev/null || linker=(-p:CppCompilerAndLinker=gcc)
rid=$(dotnet --info | sed -n 's/^ *RID: *//p')
dotnet publish -c Release -v q -r "$rid" --self-contained false -o bin/jit
dotnet publish -c Release -v q -r "$rid" -p:PublishAot=true -p:IlcInstructionSet="$set_name" "${linker[@]}" -o "bin/aot-$set_name"
ls -l "bin/aot-$set_name/NativeAot" | awk '{ printf "size %.1f MB\n", $5 / 1048576 }'

runs=$(mktemp -d)
trap 'rm -r "$runs"' EXIT
for _ in 1 2 3; do # in turn
    bin/jit/NativeAot | tee -a "$runs/jit"
    "bin/aot-$set_name/NativeAot" | tee -a "$runs/aot"
done
best() { sed -n "s/^matmul_$2_gflops //p" "$runs/$1" | sort -g | tail -1; } # other programs only ever slow one down
failed=0
for size in 64 128 256 512; do
    awk -v size=$size -v jit="$(best jit $size)" -v aot="$(best aot $size)" \
        'BEGIN { printf "matmul %d: %.1f just in time, %.1f ahead of time (%.0f%%)\n", size, jit, aot, 100 * aot / jit; exit size >= 128 && aot < 0.95 * jit }' || failed=1
done

if [[ $rid == *-x64 ]]; then # what the compiler assumes where no instruction set is named
    dotnet publish -c Release -v q -r "$rid" -p:PublishAot=true -p:IlcInstructionSet=x86-64-v2 "${linker[@]}" -o bin/aot-any
    bin/aot-any/NativeAot 2> "$runs/warned" > /dev/null
    "bin/aot-$set_name/NativeAot" 2> "$runs/silent" > /dev/null
    grep -q IlcInstructionSet "$runs/warned" || { echo "Compiled for any x64 machine, the program says nothing of missing vector instructions." >&2; failed=1; }
    [ ! -s "$runs/silent" ] || { echo "Compiled for $set_name, the program complains:" >&2; cat "$runs/silent" >&2; failed=1; }
    sed 's/^/for any x64 machine it says: /' "$runs/warned"
fi
exit $failed
