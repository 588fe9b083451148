#!/usr/bin/env bash
# Writes the public surface of every source project into src/*/PublicAPI.Unshipped.txt, from nothing: review the difference, and commit it.
# At a release the lines move to PublicAPI.Shipped.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
export NablaPublicApi=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
for folder in src/*/; do
    [ -f "$folder/PublicAPI.Shipped.txt" ] || printf '#nullable enable\n' >"$folder/PublicAPI.Shipped.txt"
    printf '#nullable enable\n' >"$folder/PublicAPI.Unshipped.txt"
done
for project in src/*/*.csproj; do
    echo "== $project"
    dotnet restore "$project" -v q
    dotnet format analyzers "$project" --no-restore --diagnostics RS0016 --severity warn
done
