package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// pretendSettings shows kernel settings with values they do not have. The kubelet insists on some that belong to the
// whole machine (such as rebooting after a kernel error); whoever's laptop this is has not asked for that.
func pretendSettings(settings list) error {
	const folder = "/run/guildnet-settings"
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, setting := range settings {
		path, text, found := strings.Cut(setting, "=")
		if !found {
			return fmt.Errorf("%q is not path=text", setting)
		}
		shown := filepath.Join(folder, strings.ReplaceAll(strings.Trim(path, "/"), "/", "."))
		if err := os.WriteFile(shown, []byte(text+"\n"), 0o644); err != nil {
			return err
		}
		// Which settings a kernel has depends on how it was built.
		if err := syscall.Mount(shown, path, "", syscall.MS_BIND, ""); err != nil && !errors.Is(err, syscall.ENOENT) {
			return fmt.Errorf("showing %s: %w", setting, err)
		}
	}
	return nil
}

// enableForwarding lets packets pass between pods, and lets the rules of Services see those that stay on the bridge. Both
// settings belong to the node's own network.
func enableForwarding() error {
	if err := os.WriteFile("/proc/sys/net/ipv4/ip_forward", []byte("1"), 0); err != nil {
		return err
	}
	err := os.WriteFile("/proc/sys/net/bridge/bridge-nf-call-iptables", []byte("1"), 0)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
