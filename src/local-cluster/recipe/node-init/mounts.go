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

const resolvConfPath = "/etc/resolv.conf"

// makeMounts gives the node a view of its own. The components write to fixed places (/run/netns, /var/lib/cni,
// /var/lib/kubelet, /var/log/containers and others); the folders above those are covered with empty ones in memory, so
// that nothing of the node reaches the host's, and nothing of another node's or of the host's own services is found there.
func makeMounts(keep, cover, pretend list, resolvConf string) error {
	// We are in a new mount namespace already. Mounts made from here on shall be seen in the namespaces of containers
	// (volumes mounted with propagation), and none of them by the host.
	if err := syscall.Mount("", "/", "", syscall.MS_PRIVATE|syscall.MS_REC, ""); err != nil {
		return fmt.Errorf("cutting the mounts off the host's: %w", err)
	}
	kept, err := openFolders(keep)
	if err != nil {
		return err
	}
	defer kept.close()
	for _, folder := range cover {
		if err := coverFolder(folder); err != nil {
			return err
		}
		if err := kept.showAgain(folder); err != nil {
			return err
		}
	}
	if err := showResolvConf(resolvConf); err != nil {
		return err
	}
	if err := pretendSettings(pretend); err != nil {
		return err
	}
	if err := syscall.Mount("", "/", "", syscall.MS_SHARED|syscall.MS_REC, ""); err != nil {
		return fmt.Errorf("sharing the mounts with containers: %w", err)
	}
	return nil
}

// coverFolder mounts an empty folder over one, unless it is a symbolic link (/var/run usually leads to /run) or not there.
func coverFolder(folder string) error {
	info, err := os.Lstat(folder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if err := syscall.Mount("guildnet", folder, "tmpfs", syscall.MS_NOSUID|syscall.MS_NODEV, "mode=0755"); err != nil {
		return fmt.Errorf("covering %s: %w", folder, err)
	}
	return nil
}

// showResolvConf shows a name server list of the node's own. The host's may be a link into a folder that is covered now.
func showResolvConf(source string) error {
	if source == "" {
		return nil
	}
	target := resolvConfPath
	if link, err := os.Readlink(target); err == nil {
		if !filepath.IsAbs(link) {
			link = filepath.Join(filepath.Dir(target), link)
		}
		target = link
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
	}
	file, err := os.OpenFile(target, os.O_CREATE|os.O_RDONLY, 0o644)
	if err != nil {
		return err
	}
	file.Close()
	if err := syscall.Mount(source, target, "", syscall.MS_BIND, ""); err != nil {
		return fmt.Errorf("showing %s as %s: %w", source, target, err)
	}
	return nil
}

// folders are open, so that they can be reached when their paths are covered.
type folders map[string]int

func openFolders(paths []string) (folders, error) {
	opened := folders{}
	for _, path := range paths {
		descriptor, err := syscall.Open(path, oPath|syscall.O_DIRECTORY|syscall.O_CLOEXEC, 0)
		if err != nil {
			opened.close()
			return nil, fmt.Errorf("opening %s: %w", path, err)
		}
		opened[path] = descriptor
	}
	return opened, nil
}

// oPath is O_PATH, which the standard library does not name.
const oPath = 0x200000

// showAgain mounts those folders that lie below the covered one where they were.
func (f folders) showAgain(covered string) error {
	for path, descriptor := range f {
		if !strings.HasPrefix(path, covered+"/") {
			continue
		}
		if err := os.MkdirAll(path, 0o755); err != nil {
			return err
		}
		source := fmt.Sprintf("/proc/self/fd/%d", descriptor)
		if err := syscall.Mount(source, path, "", syscall.MS_BIND|syscall.MS_REC, ""); err != nil {
			return fmt.Errorf("showing %s again: %w", path, err)
		}
	}
	return nil
}

func (f folders) close() {
	for _, descriptor := range f {
		syscall.Close(descriptor)
	}
}
