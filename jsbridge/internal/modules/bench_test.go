package modules

import (
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"
)

func BenchmarkScript(b *testing.B) {
	for _, c := range []struct{ name, setup, body string }{
		{"URL", "", `const u = new URL('https://example.org/pricing?utm_source=news&utm_medium=email#faq'); return u.hostname + u.pathname + u.search`},
		{"searchParams", "", `const p = new URL('https://example.org/pricing?utm_source=news&utm_medium=email#faq').searchParams; return p.get('utm_source') + p.get('utm_medium')`},
		{"sha256", `const c = require('crypto')`, `return c.createHash('sha256').update('user-12345@example.org').digest('hex')`},
		{"md5", `const c = require('crypto')`, `return c.createHash('md5').update('user-12345@example.org').digest('hex')`},
		{"randomUUID", `const c = require('crypto')`, `return c.randomUUID()`},
		{"JSON.parse", "const text = JSON.stringify({ event: '$pageview', properties: { $ip: '1.2.3.4', $current_url: 'https://example.org/x', n: [1, 2.5, true, null], deep: { a: { b: 'c' } } } })", `return JSON.parse(text)`},
		{"structuredClone", "const o = { event: '$pageview', properties: { $ip: '1.2.3.4', list: [1, 2, 3] } }", `return structuredClone(o)`},
		{"toLocaleDateString", "const d = new Date(0)", `return d.toLocaleDateString('en-GB')`},
		{"toLocaleDateString options", "const d = new Date(0)", `return d.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })`},
		{"TextDecoder", "const d = new TextDecoder(), t = new TextEncoder().encode('user-12345@example.org')", `return d.decode(t)`},
	} {
		b.Run(c.name, func(b *testing.B) {
			h := newHost(b)
			v, err := h.run("(() => { " + c.setup + "\nreturn () => { " + c.body + " } })()")
			require.NoError(b, err)
			f, _ := goja.AssertFunction(v)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f(goja.Undefined()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkInstall is what an instance pays that uses nothing of the library.
func BenchmarkInstall(b *testing.B) {
	h := newHost(b)
	b.ReportAllocs()
	for b.Loop() {
		h.vm = goja.New()
		New(h).Install()
	}
}

// BenchmarkRequire is the first use of a module in a runtime.
func BenchmarkRequire(b *testing.B) {
	for _, name := range []string{"url", "crypto", "util", "stream"} {
		b.Run(name, func(b *testing.B) {
			h := newHost(b)
			for b.Loop() {
				h.vm = goja.New()
				New(h).require(name)
			}
		})
	}
}
