#!/bin/sh
exec /opt/node/bin/node /opt/node-red/node_modules/node-red/red.js --userDir "$HOME/.node-red" --settings /opt/node-red/settings.cjs
