#!/usr/bin/env bash
# Builds the comparison and makes TorchSharp loadable where the system's libstdc++ is older than TorchSharp asks for (Debian 12).
# It also publishes benchmarks/Start ready to run, which one row starts; with --native compiled ahead of time besides, which needs clang or gcc, and zlib.
# Safe to repeat: what is done already stays.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 PATH=$PATH:/sbin:/usr/sbin
out=bin/Release/net10.0/linux-x64
version=GLIBCXX_3.4.32

dotnet build Nabla.Peers.csproj -c Release -v q
dotnet publish ../Start/Nabla.Start.csproj -c Release -r linux-x64 -v q --self-contained false -p:PublishReadyToRun=true -o "$out/ready"

if [ "${1:-}" = --native ]; then
    linker=()
    command -v clang >/dev/null || linker=(-p:CppCompilerAndLinker=gcc)
    # By name: "native" ends with an exception in the compiler of .NET 10 where the runtime would rather not use the machine's AVX-512 (Cascade Lake).
    level=x86-64-v3
    ! grep -qw avx512vl /proc/cpuinfo || level=x86-64-v4
    dotnet publish ../Start/Nabla.Start.csproj -c Release -r linux-x64 -v q -p:PublishAot=true -p:IlcInstructionSet=$level "${linker[@]}" -o "$out/native"
fi

libstdcxx=$(ldconfig -p | sed -n 's|.*libstdc++\.so\.6 (libc6,x86-64.*=> ||p' | head -n 1)
if [ -n "$libstdcxx" ] && grep -q "$version" "$libstdcxx"; then
    rm -f "$out/libshim.so"
    exit
fi
dotnet "$out/Nabla.Peers.dll" --weaken "$out/libLibTorchSharp.so" "$version"
if [ ! -e "$out/libshim.so" ]; then
    command -v cc >/dev/null || { echo "No C compiler was found; install one (gcc), then run this again." >&2; exit 1; }
    cc -shared -fPIC -O1 -o "$out/libshim.so" Setup/shim.c
fi
