#!/bin/sh
# Starts code-server in the home folder, which may be an empty volume: what a first start needs is put there, and only then.
set -eu

settings="${XDG_DATA_HOME:-$HOME/.local/share}/code-server/User/settings.json"
if [ ! -e "$settings" ]; then
  mkdir -p "$(dirname "$settings")"
  cp /opt/guildnet/settings.json "$settings"
fi
[ -e "$HOME/.bashrc" ] || cp /etc/skel/.bashrc /etc/skel/.profile "$HOME/"

# Who may come in is decided by the proxy in front. A password of code-server's own ($PASSWORD) is asked for on request.
case "${GUILDNET_CODE_SERVER_AUTH:-none}" in
  none) auth=none ;;
  password) auth=password ;;
  *) echo "GUILDNET_CODE_SERVER_AUTH is '$GUILDNET_CODE_SERVER_AUTH'; it may be none or password." >&2; exit 64 ;;
esac

[ $# -gt 0 ] || set -- "$HOME"
exec /opt/node/bin/node /opt/code-server/node_modules/code-server/out/node/entry.js \
  --bind-addr "0.0.0.0:${PORT:-8080}" --auth "$auth" \
  --disable-telemetry --disable-update-check --disable-workspace-trust --disable-getting-started-override "$@"
