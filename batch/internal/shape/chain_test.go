package shape

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/sdk"
)

func TestChainOfElements(t *testing.T) {
	for _, c := range []struct{ name, reason, list, want string }{
		{"all there is", "keys are sorted, classes are not",
			`[{"tag_name":"a","attr_class":["b","a"],"text":"x","href":"/","attr_id":"i","nth_child":2,"nth_of_type":1,"attributes":{"attr__z":"1","data":"2"},"order":0}]`,
			`a.b.a:attr__z="1"attr_id="i"data="2"href="/"nth-child="2"nth-of-type="1"text="x"`},
		{"several", "in their order", `[{"tag_name":"a"},{"tag_name":"b"}]`, `a;b`},
		{"nothing", "no elements, no chain", `[]`, ``},
		{"nulls", "are as good as missing", `[{"tag_name":null,"text":null,"attr_class":null,"attributes":null}]`, ``},
	} {
		list, ok := sdk.RawValue([]byte(c.list)).Array()
		require.True(t, ok)
		assert.Equal(t, c.want, elementsChain(list), "%s: %s", c.name, c.reason)
	}
}

// TestChainsComeBack takes chains apart and puts them together again.
func TestChainsComeBack(t *testing.T) {
	name := rapid.StringMatching(`[a-z][a-z0-9_-]{0,5}`)
	value := rapid.StringMatching(`[ -!#-\[\]-~é";]{0,8}`) // no backslash: the format has no way to write one before a quote
	rapid.Check(t, func(t *rapid.T) {
		var list []byte
		for i := range rapid.IntRange(1, 4).Draw(t, "elements") {
			e := sdk.NewObject()
			e.Set("tag_name", name.Draw(t, "tag"))
			e.Set("attr_class", rapid.SliceOfN(name, 1, 3).Draw(t, "classes"))
			e.Set("text", value.Draw(t, "text"))
			e.Set("$el_text", e.Get("text"))
			e.Set("attributes", map[string]any{"attr__" + name.Draw(t, "key"): value.Draw(t, "value")})
			e.Set("order", i)
			list = e.AppendJSON(append(list, ','))
		}
		list[0] = '['
		before, _ := sdk.RawValue(append(list, ']')).Array()
		chain := elementsChain(before)
		assert.JSONEq(t, before.String(), elements(chain).String(), chain)
	})
}
