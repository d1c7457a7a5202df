module guildnet.local/node-init

go 1.26.0
