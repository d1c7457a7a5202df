package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"time"

	"tailscale.com/ipn"
	"tailscale.com/net/netcheck"
	"tailscale.com/tailcfg"
)

// command is every further line of stdin. Do: listen, close (Port); whois, locate (Addr); routes; certificate (Addr: a name); login (AuthKey,
// or none: a login URL comes with the status); logout; netcheck.
type command struct {
	ID      int
	Do      string
	Port    int
	Addr    string
	AuthKey string
}

// An authority asks the DNS of the world whether the name is ours, which may not know it at once.
const (
	answerWithin = 20 * time.Second
	issueWithin  = 3 * time.Minute
)

const capability tailcfg.PeerCapability = "guildnet.io/cap"

func (n *node) obey(ctx context.Context, line []byte) {
	var c command
	reply := object{}
	err := json.Unmarshal(line, &c)
	if err == nil {
		within := answerWithin
		if c.Do == "certificate" {
			within = issueWithin
		}
		ctx, cancel := context.WithTimeout(ctx, within)
		defer cancel()
		err = n.do(ctx, c, reply)
	}
	if err != nil {
		reply["error"] = err.Error()
	}
	reply["id"] = c.ID
	emit(reply)
}

func (n *node) do(ctx context.Context, c command, reply object) error {
	switch c.Do {
	case "listen":
		return n.listen(n.life, c.Port)
	case "close":
		return n.close(c.Port)
	case "whois":
		return n.whois(ctx, c.Addr, reply)
	case "locate":
		if dst, err := n.locate(ctx, net.JoinHostPort(c.Addr, "1")); err == nil {
			reply["address"] = dst.Addr()
		}
		return nil
	case "routes":
		routes, err := n.routes(ctx)
		reply["routes"] = routes
		return err
	case "certificate":
		// One whose end is near is given as well, and renewed meanwhile, as its authority suggests.
		chain, key, err := n.lc.CertPair(ctx, c.Addr)
		reply["certificate"], reply["key"] = string(chain), string(key)
		return err
	case "login":
		// A key that was refused is tried again for ever; this one takes its place.
		if err := n.lc.Start(ctx, ipn.Options{AuthKey: c.AuthKey}); err != nil {
			return err
		}
		return n.lc.StartLoginInteractive(ctx)
	case "logout":
		return n.lc.Logout(ctx)
	case "netcheck":
		return n.netcheck(ctx, reply)
	}
	return fmt.Errorf("there is no command %q", c.Do)
}

// whois tells who is at a tailnet address: what the control server and WireGuard's keys vouch for.
func (n *node) whois(ctx context.Context, addr string, reply object) error {
	who, err := n.lc.WhoIs(ctx, addr)
	if err != nil {
		return err
	}
	if who.Node == nil || who.UserProfile == nil {
		return errors.New("nobody is known at this address")
	}
	reply["peer"] = object{"login": who.UserProfile.LoginName, "device": object{"name": who.Node.Name, "id": who.Node.StableID},
		"tags": who.Node.Tags, "capabilities": values(who.CapMap[capability])}
	return nil
}

// What of a capability the parent reads (node-messages.ts, to-peer.ts). A policy may give somebody thousands of values, or one without end.
const (
	mostValues   = 65 // one more than are looked at, so that the parent sees that there are more
	longestValue = 16 << 10
)

func values(all []tailcfg.RawMessage) []tailcfg.RawMessage {
	read := make([]tailcfg.RawMessage, 0, mostValues)
	for _, v := range all[:min(len(all), mostValues)] {
		if len(v) > longestValue {
			v = `"a value that is too long"` // which is no grant, and not none
		}
		read = append(read, v)
	}
	return read
}

// netcheck measures what lies between this machine and others: UDP, NAT, and how far the relays are.
func (n *node) netcheck(ctx context.Context, reply object) error {
	relays, err := n.lc.CurrentDERPMap(ctx)
	if err != nil {
		return err
	}
	if relays == nil || len(relays.Regions) == 0 {
		return errors.New("no relays are known before the node has been logged in")
	}
	checker := &netcheck.Client{NetMon: n.srv.Sys().NetMon.Get(), Logf: func(string, ...any) {}}
	if err := checker.Standalone(ctx, ""); err != nil {
		return err
	}
	r, err := checker.GetReport(ctx, relays, nil)
	if err != nil {
		return err
	}
	regions := []object{}
	for id, latency := range r.RegionLatency {
		name := fmt.Sprint(id)
		if region := relays.Regions[id]; region != nil {
			name = region.RegionCode
		}
		regions = append(regions, object{"name": name, "ms": latency.Seconds() * 1000, "preferred": id == r.PreferredDERP})
	}
	varies, known := r.MappingVariesByDestIP.Get()
	reply["report"] = object{"udp": r.UDP, "ipv4": r.IPv4, "ipv6": r.IPv6, "relays": regions}
	if known {
		reply["report"].(object)["hardNat"] = varies
	}
	return nil
}
