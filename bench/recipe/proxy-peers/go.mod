module guildnet.local/proxy-peers

go 1.26.0
