// Command echo is the image that tests of proxies talk to: it tells what reached it, byte for byte.
//
//	any path         JSON: method, raw url, headers, length and SHA-256 of the body
//	/sse             server-sent events: ?count= (endless by default), ?ms= between them (200)
//	/redirect?to=    302 with that Location, unchanged
//	/cookies         Set-Cookie of several kinds; ?set= adds one of your own (may be repeated)
//	/slow?ms=        answers after that time
//	/status/<n>      answers with that status
//	/bytes/<n>       n bytes
//	a WebSocket upgrade on any path: first a message {url, headers}, then every message back
//
// It listens on $PORT (8080) and prints one line when a request begins and one when it ends or its client has left.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	log.SetFlags(log.LUTC | log.Ldate | log.Ltime | log.Lmicroseconds)
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	server := &http.Server{Addr: ":" + port, Handler: logged(http.HandlerFunc(route)), ReadHeaderTimeout: 30 * time.Second}
	stopping, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	go func() {
		<-stopping.Done()
		log.Print("stopping")
		server.Close()
	}()
	log.Printf("listening on %s as uid %d", server.Addr, os.Getuid())
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}

// route is no http.ServeMux: that one redirects paths such as //a to their clean form, and the raw form is what tests ask for.
func route(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.Path; {
	case strings.EqualFold(r.Header.Get("Upgrade"), "websocket"):
		echoWebSocket(w, r)
	case path == "/sse":
		sendEvents(w, r)
	case path == "/redirect":
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(http.StatusFound)
	case path == "/cookies":
		setCookies(w, r)
	case path == "/slow":
		if sleep(r.Context(), milliseconds(r, "ms", 1000)) {
			describe(w, r, http.StatusOK)
		}
	case strings.HasPrefix(path, "/status/"):
		describe(w, r, number(strings.TrimPrefix(path, "/status/"), http.StatusOK))
	case strings.HasPrefix(path, "/bytes/"):
		sendBytes(w, number(strings.TrimPrefix(path, "/bytes/"), 0))
	default:
		describe(w, r, http.StatusOK)
	}
}

var requests atomic.Int64

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := requests.Add(1)
		began := time.Now()
		log.Printf("#%d %s %s", id, r.Method, r.RequestURI)
		next.ServeHTTP(w, r)
		how := "done"
		if r.Context().Err() != nil {
			how = "client left"
		}
		log.Printf("#%d %s after %d ms", id, how, time.Since(began).Milliseconds())
	})
}
