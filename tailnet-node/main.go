// Command tailnet-node puts its parent process on a tailnet (Tailscale or Headscale). It is a thin layer around tsnet:
//
//	stdin    JSON lines: the configuration (type config), then commands (type command)
//	stdout   JSON lines: events, and one reply for each command, with its id
//	inwards  a connection to a port that was asked for is dialled on to the parent, with a PROXY v2 header (inwards.go)
//	outwards an HTTP CONNECT proxy on loopback that leads into the tailnet and nowhere else (outwards.go)
//
// The key, the control server and all else that is nobody's business come in by stdin: neither arguments nor the environment
// are safe from other users of the machine. It ends when stdin closes, so it never outlives its parent.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"tailscale.com/client/local"
	"tailscale.com/envknob"
	"tailscale.com/ipn"
	"tailscale.com/tsnet"
)

// config is the first line of stdin.
type config struct {
	ControlURL, AuthKey, Hostname string
	Dir                           string // where the node's identity is kept
	Ephemeral                     bool   // forgotten by the control server some time after it has left
	AcceptRoutes                  bool   // use the subnets that other nodes advertise
	Forward                       string // host:port of the parent, for connections from the tailnet
	Secret                        string // proves the node to the parent, and the parent to the CONNECT proxy
	PerDevice, All                int    // connections from the tailnet that may be open at a time, of one device and together
	Verbose                       bool   // tsnet's own log on stderr
}

type node struct {
	config
	srv  *tsnet.Server
	lc   *local.Client
	life context.Context // until it is told to end

	mu        sync.Mutex
	listeners map[int]net.Listener

	bounds   bounds
	devices  devices
	outgoing sync.Map // net.Conn -> nil
}

// object is one line of stdout.
type object map[string]any

// What heavy traffic may take; without a limit it would be half a gigabyte. With half of this one the collector runs so often that an
// upload costs twice the CPU.
const memoryLimit = 256 << 20

// Something that waits for a peer's answer can hold Close up for seconds, and the parent waits for our end.
const closeWithin = time.Second

var out = log.New(os.Stdout, "", 0)

func emit(o object) {
	b, err := json.Marshal(o)
	if err != nil {
		b = []byte(`{"event":"error","message":"an event could not be written"}`)
	}
	out.Print(string(b))
}

func fail(err error) { emit(object{"event": "error", "message": err.Error()}) }

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	go giveBack()
	in := bufio.NewReaderSize(os.Stdin, 64<<10)
	ctx, cancel := context.WithCancel(context.Background())
	n := &node{listeners: map[int]net.Listener{}, life: ctx}
	line, err := in.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &n.config)
	}
	n.bounds = bounds{perDevice: n.PerDevice, all: n.All, open: map[string]int{}}
	if err == nil && n.Secret == "" {
		err = errors.New("the configuration has no secret")
	}
	if err == nil {
		err = n.start(ctx)
	}
	if err != nil {
		fail(err)
		os.Exit(1)
	}
	for line, err = in.ReadBytes('\n'); err == nil; line, err = in.ReadBytes('\n') {
		go n.obey(ctx, line)
	}
	cancel() // an open watch would hold up Close for five seconds
	closed := make(chan error, 1)
	go func() { closed <- n.srv.Close() }()
	select { // what must be kept was written when it changed
	case <-closed:
	case <-time.After(closeWithin):
	}
}

// start brings the node up as far as that goes without the control server, which it does not wait for.
func (n *node) start(ctx context.Context) (err error) {
	envknob.SetNoLogsNoSupport()         // tsnet would upload its log
	envknob.Setenv("TS_LOGS_DIR", n.Dir) // and make a folder of the system's
	n.srv = &tsnet.Server{Dir: n.Dir, Hostname: n.Hostname, ControlURL: n.ControlURL, AuthKey: n.AuthKey,
		Ephemeral: n.Ephemeral, UserLogf: func(string, ...any) {}}
	if n.Verbose {
		n.srv.Logf = log.Printf
	}
	if n.lc, err = n.srv.LocalClient(); err != nil {
		return fmt.Errorf("starting: %w", err)
	}
	_, err = n.lc.EditPrefs(ctx, &ipn.MaskedPrefs{RouteAllSet: true, Prefs: ipn.Prefs{RouteAll: n.AcceptRoutes}})
	if err == nil {
		err = n.serveOutwards(ctx)
	}
	go n.watch(ctx)
	return err
}
