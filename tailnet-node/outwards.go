package main

import (
	"bufio"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

// serveOutwards is an HTTP CONNECT proxy on a port of loopback, told in the event "outwards". tsnet's own dialer and SOCKS5
// server would also lead to this machine's network, for every address that no node of the tailnet serves; this one refuses.
func (n *node) serveOutwards(ctx context.Context) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go accept(l, func(c net.Conn) {
		defer c.Close()
		c.SetReadDeadline(time.Now().Add(10 * time.Second))
		in := bufio.NewReader(io.LimitReader(c, 16<<10))
		req, err := http.ReadRequest(in)
		if err != nil || req.Method != http.MethodConnect || !n.knows(req.Header.Get("Proxy-Authorization")) {
			io.WriteString(c, "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
			return
		}
		c.SetReadDeadline(time.Time{})
		up, err := n.dial(ctx, req.RequestURI)
		if err != nil {
			why := err.Error()
			fmt.Fprintf(c, "HTTP/1.1 %d Not Connected\r\nContent-Length: %d\r\n\r\n%s", statusOf(err), len(why), why)
			return
		}
		n.outgoing.Store(up, nil)
		defer n.outgoing.Delete(up)
		io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
		pipe(c, up)
	})
	emit(object{"event": "outwards", "address": l.Addr().String()})
	return nil
}

func (n *node) knows(header string) bool {
	return subtle.ConstantTimeCompare([]byte(header), []byte("Bearer "+n.Secret)) == 1
}

// errElsewhere is of an address that no node of the tailnet serves.
var errElsewhere = errors.New("it is not in the tailnet")

// statusOf tells a program what became of its connection.
func statusOf(err error) int {
	switch {
	case errors.Is(err, errElsewhere):
		return http.StatusNotFound
	case strings.Contains(err.Error(), "connection was refused"): // gVisor's words (tcpip.ErrConnectionRefused)
		return http.StatusBadGateway
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout
	}
	return http.StatusInternalServerError
}

// locate finds the tailnet's address of a node's address, a MagicDNS name, or an address of a subnet that some node routes.
func (n *node) locate(ctx context.Context, addr string) (netip.AddrPort, error) {
	d := n.srv.Sys().Dialer.Get()
	dead, cancel := context.WithCancel(ctx)
	cancel() // MagicDNS answers even so; the system's resolver does not
	dst, _, err := d.UserDialPlan(dead, "tcp", addr)
	if err != nil || !d.UseNetstackForIP(dst.Addr()) {
		return dst, fmt.Errorf("%s: %w", addr, errElsewhere)
	}
	return dst, nil
}

// dial opens a connection to what locate finds.
func (n *node) dial(ctx context.Context, addr string) (c net.Conn, err error) {
	dst, err := n.locate(ctx, addr)
	if err != nil {
		return nil, err
	}
	for i := 0; i == 0 || i < 5 && errors.Is(err, context.DeadlineExceeded); i++ {
		try, cancel := context.WithTimeout(ctx, 3*time.Second)
		c, err = n.srv.Sys().Dialer.Get().NetstackDialTCP(try, dst) // each try has a new port: gVisor ignores one that it closed for a minute
		cancel()
	}
	return c, err
}

// sever ends the connections out to which nothing leads any more: packets would be lost without a word, and whoever waits would wait on.
func (n *node) sever() {
	n.outgoing.Range(func(up, _ any) bool {
		c := up.(net.Conn)
		to, err := netip.ParseAddrPort(c.RemoteAddr().String())
		if err == nil && !n.srv.Sys().Dialer.Get().UseNetstackForIP(to.Addr()) {
			c.Close()
		}
		return true
	})
}

// More than the parent would take in.
const mostRoutes = 4096

// routes are the subnets that nodes of the tailnet lead to, as far as the control server has approved them.
func (n *node) routes(ctx context.Context) ([]object, error) {
	st, err := n.lc.Status(ctx)
	if err != nil {
		return nil, err
	}
	routes := []object{}
	for _, p := range st.Peer {
		if p.PrimaryRoutes == nil {
			continue
		}
		for _, r := range p.PrimaryRoutes.All() {
			if len(routes) == mostRoutes {
				break
			}
			routes = append(routes, object{"cidr": r, "via": p.DNSName, "online": p.Online})
		}
	}
	return routes, nil
}
