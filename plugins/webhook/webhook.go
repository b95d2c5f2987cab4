package webhook

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// Program is the plugin for hosts that compile it in.
func Program() sdk.Program { return sdk.Native(sdk.Info{Name: "webhook"}, Hooks) }

// Hooks makes one instance of the plugin.
func Hooks() sdk.Hooks {
	c := &composer{}
	return sdk.Hooks{SetupPlugin: c.setup, ComposeWebhook: c.compose}
}

// composer is one instance.
type composer struct {
	url     template
	method  string
	body    template
	headers map[string]string   // that are the same for all requests
	varying map[string]template // the others
	events  []string
	ignore  []string
	where   []condition
}

func (c *composer) setup(meta *sdk.PluginMeta) error {
	s := meta.Settings()
	c.method = s.Choice("method", "POST", "PUT", "PATCH", "DELETE", "GET")
	c.setURL(s)
	c.setBody(s, bodyText(s, meta.Config.Get("body")))
	c.setAuthorization(s)
	c.setHeaders(s)
	c.events = s.List("events")
	c.ignore = s.List("ignore")
	for _, text := range s.List("where") {
		c.where = append(c.where, parseCondition(text))
	}
	return s.Err()
}

func (c *composer) setURL(s *sdk.Settings) {
	text := s.Text("url", "")
	scheme, rest, ok := strings.Cut(text, "://")
	host := rest[:len(rest)-len(strings.TrimLeft(rest, hostLetters))]
	if scheme = strings.ToLower(scheme); !ok || scheme != "http" && scheme != "https" || host == "" {
		s.Fail("url", "got %q, want an address such as https://example.com/{event.event}", text)
		return
	}
	if rest != host && strings.IndexByte("/?#", rest[len(host)]) < 0 {
		s.Fail("url", "got %q behind the host %s, want / before the first placeholder", rest[len(host):], host)
		return
	}
	c.url = parseTemplate(text, urlContext)
}

// hostLetters are those of a host with user, port and brackets.
const hostLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~%:@[]"

// bodyText is the template of the body; a chain file may have it as an object or an array.
func bodyText(s *sdk.Settings, v sdk.Value) string {
	switch v.Kind() {
	case sdk.KindObject, sdk.KindArray:
		return v.String()
	}
	return s.Text("body", "")
}

func (c *composer) setBody(s *sdk.Settings, text string) {
	isJSON := s.Choice("format", "json", "text") == "json"
	c.headers = map[string]string{"Content-Type": "text/plain; charset=utf-8"}
	if isJSON {
		c.headers["Content-Type"] = "application/json"
	}
	switch {
	case c.method == "GET" && text != "":
		s.Fail("body", "got a text with method GET, want none")
	case c.method == "GET":
		delete(c.headers, "Content-Type")
	case text == "":
		c.body = parseTemplate("{event}", jsonContext)
	case !isJSON:
		c.body = parseTemplate(text, textContext)
	default:
		c.body = parseTemplate(text, jsonContext)
		if err := c.body.check(); err != nil {
			s.Fail("body", "got no JSON: %w; text with placeholders that need no quotes is format text", err)
		}
	}
}

func (c *composer) setAuthorization(s *sdk.Settings) {
	user, password, token := s.Text("user", ""), s.Text("password", ""), s.Text("token", "")
	switch s.Choice("auth", "none", "basic", "bearer") {
	case "basic":
		if user == "" && password == "" {
			s.Fail("user", "got nothing, want a user or a password for basic authorization")
		}
		if strings.ContainsRune(user, ':') {
			s.Fail("user", "got a colon in it, which basic authorization cannot express")
		}
		c.headers["Authorization"] = "Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+password))
	case "bearer":
		if token == "" || strings.ContainsFunc(token, isControl) {
			s.Fail("token", "got nothing or several lines, want the token for bearer authorization")
		}
		c.headers["Authorization"] = "Bearer " + token
	case "none":
		if password != "" || token != "" {
			s.Fail("auth", "got none beside a password or token, want basic or bearer")
		}
	}
}

func (c *composer) setHeaders(s *sdk.Settings) {
	c.varying = map[string]template{}
	s.Object("headers").Each(func(name string, v sdk.Value) bool {
		text, ok := v.Str()
		switch t := parseTemplate(text, headerContext); {
		case !ok:
			s.Fail("headers", "%s: got %s, want a text", name, v.Kind())
		case !isHeaderName(name):
			s.Fail("headers", "got %q, want a name of letters, digits and hyphens", name)
		case t.isConstant():
			c.setHeader(name, t.render(nil))
		default:
			c.setHeader(name, "")
			c.varying[name] = t
		}
		return true
	})
}

// setHeader replaces a header, however it is spelt.
func (c *composer) setHeader(name, value string) {
	maps.DeleteFunc(c.headers, func(known, _ string) bool { return strings.EqualFold(known, name) })
	c.headers[name] = value
}

func isHeaderName(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
}

func (c *composer) compose(e *sdk.PluginEvent, _ *sdk.PluginMeta) (*sdk.Webhook, error) {
	if !c.wants(e) {
		return nil, nil
	}
	headers := c.headers
	if len(c.varying) > 0 {
		headers = maps.Clone(headers)
		for name, t := range c.varying {
			headers[name] = t.render(e)
		}
	}
	return &sdk.Webhook{URL: c.url.render(e), Method: c.method, Headers: headers, Body: c.body.render(e)}, nil
}

// wants says whether an event is to be sent.
func (c *composer) wants(e *sdk.PluginEvent) bool {
	name := e.Event()
	if c.events != nil && !slices.Contains(c.events, name) || slices.Contains(c.ignore, name) {
		return false
	}
	return !slices.ContainsFunc(c.where, func(w condition) bool { return !w.holds(e) })
}
