package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/netip"
	"time"

	"github.com/pires/go-proxyproto"
)

// secretTLV carries the secret in the PROXY v2 header: of the range for everybody's own use (section 2.2.7 of its text).
const secretTLV = 0xE0

// listen opens a port of the tailnet address. What comes in goes to the parent; no other port of this machine is reachable.
func (n *node) listen(ctx context.Context, port int) error {
	if port < 1 || port > 65535 {
		return fmt.Errorf("%d is not a port", port)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.listeners[port] != nil {
		return nil
	}
	l, err := n.srv.Listen("tcp", fmt.Sprintf(":%d", port))
	if err != nil {
		return err
	}
	n.listeners[port] = l
	go accept(l, func(c net.Conn) { n.handOn(ctx, c) })
	return nil
}

// close ends what listens; connections that are open stay open.
func (n *node) close(port int) error {
	n.mu.Lock()
	l := n.listeners[port]
	delete(n.listeners, port)
	n.mu.Unlock()
	if l == nil {
		return nil
	}
	return l.Close()
}

// handOn introduces a connection to the parent, and carries it.
func (n *node) handOn(ctx context.Context, c net.Conn) {
	from, err := netip.ParseAddrPort(c.RemoteAddr().String())
	if err != nil {
		fail(err)
		c.Close()
		return
	}
	device := n.devices.of(ctx, n, from.Addr())
	if !n.bounds.enter(device) {
		c.Close()
		return
	}
	defer n.bounds.leave(device)
	up, err := net.DialTimeout("tcp", n.Forward, 10*time.Second)
	if err != nil {
		fail(err)
		c.Close()
		return
	}
	hello := proxyproto.HeaderProxyFromAddrs(2, c.RemoteAddr(), c.LocalAddr())
	err = hello.SetTLVs([]proxyproto.TLV{{Type: secretTLV, Value: []byte(n.Secret)}})
	if err == nil {
		_, err = hello.WriteTo(up)
	}
	if err != nil {
		fail(err)
		c.Close()
		up.Close()
		return
	}
	pipe(c, up)
}

func accept(l net.Listener, handle func(net.Conn)) {
	for c, err := l.Accept(); err == nil; c, err = l.Accept() {
		go handle(c)
	}
}

// Each way of a connection has one for as long as it is open, so that all that may be open together stay within memoryLimit.
const bufferSize = 32 << 10

// pipe joins two connections: an end of stream is passed on, an error ends both.
func pipe(a, b net.Conn) {
	done := make(chan error, 2)
	half := func(dst, src net.Conn) {
		// Without ReadFrom and WriteTo, which would each bring a buffer of their own.
		_, err := io.CopyBuffer(struct{ io.Writer }{dst}, struct{ io.Reader }{src}, make([]byte, bufferSize))
		if w, ok := dst.(interface{ CloseWrite() error }); ok && err == nil {
			err = w.CloseWrite()
		}
		done <- err
	}
	go half(a, b)
	go half(b, a)
	err := <-done
	if err == nil {
		err = <-done
	}
	for _, c := range []net.Conn{a, b} {
		// What broke must not look like what has come to its end.
		if t, ok := c.(*net.TCPConn); ok && err != nil {
			t.SetLinger(0)
		}
		c.Close()
	}
}
