package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

func describe(w http.ResponseWriter, r *http.Request, status int) {
	hash := sha256.New()
	length, err := io.Copy(hash, r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]any{
		"method": r.Method, "url": r.RequestURI, "host": r.Host, "headers": r.Header,
		"bodyLength": length, "bodySha256": hex.EncodeToString(hash.Sum(nil)),
	})
}

func sendEvents(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	count, pause := number(r.URL.Query().Get("count"), 0), milliseconds(r, "ms", 200)
	for i := 1; count == 0 || i <= count; i++ {
		if _, err := fmt.Fprintf(w, "id: %d\ndata: {\"n\":%d}\n\n", i, i); err != nil {
			return
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return
		}
		if i != count && !sleep(r.Context(), pause) {
			return
		}
	}
}

func setCookies(w http.ResponseWriter, r *http.Request) {
	for _, cookie := range append([]string{
		"plain=1",
		"domain=1; Domain=example.com; Path=/",
		"path=1; Path=/deep; HttpOnly",
		"strict=1; SameSite=Strict; Secure",
	}, r.URL.Query()["set"]...) {
		w.Header().Add("Set-Cookie", cookie)
	}
	describe(w, r, http.StatusOK)
}

func sendBytes(w http.ResponseWriter, count int) {
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Length", strconv.Itoa(count))
	block := bytes.Repeat([]byte("0123456789abcdef"), 4096)
	for count > 0 {
		written, err := w.Write(block[:min(count, len(block))])
		if err != nil {
			return
		}
		count -= written
	}
}

func echoWebSocket(w http.ResponseWriter, r *http.Request) {
	// Which Origin may come in is the proxy's matter, and just what tests look at.
	socket, err := websocket.Accept(w, r, &websocket.AcceptOptions{InsecureSkipVerify: true, Subprotocols: protocols(r)})
	if err != nil {
		return
	}
	defer socket.CloseNow()
	socket.SetReadLimit(64 << 20)
	ctx := r.Context()
	if err := wsjson.Write(ctx, socket, map[string]any{"url": r.RequestURI, "host": r.Host, "headers": r.Header}); err != nil {
		return
	}
	for {
		kind, message, err := socket.Read(ctx)
		if err != nil {
			return
		}
		if err := socket.Write(ctx, kind, message); err != nil {
			return
		}
	}
}

// protocols takes whatever subprotocol the client asks for first.
func protocols(r *http.Request) []string {
	var offered []string
	for _, line := range r.Header.Values("Sec-WebSocket-Protocol") {
		for part := range bytes.SplitSeq([]byte(line), []byte(",")) {
			offered = append(offered, string(bytes.TrimSpace(part)))
		}
	}
	return offered
}

func number(text string, otherwise int) int {
	if value, err := strconv.Atoi(text); err == nil && value >= 0 {
		return value
	}
	return otherwise
}

func milliseconds(r *http.Request, name string, otherwise int) time.Duration {
	return time.Duration(number(r.URL.Query().Get(name), otherwise)) * time.Millisecond
}

// sleep waits; false when the client has left meanwhile.
func sleep(ctx context.Context, pause time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(pause):
		return true
	}
}
