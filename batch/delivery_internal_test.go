package batch

import (
	"context"
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/batch/internal/journal"
	"github.com/plugreel/plugreel/sdk"
)

// sends counts what it is asked to send.
type sends struct{ n int }

func (s *sends) Deliver(context.Context, *ComposedWebhook) Receipt {
	s.n++
	return Receipt{Status: 201, Attempts: 2}
}

// TestWhatHasArrivedIsNotSentAgain takes a journal up again, as after the death of a process.
func TestWhatHasArrivedIsNotSentAgain(t *testing.T) {
	name := filepath.Join(t.TempDir(), "delivered")
	lines := appendWebhook(nil, "p", "u", "k1", sdk.Webhook{URL: "http://example.org/"})
	post := &sends{}
	deliver := func() DeliveryReport {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
		require.NoError(t, err)
		r := newRun(newTestRun().chain, Options{Deliverer: post}.withDefaults(nil))
		r.reporter.report.Plugins[0].Deliveries = &DeliveryReport{}
		r.outputs = &outputs{}
		r.courier, err = r.hire(t.Context())
		require.NoError(t, err)
		r.courier.journal, err = journal.Open(f)
		require.NoError(t, err)
		require.NoError(t, r.send(t.Context(), lines))
		require.NoError(t, r.drain(t.Context()))
		require.NoError(t, r.courier.dismiss())
		return *r.reporter.report.Plugins[0].Deliveries
	}
	want := DeliveryReport{Sent: 2, Retried: 1, Delivered: 1}
	assert.Equal(t, want, deliver())
	assert.Equal(t, want, deliver(), "the report is that of a run that was not interrupted")
	assert.Equal(t, 1, post.n)
}

func TestKeys(t *testing.T) {
	program := func(name string, files ...sdk.File) sdk.Program {
		return sdk.Native(sdk.Info{Name: name, Files: files}, func() sdk.Hooks { return sdk.Hooks{} })
	}
	a, b := sdk.File{Name: "a.js", SHA256: sha256.Sum256([]byte("a"))}, sdk.File{Name: "b.js", SHA256: sha256.Sum256([]byte("b"))}
	base := Plugin{Name: "p", Program: program("p", a, b), Config: []byte(`{"k":"s3cret"}`), Secrets: []string{"s3cret"}}
	with := func(change func(*Plugin)) Chain {
		p := base
		change(&p)
		return Chain{p}
	}
	key := func(c Chain, at place, plugin string) string {
		return (&run{digest: c.digest()}).webhookKey(at, plugin)
	}
	at := place{source: "s", spot: spot{line: 1}}
	want := key(Chain{base}, at, "p")
	assert.Regexp(t, `^[0-9a-f]{32}$`, want)
	for _, c := range []struct {
		name, reason string
		same         bool
		got          string
	}{
		{"files in another order", "their order is nobody's choice", true, key(with(func(p *Plugin) { p.Program = program("p", b, a) }), at, "p")},
		{"another secret", "a new password does not make another webhook, and none can be guessed", true, key(with(func(p *Plugin) { p.Config, p.Secrets = []byte(`{"k":"0ther"}`), []string{"0ther"} }), at, "p")},
		{"another place in the file", "an offset says no more than a line", true, key(Chain{base}, place{source: "s", spot: spot{line: 1, offset: 7}}, "p")},
		{"another line", "another record", false, key(Chain{base}, place{source: "s", spot: spot{line: 2}}, "p")},
		{"another event of the line", "another record", false, key(Chain{base}, place{source: "s", spot: spot{line: 1, item: 2}}, "p")},
		{"another source", "another record", false, key(Chain{base}, place{source: "s2", spot: spot{line: 1}}, "p")},
		{"another plugin", "one record, two webhooks", false, key(Chain{base}, at, "q")},
		{"text moved over a border", "parts have their lengths", false, key(Chain{base}, place{source: "s1"}, "p")},
		{"another name", "another chain", false, key(with(func(p *Plugin) { p.Name = "q" }), at, "p")},
		{"another program", "another chain", false, key(with(func(p *Plugin) { p.Program = program("q", a, b) }), at, "p")},
		{"other code", "another chain", false, key(with(func(p *Plugin) { p.Program = program("p", a) }), at, "p")},
		{"other config", "another chain", false, key(with(func(p *Plugin) { p.Config = []byte(`{}`) }), at, "p")},
		{"an attachment", "another chain", false, key(with(func(p *Plugin) {
			p.Attachments = map[string]sdk.Attachment{"a": {Contents: []byte("x")}}
		}), at, "p")},
		{"two plugins", "another chain", false, key(Chain{base, base}, at, "p")},
	} {
		assert.Equal(t, c.same, c.got == want, "%s: %s", c.name, c.reason)
	}
	assert.Empty(t, (&run{}).webhookKey(at, "p"), "nobody sends it")
}
