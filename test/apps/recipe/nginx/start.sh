#!/bin/sh
set -e
mkdir -p /tmp/www
echo '<!doctype html><title>Files</title><h1>Files</h1><a href="numbers.bin" download>numbers.bin</a>' > /tmp/www/index.html
# Eight bytes a line, so that what a range must hold can be told.
awk 'BEGIN { for (i = 0; i < 2500000; i++) printf "%07d\n", i }' > /tmp/www/numbers.bin
exec nginx -c /opt/nginx/nginx.conf
