package store_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"percept/reports/alert"
	"percept/store"
	"percept/store/storetest"
)

// 1,000 alerts to a sink on loopback, each mark durable in a store on disk before the next goes out.
func BenchmarkSend(b *testing.B) {
	const messages = 1000
	var taken atomic.Int64
	sink := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { taken.Add(1) }))
	defer sink.Close()
	b.StopTimer()
	for n := range b.N {
		s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "percept.duckdb"), store.Options{Create: true, Now: storetest.Now})
		if err != nil {
			b.Fatal(err)
		}
		var due alert.Outcome
		for i := range messages {
			due.Messages = append(due.Messages, alert.Message{Key: fmt.Sprintf("%d-%d", n, i), Receiver: "desk", Kind: alert.OneAlert, Severity: alert.Severe,
				Created: storetest.Now, NotBefore: storetest.Now, Content: alert.Content{Subject: "a review needs a person", Items: []alert.Item{{ID: "x", Text: "words"}}}})
		}
		if err := s.PutDue(b.Context(), due); err != nil {
			b.Fatal(err)
		}
		pending, err := s.Pending(b.Context(), false)
		if err != nil {
			b.Fatal(err)
		}
		hook := alert.NewHook(alert.HookOptions{URL: sink.URL, Body: alert.Payload, Client: sink.Client(), Now: time.Now})
		sender := alert.Sender{Outbox: s, Channels: map[string]alert.Channel{"desk": hook}, Now: func() time.Time { return storetest.Now },
			Sleep: func(context.Context, time.Duration) error { return nil }}
		b.StartTimer()
		tally, err := sender.Send(b.Context(), pending)
		b.StopTimer()
		if err != nil || tally.Accepted != messages {
			b.Fatalf("Send = %+v, %v", tally, err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	if got := taken.Load(); got != int64(messages*b.N) {
		b.Errorf("the sink took %d, want %d", got, messages*b.N)
	}
	b.ReportMetric(float64(messages*b.N)/b.Elapsed().Seconds(), "alerts/s")
}
