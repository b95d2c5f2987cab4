package fetch

import (
	"bytes"
	"cmp"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	whatwg "github.com/nlnwa/whatwg-url/url"
	"golang.org/x/net/http/httpguts"

	"github.com/plugreel/plugreel/sdk"
)

// request is a checked [sdk.Request] in its one normal form: two requests mean the same if their
// forms are equal.
type request struct {
	method  string
	href    string      // as a browser spells it, without a fragment
	url     *url.URL    // href once more; nil if parts of it are covered
	headers [][2]string // names in lower case and sorted; values of one name in the plugin's order
	body    []byte
	manual  bool
}

// unheard are the headers that fetch leaves to the client; what a plugin says of them counts for
// nothing. Source: fetch standard, forbidden request-header names, as far as they are about the
// connection.
var unheard = map[string]bool{
	"connection": true, "content-length": true, "expect": true, "host": true, "keep-alive": true,
	"proxy-connection": true, "te": true, "trailer": true, "transfer-encoding": true, "upgrade": true,
}

// newRequest checks r and copies what it keeps of it.
func newRequest(r *sdk.Request) (*request, error) {
	method, err := methodOf(r.Method)
	if err != nil {
		return nil, err
	}
	if len(r.Body) > 0 && (method == http.MethodGet || method == http.MethodHead) {
		return nil, refuse(ErrInvalid, "got a body, want none with method %s", method)
	}
	u, err := parseURL(r.URL, nil)
	if err != nil {
		return nil, err
	}
	headers, err := headersOf(r.Headers)
	if err != nil {
		return nil, err
	}
	return &request{method: method, href: u.String(), url: u, headers: headers, body: bytes.Clone(r.Body), manual: r.Manual}, nil
}

func methodOf(method string) (string, error) {
	m := cmp.Or(strings.ToUpper(method), http.MethodGet)
	if !httpguts.ValidHeaderFieldName(m) || m == http.MethodConnect || m == http.MethodTrace || m == "TRACK" {
		return "", refuse(ErrInvalid, "got method %q, want GET, HEAD, POST, PUT, PATCH, DELETE or the like", method)
	}
	return m, nil
}

// parseURL reads a URL, relative to base if there is one, as browsers and Node do. Everything
// after it uses the spelling that comes out, so that what is checked is what is asked for.
func parseURL(text string, base *url.URL) (*url.URL, error) {
	if base != nil {
		return normalURL(whatwg.ParseRef(base.String(), text))
	}
	return normalURL(whatwg.Parse(text))
}

func normalURL(w *whatwg.Url, err error) (*url.URL, error) {
	if err != nil {
		return nil, refuse(ErrInvalid, "not a URL that can be fetched, want http://… or https://…")
	}
	if w.Scheme() != "http" && w.Scheme() != "https" {
		return nil, refuse(ErrInvalid, "got scheme %q, want http or https", w.Scheme())
	}
	u, err := url.Parse(w.Href(true))
	if err != nil {
		return nil, refuse(ErrInvalid, "not a URL that can be fetched: an invalid %%-escape")
	}
	return u, nil
}

func headersOf(given [][2]string) ([][2]string, error) {
	var headers [][2]string
	for _, h := range given {
		name, value := strings.ToLower(h[0]), strings.Trim(h[1], " \t\r\n")
		if !httpguts.ValidHeaderFieldName(name) {
			return nil, refuse(ErrInvalid, "header %q: not a header name", h[0])
		}
		if !httpguts.ValidHeaderFieldValue(value) || !utf8.ValidString(value) {
			return nil, refuse(ErrInvalid, "header %q: got a line break, a control character or broken UTF-8 in its value", h[0])
		}
		if !unheard[name] {
			headers = append(headers, [2]string{name, value})
		}
	}
	slices.SortStableFunc(headers, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return headers, nil
}

// http makes what package net/http sends.
func (r *request) http() *http.Request {
	h := &http.Request{Method: r.method, URL: r.url, Host: r.url.Host, Header: http.Header{}}
	for _, pair := range r.headers {
		h.Header.Add(pair[0], pair[1])
	}
	for name, value := range map[string]string{"User-Agent": UserAgent, "Accept": "*/*", "Accept-Encoding": "gzip"} {
		if len(h.Header.Values(name)) == 0 {
			h.Header.Set(name, value)
		}
	}
	if u := r.url.User; u != nil && h.Header.Get("Authorization") == "" {
		password, _ := u.Password()
		h.SetBasicAuth(u.Username(), password)
	}
	if len(r.body) > 0 {
		h.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(r.body)), nil }
		h.Body, _ = h.GetBody()
		h.ContentLength = int64(len(r.body))
	}
	return h
}
