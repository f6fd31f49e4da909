#!/bin/sh
# Bundles the parts of ECharts that the charts need into ../assets/charts.js; go generate calls it. npm works in a
# folder that goes away; the versions are those of package.json and its lock.
set -eu
here="$(cd "$(dirname "$0")" && pwd)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/charts.js" "$work"
cd "$work"
npm ci --no-audit --no-fund --loglevel=error >/dev/null
node_modules/.bin/esbuild charts.js --bundle --minify --format=iife --target=es2020 --legal-comments=inline \
  --outfile="$here/../assets/charts.js" --log-level=error
