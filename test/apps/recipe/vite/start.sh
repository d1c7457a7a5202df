#!/bin/sh
# A project that its person may write to, as everyone's is.
mkdir -p /tmp/project
cp /opt/vite/index.html /opt/vite/main.js /opt/vite/words.js /opt/vite/vite.config.js /tmp/project/
ln -s /opt/vite/node_modules /tmp/project/node_modules
cd /tmp/project
exec /opt/node/bin/node node_modules/vite/bin/vite.js --host 0.0.0.0 --port 5173 --strictPort
