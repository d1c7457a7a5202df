package main

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"tailscale.com/ipn"
	"tailscale.com/tailcfg"
)

// How often the state is read although nothing was told: that the control server has gone is not.
const readEvery = 2 * time.Second

// watch tells the whole state of the node whenever it has changed: event "status".
func (n *node) watch(ctx context.Context) {
	bus, err := n.lc.WatchIPNBus(ctx, ipn.NotifyInitialState|ipn.NotifyInitialHealthState|ipn.NotifyPeerChanges)
	told := make(chan ipn.Notify)
	broken := make(chan error, 1)
	go func() {
		for err == nil {
			var m ipn.Notify
			if m, err = bus.Next(); err == nil {
				select {
				case told <- m:
				case <-ctx.Done():
					err = ctx.Err()
				}
			}
		}
		broken <- err
	}()
	tick := time.NewTicker(readEvery)
	defer tick.Stop()
	last, wasRunning := "", false
	for trouble := (*string)(nil); ; {
		var m ipn.Notify
		select {
		case m = <-told:
		case <-tick.C:
		case err := <-broken:
			if ctx.Err() == nil {
				fail(err)
			}
			return
		}
		st, err := n.lc.StatusWithoutPeers(ctx)
		if err != nil {
			continue // the bus breaks of the same
		}
		running := st.BackendState == ipn.Running.String()
		if m.ErrMessage != nil || running {
			trouble = m.ErrMessage
		}
		slices.Sort(st.Health)
		o := object{"event": "status", "state": st.BackendState, "authUrl": st.AuthURL, "health": st.Health,
			"ips": st.TailscaleIPs, "error": trouble, "certDomains": st.CertDomains}
		if s := st.Self; s != nil && len(st.TailscaleIPs) > 0 {
			o["name"], o["login"], o["tags"] = s.DNSName, st.User[s.UserID].LoginName, s.Tags
			o["keyExpiry"], o["online"] = s.KeyExpiry, s.Online
		}
		if now, _ := json.Marshal(o); string(now) != last {
			last = string(now)
			emit(o)
		}
		// Somebody came, left or was given other rights; rights come with our own node's change.
		if m.NetMap != nil || m.SelfChange != nil || len(m.PeersChanged) > 0 || len(m.PeersRemoved) > 0 {
			n.devices.forget()
			n.sever()
			emit(object{"event": "peers"})
		}
		if running && !wasRunning {
			go n.greet(ctx)
		}
		wasRunning = running
	}
}

// greet makes WireGuard know every peer that is there: after a restart they would else need up to six seconds to reach us.
func (n *node) greet(ctx context.Context) {
	st, err := n.lc.Status(ctx)
	if err != nil {
		return // the watch hears of the same and says it
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	done := make(chan error, len(st.Peer))
	asked := 0
	for _, p := range st.Peer {
		if p.Online && len(p.TailscaleIPs) > 0 && asked < 64 {
			asked++
			go func() {
				_, err := n.lc.Ping(ctx, p.TailscaleIPs[0], tailcfg.PingTSMP)
				done <- err // one that does not answer has gone: nothing to tell
			}()
		}
	}
	for ; asked > 0; asked-- {
		<-done
	}
}
