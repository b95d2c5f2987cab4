package fetch

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"time"
)

// Resolver finds the addresses of a host; *net.Resolver is one. Calls may overlap.
type Resolver interface {
	// LookupNetIP is net.Resolver.LookupNetIP; network is "ip".
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// DialFunc opens a connection, as net.Dialer.DialContext. The address is an IP address with a
// port, never a name. Calls may overlap.
type DialFunc func(ctx context.Context, network, address string) (net.Conn, error)

// dialer looks a host up, checks each of its addresses and connects to what it checked. Nothing
// is looked up twice, so a name that changes its mind between check and use gains nothing.
type dialer struct {
	base     context.Context // ends every attempt and every connection
	rules    rules
	resolver Resolver
	dial     DialFunc
	timeout  time.Duration // for all attempts together, not greater than 0 is none
}

// attempt is how long one address of several has to answer.
const attempt = 3 * time.Second

// connect is the DialContext of a transport, whose ctx does not end with the request: the
// transport would keep the connection for the next one.
func (d *dialer) connect(ctx context.Context, _, address string) (net.Conn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(d.base, cancel)()
	if d.timeout > 0 {
		ctx, cancel = context.WithTimeout(ctx, d.timeout)
		defer cancel()
	}
	conn, err := d.first(ctx, address)
	if err != nil {
		return nil, err
	}
	return &lifeConn{Conn: conn, release: context.AfterFunc(d.base, func() { conn.Close() })}, nil
}

// lifeConn is a connection that ends with the Client, be it idle, in use or half open.
type lifeConn struct {
	net.Conn
	release func() bool
}

func (c *lifeConn) Close() error {
	c.release()
	return c.Conn.Close()
}

// first connects to the first address of a host that answers.
func (d *dialer) first(ctx context.Context, address string) (net.Conn, error) {
	host, text, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return nil, err
	}
	addrs, err := d.addresses(ctx, host)
	if err != nil {
		return nil, err
	}
	var first error
	for i, addr := range addrs {
		conn, err := d.try(ctx, host, netip.AddrPortFrom(addr, uint16(port)), i == len(addrs)-1)
		if err == nil {
			return conn, nil
		}
		first = cmp.Or(first, err)
	}
	return nil, first
}

func (d *dialer) addresses(ctx context.Context, host string) ([]netip.Addr, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr}, nil
	}
	addrs, err := d.resolver.LookupNetIP(ctx, "ip", host)
	if err == nil && len(addrs) == 0 {
		err = fmt.Errorf("lookup %s: got no address", host)
	}
	return addrs, err
}

func (d *dialer) try(ctx context.Context, host string, to netip.AddrPort, last bool) (net.Conn, error) {
	if err := d.rules.admit(host, to.Port(), to.Addr()); err != nil {
		return nil, err
	}
	if !last {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, attempt)
		defer cancel()
	}
	return d.dial(ctx, "tcp", netip.AddrPortFrom(to.Addr().Unmap(), to.Port()).String())
}
