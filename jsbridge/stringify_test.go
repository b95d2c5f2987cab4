package jsbridge_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestStringifyOfEvents: JSON.stringify of an event copies text, and must give what it gives for
// what JSON.parse makes of the same text.
func TestStringifyOfEvents(t *testing.T) {
	p := plug(outer{t}, body(`
		const want = JSON.stringify(JSON.parse(event.text))
		const nested = JSON.stringify({a: [event.properties]})
		return {got: [JSON.stringify(event.properties), nested], want: [want, '{"a":[' + want + ']}']}`))
	rapid.Check(t, func(t *rapid.T) {
		text := spelling(3).Filter(func(text string) bool { return text[0] == '{' }).Draw(t, "properties")
		got, err := p.process(`{"properties":` + text + `,"text":` + toJSON(text) + `}`)
		require.NoError(t, err)
		v := jsonValue(got).(map[string]any)
		require.Equal(t, v["want"], v["got"])
	})
}

// spelling draws the text of a value in all its spellings.
func spelling(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		kind := rapid.IntRange(0, 9).Draw(t, "kind")
		space := rapid.SampledFrom([]string{"", "", " ", "\n\t"})
		if depth == 0 && kind > 6 {
			kind = 0
		}
		switch kind {
		case 0, 1, 2:
			return rapid.SampledFrom([]string{
				"0", "-0", "1.0", "1.50", "1e3", "1E-7", "-12.75e+2", "12345678901234567890", "1e400", "0.1", "123456789012345", "5e-324", "1e21", "100000000000000000000",
			}).Draw(t, "number")
		case 3, 4:
			return spelledString.Draw(t, "string")
		case 5, 6:
			return rapid.SampledFrom([]string{"true", "false", "null"}).Draw(t, "word")
		case 7:
			items := rapid.SliceOfN(spelling(depth-1), 0, 3).Draw(t, "items")
			return "[" + space.Draw(t, "space") + strings.Join(items, ",") + "]"
		}
		var members []string
		for range rapid.IntRange(0, 5).Draw(t, "members") {
			name := rapid.SampledFrom([]string{`"a"`, `"b"`, `"a"`, `"10"`, `"2"`, `"\u0061"`, `"__proto__"`, `"toJSON"`, `"ä\n"`}).Draw(t, "name")
			members = append(members, fmt.Sprintf("%s%s:%s", name, space.Draw(t, "space"), spelling(depth-1).Draw(t, "value")))
		}
		return "{" + strings.Join(members, ",") + "}"
	})
}

var spelledString = rapid.Custom(func(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "é", "😀", `\ud83d\ude00`, `\ud800`, `\/`, `\"`, `\\`, `\u00e9`, `\n`, `\u000a`, "\u2028", `\u0000`, "\u007f"}), 0, 4).Draw(t, "parts")
	return `"` + strings.Join(parts, "") + `"`
})
