#!/bin/sh
exec /opt/node/bin/node /opt/web/server.js
