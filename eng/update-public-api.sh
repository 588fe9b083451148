#!/usr/bin/env bash
# Writes the public surface of every source project into src/*/PublicAPI.Unshipped.txt: what the compiler sees and PublicAPI.Shipped.txt does not
# have, sorted. Review the difference, and commit it. At a release the lines move to PublicAPI.Shipped.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C NablaPublicApi=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
header='#nullable enable'
for folder in src/*/; do
    rm -f "$folder/obj/public-api.sarif"
    [ -f "$folder/PublicAPI.Shipped.txt" ] || echo "$header" >"$folder/PublicAPI.Shipped.txt"
    echo "$header" >"$folder/PublicAPI.Unshipped.txt" # everything is reported as missing, by the name that belongs into the file
done

# The projects that no other source project refers to: the others are built on the way.
for project in src/Nn src/Backends.OpenCL src/Backends.Onnx; do
    log=$(dotnet build "$project" -c Release -v q "-p:ErrorLog=obj/public-api.sarif%2Cversion=2.1" -p:WarningsNotAsErrors=RS0016) || { grep error <<<"$log"; exit 1; }
done

for folder in src/*/; do
    [ -f "$folder/obj/public-api.sarif" ] || { echo "$folder was not built" >&2; exit 1; }
    names=$(sed -n 's|^ *"APIName": "\(.*\)",\{0,1\}$|\1|p' "$folder/obj/public-api.sarif" | sed 's|\\\(["\\/]\)|\1|g' | sort -u)
    printf '%s\n' "$header" "$names" >"$folder/PublicAPI.Unshipped.txt"
    echo "$folder: $(grep -vc "^$header" "$folder/PublicAPI.Unshipped.txt") lines"
done
