package batch

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// ComposedWebhook is one line of Options.Webhooks: a request that a composeWebhook hook asked
// for. Defaults are filled in.
type ComposedWebhook struct {
	Plugin string `json:"plugin"`
	UUID   string `json:"uuid,omitempty"`
	// Key is the same for the same record, plugin and chain, in whatever run; secrets of the chain
	// do not count. It is there if the run has a Deliverer.
	Key     string            `json:"key,omitempty"`
	URL     string            `json:"url"`
	Method  string            `json:"method"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

func appendWebhook(dst []byte, plugin, uuid, key string, hook sdk.Webhook) []byte {
	hook = hook.Normal()
	w := lineWriter{buf: dst}
	w.text("plugin", plugin)
	w.some("uuid", uuid)
	w.some("key", key)
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

// webhookKey is ComposedWebhook.Key: a hash of the chain, the place of the record and the plugin.
// It is "" if nobody sends webhooks.
func (r *run) webhookKey(at place, plugin string) string {
	if r.digest == nil {
		return ""
	}
	h := sha256.New()
	line := strconv.AppendInt(nil, at.line, 10)
	if at.item > 0 {
		line = strconv.AppendInt(append(line, ' '), at.item, 10)
	}
	writeParts(h, r.digest, []byte(at.source), line, []byte(plugin))
	return hex.EncodeToString(h.Sum(nil)[:webhookKeyBytes])
}

const webhookKeyBytes = 16

// digest is a hash of all that decides what a chain composes. Secrets are covered: receivers see
// what is made of it and could test guesses, and a new password does not make another webhook.
func (c Chain) digest() []byte {
	h := sha256.New()
	redactor := c.Redactor()
	for _, p := range c {
		info := p.Program.Info()
		writeParts(h, []byte(p.Name), []byte(info.Name), []byte(redactor.Redact(string(p.Config))))
		for _, f := range slices.SortedFunc(slices.Values(info.Files), func(a, b sdk.File) int { return strings.Compare(a.Name, b.Name) }) {
			writeParts(h, []byte(f.Name), f.SHA256[:])
		}
		for _, key := range slices.Sorted(maps.Keys(p.Attachments)) {
			sum := sha256.Sum256(p.Attachments[key].Contents)
			writeParts(h, []byte(key), sum[:])
		}
	}
	return h.Sum(nil)
}

// writeParts writes a list so that no other list looks the same.
func writeParts(h hash.Hash, parts ...[]byte) {
	h.Write(binary.AppendUvarint(nil, uint64(len(parts))))
	for _, part := range parts {
		h.Write(binary.AppendUvarint(nil, uint64(len(part))))
		h.Write(part)
	}
}
