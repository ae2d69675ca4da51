#!/usr/bin/env bash
# Strips a binary, tries it on the shipped examples, and packs it with its checksum into dist.
set -euo pipefail
binary="$1" name="$2"

mkdir -p dist/unpacked
cp "$binary" dist/unpacked/trawl
strip dist/unpacked/trawl
size=$(wc -c < dist/unpacked/trawl)
[ "$size" -le 41943040 ] || { echo "the binary has $size bytes, and 40 MiB are the most" >&2; exit 1; }
dist/unpacked/trawl --version
dist/unpacked/trawl run rules --logs examples > /dev/null
tar -czf "dist/$name.tar.gz" -C dist/unpacked trawl
rm -r dist/unpacked
cd dist
if command -v sha256sum > /dev/null; then sha256sum "$name.tar.gz"; else shasum -a 256 "$name.tar.gz"; fi > "$name.tar.gz.sha256"
