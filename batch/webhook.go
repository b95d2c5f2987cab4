package batch

import (
	"fmt"
	"maps"
	"net/url"
	"slices"

	"github.com/plugreel/plugreel/sdk"
)

// ComposedWebhook is one line of Options.Webhooks: a request that a composeWebhook hook asked
// for. Defaults are filled in.
type ComposedWebhook struct {
	Plugin  string            `json:"plugin"`
	UUID    string            `json:"uuid,omitempty"`
	URL     string            `json:"url"`
	Method  string            `json:"method"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

func appendWebhook(dst []byte, plugin, uuid string, hook sdk.Webhook) []byte {
	hook = hook.Normal()
	w := lineWriter{buf: dst}
	w.text("plugin", plugin)
	w.some("uuid", uuid)
	w.text("url", hook.URL)
	w.text("method", hook.Method)
	w.key("headers")
	w.buf = appendHeaders(w.buf, hook.Headers)
	w.text("body", hook.Body)
	return w.end()
}

func appendHeaders(dst []byte, headers map[string]string) []byte {
	w := lineWriter{buf: dst}
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		w.key("")
		w.buf = sdk.AppendString(w.buf[:len(w.buf)-len(`"":`)], name)
		w.buf = append(w.buf, ':')
		w.buf = sdk.AppendString(w.buf, headers[name])
	}
	if !w.begun {
		w.buf = append(w.buf, '{')
	}
	return append(w.buf, '}')
}

var methods = []string{"DELETE", "GET", "PATCH", "POST", "PUT"}

// checkWebhook says what would keep a webhook from being sent.
// Source: fact sheet section 5.4, URL check and method check.
func checkWebhook(hook *sdk.Webhook) error {
	u, err := url.Parse(hook.URL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return fmt.Errorf("url: got %q, want one that begins with http:// or https://", hook.URL)
	}
	if hook.Method != "" && !slices.Contains(methods, hook.Method) {
		return fmt.Errorf("method: got %q, want DELETE, GET, PATCH, POST or PUT", hook.Method)
	}
	return nil
}
