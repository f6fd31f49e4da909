package transport

import (
	"errors"
	"net/netip"
	"testing"
)

func TestPublic(t *testing.T) {
	tests := []struct {
		name, addr string
		want       bool
	}{
		{"a public IPv4 address", "93.184.215.14", true},
		{"a public IPv6 address", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", true},
		{"unspecified", "0.0.0.0", false},
		{"this network", "0.1.2.3", false},
		{"private 10", "10.1.2.3", false},
		{"private 172.16", "172.31.255.255", false},
		{"just above private 172.16", "172.32.0.1", true},
		{"private 192.168", "192.168.0.10", false},
		{"carrier-grade NAT", "100.64.0.1", false},
		{"end of carrier-grade NAT", "100.127.255.255", false},
		{"just above carrier-grade NAT", "100.128.0.1", true},
		{"loopback", "127.0.0.1", false},
		{"another loopback", "127.9.9.9", false},
		{"cloud metadata", "169.254.169.254", false},
		{"protocol assignments", "192.0.0.8", false},
		{"documentation", "203.0.113.5", false},
		{"benchmarks", "198.19.255.255", false},
		{"multicast", "239.1.1.1", false},
		{"reserved", "240.0.0.1", false},
		{"broadcast", "255.255.255.255", false},
		{"IPv6 loopback", "::1", false},
		{"IPv6 unspecified", "::", false},
		{"IPv4 mapped, loopback", "::ffff:127.0.0.1", false},
		{"IPv4 mapped, public", "::ffff:93.184.215.14", false},
		{"IPv4 compatible", "::127.0.0.1", false},
		{"NAT64", "64:ff9b::7f00:1", false},
		{"local NAT64", "64:ff9b:1::7f00:1", false},
		{"6to4", "2002:7f00:1::", false},
		{"Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2", false},
		{"IPv6 documentation", "2001:db8::1", false},
		{"unique local", "fd12:3456::1", false},
		{"link-local", "fe80::1", false},
		{"link-local with a zone", "fe80::1%eth0", false},
		{"old site-local", "fec0::1", false},
		{"IPv6 multicast", "ff02::1", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := public(netip.MustParseAddr(tt.addr)); got != tt.want {
				t.Errorf("public(%s) = %v, want %v", tt.addr, got, tt.want)
			}
		})
	}
}

func TestReachablePorts(t *testing.T) {
	for port, want := range map[string]bool{"80": true, "443": true, "22": false, "6379": false, "8080": false} {
		err := reachable(netip.MustParseAddrPort("93.184.215.14:" + port))
		if (err == nil) != want || !want && !errors.Is(err, ErrRefused) {
			t.Errorf("reachable(port %s) = %v, want allowed %v", port, err, want)
		}
	}
}

func TestDenied(t *testing.T) {
	tests := []struct {
		host string
		want bool
	}{
		{"www.google.co.za", true}, {"maps.google.com", true}, {"business.google", true}, {"maps.app.goo.gl", true},
		{"g.page", true}, {"www.yelp.com", true}, {"m.yelp.co.uk", true}, {"uk.trustpilot.com", true},
		{"www.facebook.com.", true}, {"fb.com", true}, {"www.tripadvisor.co.za", true}, {"HEALTHGRADES.com", true},
		{"google.example.com", false}, {"g.example.com", false}, {"notgoogle.com", false},
		{"goo.example", false}, {"127.0.0.1", false}, {"localhost", false}, {"harbour-street.example", false},
	}
	for _, tt := range tests {
		err := Denied(tt.host)
		if (err != nil) != tt.want {
			t.Errorf("Denied(%q) = %v, want denied %v", tt.host, err, tt.want)
		}
		if err != nil && !errors.Is(err, ErrRefused) {
			t.Errorf("Denied(%q) = %v, which does not wrap ErrRefused", tt.host, err)
		}
	}
}
