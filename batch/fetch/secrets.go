package fetch

import (
	"net/url"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// hidden stands for a secret in a cassette or an error text.
const hidden = "[secret]"

// cover takes secrets out of what is shown or kept.
type cover func(text string) string

// secretHeaders and secretEndings are headers that hold credentials by their name, whatever the
// plugin's manifest says.
var (
	secretHeaders = []string{"authorization", "proxy-authorization", "cookie", "cookie2", "set-cookie", "set-cookie2"}
	secretEndings = []string{"-token", "-secret", "-password", "-signature", "api-key", "apikey", "auth-key", "access-key", "functions-key"}
)

// secretParameters are parameters of URLs that hold credentials by their name.
var secretParameters = []string{
	"access_token", "api-key", "api_key", "apikey", "appid", "auth", "auth_token", "client_secret", "key",
	"password", "refresh_token", "secret", "sig", "signature", "token",
}

func isSecretHeader(name string) bool {
	return slices.Contains(secretHeaders, name) ||
		slices.ContainsFunc(secretEndings, func(end string) bool { return strings.HasSuffix(name, end) })
}

// request returns r without its secrets; it is r itself if there are none.
func (c cover) request(r *request) *request {
	covered := &request{method: r.method, href: c.url(r.href), headers: c.headers(r.headers), body: []byte(c.text(string(r.body))), manual: r.manual}
	if covered.href == r.href && string(covered.body) == string(r.body) && slices.Equal(covered.headers, r.headers) {
		return r
	}
	return covered
}

// answer returns a copy of a without its secrets.
func (c cover) answer(a *sdk.Response) *sdk.Response {
	return &sdk.Response{
		URL: c.url(a.URL), Redirected: a.Redirected, Status: a.Status, StatusText: c.line(a.StatusText),
		Headers: c.headers(a.Headers), Body: []byte(c.text(string(a.Body))),
	}
}

func (c cover) text(text string) string {
	if c == nil {
		return text
	}
	return c(text)
}

// line is text for what has to be UTF-8.
func (c cover) line(text string) string { return strings.ToValidUTF8(c.text(text), "\uFFFD") }

func (c cover) headers(headers [][2]string) [][2]string {
	var out [][2]string
	for _, h := range headers {
		out = append(out, [2]string{h[0], c.header(h[0], h[1])})
	}
	return out
}

func (c cover) header(name, value string) string {
	if isSecretHeader(name) {
		return hidden
	}
	if name == "location" || name == "content-location" || name == "referer" {
		return c.url(value)
	}
	return c.line(value)
}

// url covers the user's name and password and the parameters that hold credentials, and what any
// text is rid of. It works on the text, as a URL that was covered need not be one.
func (c cover) url(text string) string {
	rest, query, ok := strings.Cut(text, "?")
	if ok {
		query = "?" + coverQuery(query)
	}
	return c.line(coverUser(rest) + query)
}

func coverUser(text string) string {
	scheme, rest, ok := strings.Cut(text, "//")
	host, path, slash := strings.Cut(rest, "/")
	at := strings.LastIndex(host, "@")
	if !ok || at < 0 {
		return text
	}
	text = scheme + "//" + hidden + host[at:]
	if slash {
		text += "/" + path
	}
	return text
}

func coverQuery(query string) string {
	parts := strings.Split(query, "&")
	for i, part := range parts {
		name, value, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); value != "" && err == nil && slices.Contains(secretParameters, strings.ToLower(plain)) {
			parts[i] = name + "=" + hidden
		}
	}
	return strings.Join(parts, "&")
}
