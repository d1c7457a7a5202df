// Command issuing-tailnet is a tailnet whose devices are given certificates, as Tailscale's are and Headscale's are not: Tailscale's control
// server for tests with a relay, and Let's Encrypt's server for tests (Pebble), which here believes every claim to a name. Whoever comes is
// let in without a key. It takes the domain of its names and how many seconds certificates are good for, prints where it is as one line of
// JSON, and ends when its standard input closes.
package main

import (
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"tailscale.com/derp/derpserver"
	"tailscale.com/tailcfg"
	"tailscale.com/tstest/integration/testcontrol"
	"tailscale.com/types/key"
)

func listen() net.Listener {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return l
}

// authority serves ACME. It returns where, the PEM of the root that the world trusts, and that of what it serves with itself.
func authority(seconds uint64) (url, root, own string) {
	for name, value := range map[string]string{"PEBBLE_VA_ALWAYS_VALID": "1", "PEBBLE_VA_NOSLEEP": "1", "PEBBLE_WFE_NONCEREJECT": "0"} {
		os.Setenv(name, value)
	}
	quiet := log.New(io.Discard, "", 0)
	store := db.NewMemoryStore()
	signer := ca.New(quiet, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {Description: "usual", ValidityPeriod: seconds}})
	checker := va.New(quiet, 0, 0, false, "", store)
	front := wfe.New(quiet, store, checker, signer, nil, false, false, 1, 1)
	handler := front.Handler()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Pebble does not say in its answer to this one where the order is, which Let's Encrypt does and its clients rely on.
		if id, ok := strings.CutPrefix(r.URL.Path, "/finalize-order/"); ok {
			w.Header().Set("Location", "https://"+r.Host+"/my-order/"+id)
		}
		handler.ServeHTTP(w, r)
	}))
	pair := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	return server.URL + "/dir", string(signer.GetRootCert(0).PEM()), string(pair)
}

// control serves the tailnet. With a text sent to /test/refuse it proves no name any more, for that reason; with an empty one it does again.
func control(l, relayAt net.Listener, domain string) {
	quiet := func(string, ...any) {}
	go http.Serve(relayAt, derpserver.Handler(derpserver.New(key.NewNode(), quiet)))
	var refuses atomic.Pointer[string]
	server := &testcontrol.Server{
		Logf:            quiet,
		ExplicitBaseURL: "http://" + l.Addr().String(),
		MagicDNSDomain:  domain,
		DNSConfig:       &tailcfg.DNSConfig{Proxied: true, Domains: []string{domain}},
		AllOnline:       true,
		OnSetDNS: func(*tailcfg.SetDNSRequest) error {
			if why := refuses.Load(); why != nil {
				return errors.New(*why)
			}
			return nil
		},
		DERPMap: &tailcfg.DERPMap{Regions: map[int]*tailcfg.DERPRegion{1: {RegionID: 1, RegionCode: "test", Nodes: []*tailcfg.DERPNode{{
			Name: "test", RegionID: 1, HostName: "127.0.0.1", IPv4: "127.0.0.1", IPv6: "none", STUNPort: -1,
			DERPPort: relayAt.Addr().(*net.TCPAddr).Port, InsecureForTests: true,
		}}}}},
	}
	mux := http.NewServeMux()
	mux.Handle("/", server)
	mux.HandleFunc("POST /test/refuse", func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(io.LimitReader(r.Body, 1<<10))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		why := string(text)
		if why == "" {
			refuses.Store(nil)
		} else {
			refuses.Store(&why)
		}
	})
	go http.Serve(l, mux)
}

func main() {
	seconds, err := strconv.ParseUint(os.Args[2], 10, 32)
	if err != nil {
		log.Fatal(err)
	}
	controlAt := listen()
	acme, root, own := authority(seconds)
	control(controlAt, listen(), os.Args[1])
	json.NewEncoder(os.Stdout).Encode(map[string]string{
		"url":     "http://" + controlAt.Addr().String(),
		"acme":    acme,
		"root":    root,
		"trusted": root + own,
	})
	io.Copy(io.Discard, os.Stdin)
}
