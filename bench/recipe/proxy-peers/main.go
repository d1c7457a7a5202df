// Command proxy-peers is what bench:proxy measures with and against.
//
//	load                    reads a job as JSON from stdin, plays clients, prints what it saw as JSON
//	reverse-proxy <target>  Go's httputil.ReverseProxy behind TLS in front of host:port; prints {"port", "ca"} as JSON
package main

import (
	"fmt"
	"os"
)

func main() {
	var err error
	switch {
	case len(os.Args) == 2 && os.Args[1] == "load":
		err = load(os.Stdin, os.Stdout)
	case len(os.Args) == 3 && os.Args[1] == "reverse-proxy":
		err = serveReverseProxy(os.Args[2], os.Stdout)
	default:
		err = fmt.Errorf("usage: proxy-peers load | reverse-proxy <host:port>")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
