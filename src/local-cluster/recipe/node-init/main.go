// Command node-init is the first process of a PID namespace: of a local cluster's node, and, called "pause", of every pod.
//
// As the first process it has two duties nobody else can take over: it reaps processes whose parents have ended, and
// its end is the end of all the others. As the node's it first makes the node's view of the file system.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

func main() {
	if filepath.Base(os.Args[0]) == "node-init" {
		if err := prepareNode(); err != nil {
			fmt.Fprintln(os.Stderr, "node-init:", err)
			os.Exit(1)
		}
	}
	reap()
}

// prepareNode makes the node's view of files and kernel settings, and tells that it is made by creating the file -ready.
func prepareNode() error {
	var keep, cover, pretend list
	flag.Var(&keep, "keep", "folder that stays visible although a folder above it is covered (may be repeated)")
	flag.Var(&cover, "cover", "folder to cover with an empty one of the node's own (may be repeated)")
	flag.Var(&pretend, "pretend", "path=text: a kernel setting to show with that value without setting it (may be repeated)")
	resolvConf := flag.String("resolv-conf", "", "file to show as /etc/resolv.conf")
	ready := flag.String("ready", "", "file to create when all is done")
	flag.Parse()

	if err := makeMounts(keep, cover, pretend, *resolvConf); err != nil {
		return err
	}
	if err := enableForwarding(); err != nil {
		return err
	}
	return os.WriteFile(*ready, nil, 0o644)
}

// reap waits for every orphan, until SIGTERM or SIGINT. A signal handler that is set at all matters: the kernel
// keeps signals without a handler from a namespace's first process.
func reap() {
	signals := make(chan os.Signal, 16)
	signal.Notify(signals, syscall.SIGCHLD, syscall.SIGTERM, syscall.SIGINT)
	for received := range signals {
		if received != syscall.SIGCHLD {
			return
		}
		for {
			// One SIGCHLD may stand for many ended children.
			pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
			if err == syscall.EINTR {
				continue
			}
			if err != nil || pid <= 0 {
				break
			}
		}
	}
}

// list is a flag that may be given several times.
type list []string

func (l *list) String() string { return strings.Join(*l, ",") }

func (l *list) Set(value string) error {
	if !filepath.IsAbs(value) {
		return fmt.Errorf("%q is not an absolute path", value)
	}
	*l = append(*l, value)
	return nil
}
