package fetch

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/plugreel/plugreel/sdk"
)

// UserAgent is what a server is told unless the plugin sets the header.
const UserAgent = "plugreel"

// MaxRedirects is how many redirects are followed. Source: node-fetch 2 and the fetch standard.
const MaxRedirects = 20

// SendDrain is how much of a body [Client.Send] reads, in bytes.
const SendDrain = 64 << 10

// network makes requests.
type network struct {
	rules     rules
	public    bool // hosts need no rule, as long as their addresses are of the internet
	cover     cover
	transport *http.Transport
	maxBytes  int64 // negative is no limit
	sent      atomic.Int64
}

// newNetwork returns a network whose connections end with base.
func newNetwork(base context.Context, rs rules, o Options) *network {
	d := &dialer{base: base, rules: rs, resolver: o.Resolver, dial: o.Dial, timeout: o.Timeout}
	return &network{rules: rs, public: o.Public, cover: o.Redact, maxBytes: o.MaxBytes, transport: &http.Transport{
		Proxy:                  nil, // what a proxy connects to cannot be checked
		DialContext:            d.connect,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // unzip does it, also for plugins that ask for gzip themselves
		MaxIdleConnsPerHost:    32,
		MaxResponseHeaderBytes: 1 << 20,
		TLSHandshakeTimeout:    max(o.Timeout, 0),
		TLSClientConfig:        &tls.Config{RootCAs: o.RootCAs},
	}}
}

// reader takes an answer in.
type reader func(*request, *http.Response) (*sdk.Response, error)

// exchange makes a request and follows its redirects.
func (n *network) exchange(ctx context.Context, r *request, read reader) (*sdk.Response, error) {
	for hops := 0; ; hops++ {
		answer, next, err := n.hop(ctx, r, hops, read)
		if err != nil && hops > 0 {
			err = fmt.Errorf("redirect to %s: %w", n.cover.url(r.href), err)
		}
		if err != nil {
			return nil, err
		}
		if next == nil {
			answer.Redirected = hops > 0
			return answer, nil
		}
		if hops == MaxRedirects {
			return nil, refuse(ErrRedirects, "got more than %d redirects", MaxRedirects)
		}
		r = next
	}
}

// hop sends one request. It returns the answer, or the request that follows from it.
func (n *network) hop(ctx context.Context, r *request, hops int, read reader) (*sdk.Response, *request, error) {
	if err := n.allow(r.url); err != nil {
		return nil, nil, err
	}
	if hops == 0 {
		n.sent.Add(1)
	}
	res, err := n.transport.RoundTrip(r.http().WithContext(ctx))
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	target, err := n.location(r, res)
	if err != nil {
		return nil, nil, err
	}
	if target != nil && !r.manual {
		return nil, r.redirect(res.StatusCode, target), nil
	}
	if target != nil {
		res.Header.Set("Location", target.String()) // node-fetch 2 resolves it
	}
	answer, err := read(r, res)
	return answer, nil, err
}

func (n *network) allow(u *url.URL) error {
	if n.public {
		return nil
	}
	return n.rules.allow(u)
}

// location is where an answer redirects to, nil if it does not.
func (n *network) location(r *request, res *http.Response) (*url.URL, error) {
	where := res.Header.Get("Location")
	redirect := slices.Contains([]int{301, 302, 303, 307, 308}, res.StatusCode)
	if !redirect || len(res.Header.Values("Location")) == 0 {
		return nil, nil
	}
	target, err := parseURL(where, r.url)
	if err != nil && r.manual {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("redirect to %q: %w", n.cover.url(where), err)
	}
	return target, nil
}

// redirect is r after a redirect. Source: fetch standard, HTTP-redirect fetch, steps 12 to 14;
// cookies go with the credentials, as in node-fetch 2.
func (r *request) redirect(status int, target *url.URL) *request {
	next := &request{method: r.method, href: target.String(), url: target, headers: r.headers, body: r.body}
	if dropsBody(status, r.method) {
		next.method, next.body = http.MethodGet, nil
		next.headers = without(next.headers, "content-encoding", "content-language", "content-location", "content-type")
	}
	if target.Scheme != r.url.Scheme || target.Host != r.url.Host {
		next.headers = without(next.headers, "authorization", "proxy-authorization", "www-authenticate", "cookie", "cookie2")
	}
	return next
}

func dropsBody(status int, method string) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound:
		return method == http.MethodPost
	case http.StatusSeeOther:
		return method != http.MethodGet && method != http.MethodHead
	}
	return false
}

func without(headers [][2]string, names ...string) [][2]string {
	return slices.DeleteFunc(slices.Clone(headers), func(h [2]string) bool { return slices.Contains(names, h[0]) })
}

// read takes the whole answer in.
func (n *network) read(r *request, res *http.Response) (*sdk.Response, error) {
	body, err := n.body(res)
	if err != nil {
		return nil, err
	}
	answer := head(r, res)
	answer.Body = body
	return answer, nil
}

// skim takes an answer in without its body. A connection whose answer was read to the end can
// serve another request.
func (n *network) skim(r *request, res *http.Response) (*sdk.Response, error) {
	_, _ = io.CopyN(io.Discard, res.Body, SendDrain)
	return head(r, res), nil
}

// head is an answer without its body.
func head(r *request, res *http.Response) *sdk.Response {
	return &sdk.Response{
		URL:        r.href,
		Status:     res.StatusCode,
		StatusText: latin1(strings.TrimSpace(strings.TrimPrefix(res.Status, fmt.Sprint(res.StatusCode)))),
		Headers:    answerHeaders(res.Header),
	}
}

// body reads a body up to the limit, which holds for what it unpacks to.
func (n *network) body(res *http.Response) ([]byte, error) {
	plain, err := unzip(res)
	if err != nil || n.maxBytes < 0 {
		return readAll(plain, err)
	}
	body, err := readAll(io.LimitReader(plain, n.maxBytes+1), nil)
	if err == nil && int64(len(body)) > n.maxBytes {
		return nil, refuse(ErrTooLarge, "got a body of more than %d bytes", n.maxBytes)
	}
	return body, err
}

func readAll(r io.Reader, err error) ([]byte, error) {
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("body: %w", err)
	}
	return body, nil
}

// unzip unpacks a gzip body. The headers that speak of the packed form go with it.
func unzip(res *http.Response) (io.Reader, error) {
	coding := strings.ToLower(res.Header.Get("Content-Encoding"))
	if coding != "gzip" && coding != "x-gzip" {
		return res.Body, nil
	}
	plain, err := gzip.NewReader(res.Body)
	if errors.Is(err, io.EOF) { // no body at all: HEAD, 204, 304
		return http.NoBody, nil
	}
	res.Header.Del("Content-Encoding")
	res.Header.Del("Content-Length")
	return plain, err
}

// answerHeaders lists headers by name, and those of one name in the server's order.
func answerHeaders(h http.Header) [][2]string {
	var headers [][2]string
	for name, values := range h {
		for _, value := range values {
			headers = append(headers, [2]string{strings.ToLower(name), latin1(value)})
		}
	}
	slices.SortStableFunc(headers, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return headers
}

// latin1 reads a header that is no UTF-8 as HTTP once meant it.
func latin1(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	runes := make([]rune, len(text))
	for i := range len(text) {
		runes[i] = rune(text[i])
	}
	return string(runes)
}
