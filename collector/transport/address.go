package transport

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// special lists the blocks of the IANA special-purpose registries that are not the public internet.
// For IPv6 they are the exceptions within 2000::/3; everything outside that block is refused, which
// covers loopback, link-local, unique local, multicast, mapped (::ffff:0:0/96) and NAT64 (64:ff9b::/96).
var special = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

var globalUnicast6 = netip.MustParsePrefix("2000::/3")

func prefixes(list ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

// public reports whether a is an address of the public internet.
func public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" || a.Is6() && !globalUnicast6.Contains(a) {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// CheckAddress returns an error that wraps ErrRefused where it is plain from u alone that a Transport
// with these allowed hosts will not go there: an address by number that is not public, an odd port.
// A name is checked when it is resolved.
func CheckAddress(u *url.URL, allow []string) error {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	at := net.JoinHostPort(u.Hostname(), port)
	if slices.ContainsFunc(allow, func(a string) bool { return strings.EqualFold(a, at) }) {
		return nil
	}
	if strings.EqualFold(u.Hostname(), "localhost") {
		return fmt.Errorf("%s is this machine: %w", at, ErrRefused)
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return fmt.Errorf("port %q is no number: %w", port, ErrRefused)
	}
	addr, err := netip.ParseAddr(u.Hostname())
	if err != nil {
		addr = netip.AddrFrom4([4]byte{1, 1, 1, 1}) // a name: only the port can be judged
	}
	return reachable(netip.AddrPortFrom(addr, uint16(n)))
}

// dialer connects to public addresses on ports 80 and 443, and to what allow names by host:port as
// the address is asked for. The check is on the resolved address, so no name can lead inside.
func dialer(allow map[string]bool) func(ctx context.Context, network, addr string) (net.Conn, error) {
	guarded := net.Dialer{
		Timeout: 10 * time.Second,
		ControlContext: func(_ context.Context, _, resolved string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(resolved)
			if err != nil {
				return fmt.Errorf("address %s: %w", resolved, err)
			}
			return reachable(to)
		},
	}
	open := net.Dialer{Timeout: guarded.Timeout}
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		if allow[strings.ToLower(addr)] {
			return open.DialContext(ctx, network, addr)
		}
		return guarded.DialContext(ctx, network, addr)
	}
}

func reachable(to netip.AddrPort) error {
	if !public(to.Addr()) {
		return fmt.Errorf("address %s is not public: %w", to.Addr(), ErrRefused)
	}
	if p := to.Port(); p != 80 && p != 443 {
		return fmt.Errorf("port %d is neither 80 nor 443: %w", p, ErrRefused)
	}
	return nil
}
