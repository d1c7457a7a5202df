package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// job is what to ask, how, and for how long.
type job struct {
	// URL names the server; Address is where it is, whatever the resolver says.
	URL, Address string
	// CA is the authority in PEM for https.
	CA      string
	Headers map[string]string
	// Connections ask side by side, each its next request when the one before is answered, for Seconds.
	Connections, Seconds int
	// Silence, in milliseconds, before each request instead of as many as can be; then Times of them.
	Silence, Times int
	// Upload is how many bytes each request carries.
	Upload int64
	// Fresh asks for a connection of its own for each request.
	Fresh bool
}

// result holds latencies in microseconds.
type result struct {
	Requests, Failed int
	Bytes            int64
	Seconds          float64
	P50, P99, Max    float64
	Latencies        []float64 `json:",omitempty"`
	Problem          string    `json:",omitempty"`
}

func load(input io.Reader, output io.Writer) error {
	var asked job
	if err := json.NewDecoder(input).Decode(&asked); err != nil {
		return err
	}
	client, err := clientFor(asked)
	if err != nil {
		return err
	}
	// The first opens what is needed: connections, and the tunnels behind them.
	if _, err := ask(client, asked); err != nil {
		return fmt.Errorf("the first request: %w", err)
	}
	seen := result{}
	if asked.Times > 0 {
		seen = afterSilence(client, asked)
	} else {
		seen = sideBySide(client, asked)
	}
	return json.NewEncoder(output).Encode(seen)
}

func clientFor(asked job) (*http.Client, error) {
	transport := &http.Transport{
		MaxIdleConnsPerHost: asked.Connections,
		MaxConnsPerHost:     asked.Connections,
		DisableCompression:  true,
		DisableKeepAlives:   asked.Fresh,
		WriteBufferSize:     64 << 10,
		ReadBufferSize:      64 << 10,
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, asked.Address)
		},
		// A map that is not nil keeps HTTP/2 off: kubectl's port has none, and all are to be asked alike.
		TLSNextProto: map[string]func(string, *tls.Conn) http.RoundTripper{},
	}
	if asked.CA != "" {
		roots := x509.NewCertPool()
		if !roots.AppendCertsFromPEM([]byte(asked.CA)) {
			return nil, errors.New("the authority is no certificate")
		}
		transport.TLSClientConfig = &tls.Config{RootCAs: roots}
	}
	return &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}

// ask sends one request and reads its answer to the end; it returns how many bytes went the way that is measured.
func ask(client *http.Client, asked job) (int64, error) {
	method, body := http.MethodGet, io.Reader(nil)
	if asked.Upload > 0 {
		method, body = http.MethodPut, io.LimitReader(zeros{}, asked.Upload)
	}
	request, err := http.NewRequest(method, asked.URL, body)
	if err != nil {
		return 0, err
	}
	request.ContentLength = asked.Upload
	for name, value := range asked.Headers {
		request.Header.Set(name, value)
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	read, err := io.Copy(io.Discard, response.Body)
	if err != nil {
		return 0, err
	}
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("status %d", response.StatusCode)
	}
	return max(asked.Upload, read), nil
}

type zeros struct{}

func (zeros) Read(into []byte) (int, error) {
	clear(into)
	return len(into), nil
}

func sideBySide(client *http.Client, asked job) result {
	var mutex sync.Mutex
	var seen result
	var latencies []float64
	var group sync.WaitGroup
	began := time.Now()
	end := began.Add(time.Duration(asked.Seconds) * time.Second)
	for range asked.Connections {
		group.Go(func() {
			own, bytes, failed, problem := []float64{}, int64(0), 0, ""
			for time.Now().Before(end) {
				start := time.Now()
				count, err := ask(client, asked)
				if err != nil {
					failed, problem = failed+1, err.Error()
					continue
				}
				own, bytes = append(own, microseconds(time.Since(start))), bytes+count
			}
			mutex.Lock()
			defer mutex.Unlock()
			latencies = append(latencies, own...)
			seen.Bytes += bytes
			seen.Failed += failed
			if problem != "" {
				seen.Problem = problem
			}
		})
	}
	group.Wait()
	seen.Seconds = time.Since(began).Seconds()
	return summed(seen, latencies)
}

func afterSilence(client *http.Client, asked job) result {
	var seen result
	latencies := []float64{}
	began := time.Now()
	for range asked.Times {
		time.Sleep(time.Duration(asked.Silence) * time.Millisecond)
		start := time.Now()
		if _, err := ask(client, asked); err != nil {
			seen.Failed, seen.Problem = seen.Failed+1, err.Error()
			continue
		}
		latencies = append(latencies, microseconds(time.Since(start)))
	}
	seen.Seconds = time.Since(began).Seconds()
	seen = summed(seen, latencies)
	seen.Latencies = latencies
	return seen
}

func summed(seen result, latencies []float64) result {
	slices.Sort(latencies)
	at := func(share float64) float64 {
		if len(latencies) == 0 {
			return 0
		}
		return latencies[min(len(latencies)-1, int(share*float64(len(latencies))))]
	}
	seen.Requests, seen.P50, seen.P99, seen.Max = len(latencies), at(0.5), at(0.99), at(1)
	return seen
}

func microseconds(duration time.Duration) float64 { return float64(duration.Nanoseconds()) / 1000 }
