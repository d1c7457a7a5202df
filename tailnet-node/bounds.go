package main

import (
	"context"
	"net/netip"
	"sync"
)

// bounds is how many connections from the tailnet may be open at a time. A device may have no more than are left to all others
// together, so that however many devices open without end, one that comes after them still gets in (dynamic thresholds,
// Choudhury and Hahne, 1998).
type bounds struct {
	perDevice, all int

	mu    sync.Mutex
	open  map[string]int // device -> connections
	total int
}

func (b *bounds) enter(device string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if own := b.open[device]; own >= b.perDevice || own >= b.all-b.total {
		return false
	}
	b.open[device]++
	b.total++
	return true
}

func (b *bounds) leave(device string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.total--
	if b.open[device]--; b.open[device] <= 0 {
		delete(b.open, device)
	}
}

// Addresses whose device is remembered: a tailnet has more than use one host.
const mostAddresses = 4096

// devices remembers whose an address is, until who is there has changed.
type devices struct {
	mu    sync.Mutex
	known map[netip.Addr]string
}

func (d *devices) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.known = nil
}

// of is the device that has the address. What nobody knows counts as one: a subnet router can send any number of addresses.
func (d *devices) of(ctx context.Context, n *node, addr netip.Addr) string {
	d.mu.Lock()
	device, ok := d.known[addr]
	d.mu.Unlock()
	if ok {
		return device
	}
	if who, err := n.lc.WhoIs(ctx, addr.String()); err == nil && who.Node != nil {
		device = string(who.Node.StableID)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil || len(d.known) >= mostAddresses {
		d.known = map[netip.Addr]string{}
	}
	d.known[addr] = device
	return device
}
