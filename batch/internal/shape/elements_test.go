package shape

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

func TestElements(t *testing.T) {
	rows := []struct{ name, reason, chain, want string }{
		{"one", "tag, classes and known keys", `a.btn.big:attr_id="x"href="/p?a=1;b"nth-child="2"nth-of-type="1"text="Buy"`,
			`[{"tag_name":"a","attr_class":["btn","big"],"attr_id":"x","href":"/p?a=1;b","nth_child":2,"nth_of_type":1,"text":"Buy","$el_text":"Buy","attributes":{},"order":0}]`},
		{"several", "in the order of the chain", `button:text="Go";div.box;body:attr__lang="en"`,
			`[{"tag_name":"button","text":"Go","$el_text":"Go","attributes":{},"order":0},{"tag_name":"div","attr_class":["box"],"attributes":{},"order":1},{"tag_name":"body","attributes":{"attr__lang":"en"},"order":2}]`},
		{"escaped quotes", "a backslash before a quote", `span:text="say \"hi\"; bye"`, `[{"tag_name":"span","text":"say \"hi\"; bye","$el_text":"say \"hi\"; bye","attributes":{},"order":0}]`},
		{"no number", "stays an attribute", `p:nth-child="x"`, `[{"tag_name":"p","attributes":{"nth-child":"x"},"order":0}]`},
		{"damaged", "what does not read is left out", `p:text="open;;div:nonsense`, `[{"tag_name":"p","attributes":{},"order":0}]`},
		{"colon in a value", "only the first colon separates", `a:href="https://example.org"`, `[{"tag_name":"a","href":"https://example.org","attributes":{},"order":0}]`},
		{"empty", "is none", ` ; `, ``},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := elements(row.chain)
			if row.want == "" {
				assert.False(t, got.Exists(), row.reason)
				return
			}
			require.NoError(t, sdk.Validate(got.Raw()))
			assert.Equal(t, row.want, got.String(), row.reason)
		})
	}
}

func FuzzElements(f *testing.F) {
	f.Add(`a.b:c="d";e`)
	f.Add(`"\";:=."`)
	f.Fuzz(func(t *testing.T, chain string) {
		if v := elements(chain); v.Exists() {
			require.NoError(t, sdk.Validate(v.Raw()))
		}
	})
}
