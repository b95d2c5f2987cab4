package jsbridge_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/manifest"
)

// TestAcceptedDifferences pins what differs from Node and is not put right. A row that fails
// because the engine has learned better can go, and its line in the package documentation with it.
func TestAcceptedDifferences(t *testing.T) {
	rows := []struct{ name, reason, code, here, node string }{ // node is for the reader
		{"bit operations", "beyond 2^63 the engine's conversion to 32 bits gives 0", "(3e9 * 4294967291) | 0", `0`, `-2115098624`},
		{"Number of a large BigInt", "the engine keeps the low 64 bits", "Number(12345678901234567890n)", `-6101065172474983000`, `12345678901234567000`},
		{"Math", "the last digit of a result may differ", "Math.pow(10, -5)", `0.00001`, `0.000009999999999999999`},
		{"word boundaries", "letters of any script are word characters to the engine, in a global match over text beyond ASCII and beside lookarounds", "'éb b'.replace(/\\bb/g, 'x')", `"éb x"`, `"éx x"`},
		{"empty matches", "a global match finds no empty one behind another", "'ab c'.replace(/\\w*/g, '<$&>')", `"<ab> <c>"`, `"<ab><> <c><>"`},
		{"empty separators", "text beyond ASCII is split once more where a pattern matches nothing", "'b,é'.split(/,?/)", `["b","","é"]`, `["b","é"]`},
		{"case folding", "K and ſ match k and s without the flag u too", "/[a-z]/i.test('ſ')", `true`, `false`},
		{"line ends", "the flag m knows only line feeds", "/^y/m.test('x\\u2028y')", `false`, `true`},
		{"group in a repeated group", "RE2 keeps what a group matched in an earlier round", "/((a)|b)*/.exec('ab')", `["ab","b","a"]`, `["ab","b",null]`},
		{"source of a pattern with a slash", "spelled otherwise, means the same", "new RegExp('/').source", `"\\u002f"`, `"\\/"`},
		{"source of a pattern with properties", "spelled out before the engine sees it", "/\\p{ASCII}/u.source", `"[\\u{0}-\\u{7f}]"`, `"\\p{ASCII}"`},
		{"messages that the plugin reads", "the engine's words; a hook's failure is reworded", "(() => { try { null.x } catch (e) { return e.message } })()", `"Cannot read property 'x' of undefined"`, `"Cannot read properties of null (reading 'x')"`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			require.NotEqual(t, row.node, row.here)
			assert.JSONEq(t, `{"r":`+row.here+`}`, plug(t, body("event.r = %s; return event", row.code)).must(`{}`), row.reason)
		})
	}
	t.Run("default in a pattern with default", func(t *testing.T) {
		_, err := jsbridge.Load(context.Background(), files("index.js", "export const processEvent = ({ items: [first = {}] = [] }) => first"), &manifest.Manifest{Name: "test"})
		require.EqualError(t, err, "test: index.js:1:40: Invalid destructuring binding target", "the engine's parser refuses it; found at load time")
	})
}
