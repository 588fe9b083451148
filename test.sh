#!/usr/bin/env bash
# Sets up what the tests need, builds with warnings as errors, and runs every test: all projects, the CPU suite also with narrower
# instruction sets, and the reference cases where they are present. Ends with "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
passed=0 failed=0 skipped=0
goldens=${NABLA_GOLDENS:-../shared/goldens}

install_opencl() {
    compgen -G '/etc/OpenCL/vendors/*.icd' >/dev/null && ldconfig -p | grep -q 'libOpenCL\.so\.1' && return
    local root=''
    [ "$(id -u)" -eq 0 ] || root=sudo
    if ! command -v apt-get >/dev/null; then
        echo "No OpenCL driver was found. Install one (PoCL: pocl-opencl-icd) and the loader (ocl-icd-libopencl1), then run this again." >&2
        exit 1
    fi
    echo "== Installing PoCL"
    $root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $root apt-get install -y -qq pocl-opencl-icd ocl-icd-libopencl1 >/dev/null
}

# Adds the counts of an xunit summary: "Total: 5, Errors: 0, Failed: 1, Skipped: 2, Not Run: 0".
count_xunit() {
    local line
    line=$(grep -aoE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$1" | tail -n 1 || true)
    if [ -z "$line" ]; then
        echo "The runner printed no summary: it did not finish." >&2
        failed=$((failed + 1))
        return
    fi
    read -r total errors fails skips < <(tr -dc '0-9 \n' <<<"$line" | tr -s ' ')
    passed=$((passed + total - fails - skips))
    failed=$((failed + fails + errors))
    skipped=$((skipped + skips))
}

# Runs a test project: run_tests TITLE PROJECT [runner options]; environment variables come from the caller.
run_tests() {
    local title=$1 project=$2 log
    shift 2
    log=$(mktemp)
    echo "== $title"
    dotnet "tests/$project/bin/Release/net10.0/$(assembly "$project").dll" -noColor "$@" >"$log" 2>&1 || true
    grep -aE '\[FAIL\]|Total:|Unhandled|Error:' "$log" | head -n 40 || true
    grep -aA 12 '\[FAIL\]' "$log" | head -n 200 || true
    count_xunit "$log"
    rm -f "$log"
}

assembly() { sed -n 's|.*<AssemblyName>\(.*\)</AssemblyName>.*|\1|p' "tests/$1"/*.csproj | grep . || basename "tests/$1"/*.csproj .csproj; }

run_goldens() {
    local device=$1 log line
    if [ ! -d "$goldens" ]; then
        echo "== Reference cases on $device: not run, $goldens is absent (set NABLA_GOLDENS to the folder)"
        return
    fi
    echo "== Reference cases on $device"
    log=$(mktemp)
    dotnet tests/Goldens/bin/Release/net10.0/Nabla.Goldens.dll --data "$goldens" --device "$device" >"$log" 2>&1 || true
    line=$(grep -aE '^[0-9]+ passed, [0-9]+ failed, [0-9]+ absent, [0-9]+ unsupported$' "$log" | tail -n 1 || true)
    if [ -z "$line" ]; then
        tail -n 20 "$log"
        failed=$((failed + 1))
    else
        echo "   $line"
        read -r ok bad _ < <(tr -dc '0-9 \n' <<<"$line" | tr -s ' ')
        passed=$((passed + ok))
        failed=$((failed + bad))
        [ "$bad" -eq 0 ] || grep -aiE 'fail' "$log" | head -n 40
    fi
    rm -f "$log"
}

has() { grep -qw "$1" /proc/cpuinfo 2>/dev/null; }

install_opencl
echo "== Build"
dotnet build Nabla.slnx -c Release -v q

widest=sse
has avx2 && widest=avx2
has avx512vl && widest=avx512
for project in tests/*/*.csproj; do
    project=$(basename "$(dirname "$project")")
    [ "$project" = Goldens ] && continue
    NABLA_EXPECT_ISA=$widest run_tests "$project" "$project"
done

cpu_suite() {
    run_tests "Conformance of the CPU with $1" Conformance -class Nabla.Tests.CpuConformance -class Nabla.Tests.IsaTests
    run_tests "CPU kernels with $1" Backends.Cpu.Tests
}
if [ "$widest" = avx512 ]; then
    DOTNET_EnableAVX512=0 NABLA_EXPECT_ISA=avx2 cpu_suite "AVX-512 off"
fi
DOTNET_EnableAVX2=0 NABLA_EXPECT_ISA=sse cpu_suite "AVX2 off"
DOTNET_EnableHWIntrinsic=0 NABLA_EXPECT_ISA=none cpu_suite "all intrinsics off"

for device in cpu opencl:0 onnx:cpu; do
    run_goldens "$device"
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
