package jsbridge_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMatchesAgree asks patterns about texts in the way that is remembered and in one that is not.
func TestMatchesAgree(t *testing.T) {
	for _, row := range []struct{ name, reason, texts string }{
		{"few texts", "are remembered", "'x'.repeat(i % 7) + 'abc'"},
		{"texts of their own", "are not worth while", "'b' + i"},
		{"texts that fill the memory", "make place for others", "String(i % 900).padEnd(1000, 'c')"},
		{"long texts", "are not kept", "'c'.repeat(1020 + i % 9)"},
		{"lone surrogates", "look alike where they are kept", "i % 2 ? '\\ud800' : '\\ud801'"},
		{"letters of other scripts", "one text may be held in two ways", "'é' + (i % 3) + 'Ω'.slice(i % 2)"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := start(t, load(t, files("index.js", `
				const spell = (a, b) => a + b
				const patterns = [/a/, /^b+$/i, /(?=c)./, /\ud800/, /\ud801/, /é1/u, /./g, /b/y, new RegExp('Ω'), { test: () => 7, exec: () => null }]
				export function processEvent(event) {
					const wrong = []
					for (let i = 0; i < 1000; i++) {
						const text = `+row.texts+`
						for (const p of [...patterns, new RegExp('c' + i % 2), new RegExp('^b' + i), /b1$/]) {
							p.lastIndex = 0
							const quick = p.test(text), found = p.exec(text), own = text.match(p)
							p.lastIndex = 0
							const slow = p[spell('te', 'st')](text), other = p[spell('ex', 'ec')](text), same = text[spell('mat', 'ch')](p)
							const shown = [quick, found && found.index, own && own[0]], want = [slow, other && other.index, same && same[0]]
							if (String(shown) !== String(want)) wrong.push([String(p), text, shown, want])
						}
					}
					return { wrong }
				}`)), "{}")
			out, err := p.process(`{"event":"e"}`)
			require.NoError(t, err)
			require.JSONEq(t, `{"wrong":[]}`, out, row.reason)
		})
	}
}

// TestMatchesOfPatternsThatWereChanged has programs whose patterns do something else.
func TestMatchesOfPatternsThatWereChanged(t *testing.T) {
	for _, row := range []struct{ name, code, want string }{
		{"own exec", "p.exec = () => ['mine']; for (let i = 0; i < 3; i++) got.push(p.exec(s)[0])", `["mine","mine","mine"]`},
		{"exec of the class", "RegExp.prototype.exec = () => ['mine']; for (let i = 0; i < 3; i++) got.push(p.exec(s)[0])", `["mine","mine","mine"]`},
		{"match of texts", "String.prototype.match = () => ['mine']; for (let i = 0; i < 3; i++) got.push(s.match(p)[0])", `["mine","mine","mine"]`},
		{"a derived class", "class R extends RegExp { exec() { return ['mine'] } } const r = new R('a'); for (let i = 0; i < 3; i++) got.push(r.exec(s)[0])", `["mine","mine","mine"]`},
		{"another pattern", "const r = /nope/; for (let i = 0; i < 3; i++) { const m = r.exec(s); got.push(m && m[0]); r.compile('y') }", `[null,"y","y"]`},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := start(t, load(t, files("index.js", body("const p = /a/, s = 'xyz', got = []; %s; return { got }", row.code))), "{}")
			out, err := p.process(`{"event":"e"}`)
			require.NoError(t, err)
			require.JSONEq(t, `{"got":`+row.want+`}`, out)
		})
	}
}
