package diff

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/sdk"
)

// differences lists what differs, a line each.
func differences(a, b *sdk.Object) []string {
	var list []string
	w := walker{texts: "properties", found: listed(&list)}
	w.objects(a, b)
	return list
}

// inStep is differences by lockstep.
func inStep(a, b string) []string {
	var list []string
	new(lockstep).each([]byte(a), []byte(b), "properties", listed(&list))
	return list
}

func listed(list *[]string) func([]step, kind, sdk.Value, sdk.Value) {
	return func(path []step, k kind, before, after sdk.Value) {
		*list = append(*list, strings.TrimRight(fmt.Sprintf("%s %s %v %v", kindNames[k], pathText(path, false), before, after), " "))
	}
}

func parsed(t require.TestingT, text string) *sdk.Object {
	o, err := sdk.ParseObject([]byte(text))
	require.NoError(t, err, text)
	return o
}

func TestWalk(t *testing.T) {
	for _, c := range []struct {
		name, reason string
		a, b         string
		want         []string
	}{
		{"the same", "nothing differs", `{"a":1}`, `{"a":1}`, nil},
		{"order", "members have none", `{"a":1,"b":{"c":1,"d":2}}`, `{"b":{"d":2,"c":1},"a":1}`, nil},
		{"white space", "it says nothing", `{"a":[1,2]}`, `{ "a" : [ 1 , 2 ] }`, nil},
		{"added", "with all that is in it", `{}`, `{"a":{"b":1}}`, []string{`added a  {"b":1}`}},
		{"removed", "likewise", `{"a":{"b":1}}`, `{}`, []string{`removed a {"b":1}`}},
		{"both", "what is gone first, as it stands first", `{"a":1,"c":2}`, `{"b":1,"c":2}`, []string{`removed a 1`, `added b  1`}},
		{"nested", "the innermost member that differs", `{"a":{"b":{"c":1,"d":0}}}`, `{"a":{"b":{"c":2,"d":0}}}`, []string{`changed a.b.c 1 2`}},
		{"null and missing", "null is a value", `{"a":null}`, `{}`, []string{`removed a null`}},
		{"null and something", "another type", `{"a":null}`, `{"a":false}`, []string{`changed a null false`}},
		{"truth", "there are two of them", `{"a":true}`, `{"a":false}`, []string{`changed a true false`}},
		{"type", "the text of a number is no number", `{"a":"1"}`, `{"a":1}`, []string{`changed a "1" 1`}},
		{"object and array", "they have nothing in common", `{"a":{}}`, `{"a":[]}`, []string{`changed a {} []`}},
		{"spelling of numbers", "1.0 is 1", `{"a":[1.0,1e2,-0,0.10]}`, `{"a":[1,100,0,1E-1]}`, nil},
		{"20 digits", "what JavaScript makes of them is another number", `{"a":12345678901234567890}`, `{"a":12345678901234567000}`, []string{`changed a 12345678901234567890 12345678901234567000`}},
		{"exponents beyond all bounds", "nothing is rounded to infinity", `{"a":1e99999999999999999999}`, `{"a":1e99999999999999999998}`, []string{`changed a 1e99999999999999999999 1e99999999999999999998`}},
		{"escapes", "they are spelling", `{"a":"\u0041\/\n\ud83d\ude00"}`, `{"a":"A/\u000a😀"}`, nil},
		{"lone surrogates", "each is one of its own", `{"a":"\ud800"}`, `{"a":"\ud801"}`, []string{`changed a "\ud800" "\ud801"`}},
		{"a lone surrogate and U+FFFD", "it is not what it is decoded to", `{"a":"\ud800"}`, `{"a":"\ufffd"}`, []string{`changed a "\ud800" "\ufffd"`}},
		{"normalization", "é in one character and in two are different texts", `{"a":"\u00e9"}`, `{"a":"e\u0301"}`, []string{`changed a "\u00e9" "e\u0301"`}},
		{"escaped names", "a name is its text", `{"\u0061":1}`, `{"a":1}`, nil},
		{"duplicates", "the last one counts", `{"a":1,"a":2}`, `{"a":2}`, nil},
		{"duplicates on the other side", "likewise", `{"a":1,"b":0,"a":2}`, `{"a":1,"b":0,"a":3}`, []string{`changed a 2 3`}},
		{"a duplicate behind what differs", "it hides it", `{"a":1,"a":3}`, `{"a":2,"a":3}`, nil},
		{"a duplicate behind what is added", "it is not new", `{"b":1,"a":3}`, `{"a":2,"b":1,"a":3}`, nil},
		{"a duplicate in front of what is added", "it was there before", `{"a":2}`, `{"a":2,"a":3}`, []string{`changed a 2 3`}},
		{"an escaped duplicate", "it is the same name", `{"a":1,"\u0061":3}`, `{"a":2,"\u0061":3}`, nil},
		{"an element appended", "those before stay", `{"a":[1,2]}`, `{"a":[1,2,3]}`, []string{`added a[2]  3`}},
		{"an element in front", "those behind stay", `{"a":[1,2]}`, `{"a":[0,1,2]}`, []string{`added a[0]  0`}},
		{"an element taken out", "likewise", `{"a":[1,2,3]}`, `{"a":[1,3]}`, []string{`removed a[1] 2`}},
		{"an element changed", "inside of it", `{"a":[{"b":1},{"b":2}]}`, `{"a":[{"b":1},{"b":3}]}`, []string{`changed a[1].b 2 3`}},
		{"elements in another order", "an array has one", `{"a":[1,2]}`, `{"a":[2,1]}`, []string{`changed a[0] 1 2`, `changed a[1] 2 1`}},
		{"arrays in arrays", "each level has its number", `{"a":[[1],[2]]}`, `{"a":[[1],[3]]}`, []string{`changed a[1][0] 2 3`}},
		{"equal elements that are spelled differently", "they do not differ", `{"a":[{"b":1,"c":1.0}]}`, `{"a":[{"c":1,"b":1}]}`, nil},
		{"properties as text", "the members in it differ, not the text", `{"properties":"{\"a\":1,\"b\":2}"}`, `{"properties":"{\"a\":1,\"b\":3}"}`, []string{`changed properties.b 2 3`}},
		{"properties as equal text", "spelling", `{"properties":"{\"a\":1}"}`, `{"properties":"{ \"a\": 1.0 }"}`, nil},
		{"other texts", "they are texts", `{"a":"{\"a\":1}"}`, `{"a":"{\"a\":2}"}`, []string{`changed a "{\"a\":1}" "{\"a\":2}"`}},
		{"properties that are no object", "likewise", `{"properties":"x"}`, `{"properties":"{}"}`, []string{`changed properties "x" "{}"`}},
		{"names", "a path is clear", `{"a.b":1,"":1,"a b":1,"$ü":1,"[":1}`, `{}`, []string{`removed ["a.b"] 1`, `removed [""] 1`, `removed ["a b"] 1`, `removed $ü 1`, `removed ["["] 1`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, differences(parsed(t, c.a), parsed(t, c.b)), c.reason)
			assert.ElementsMatch(t, c.want, inStep(c.a, c.b), "in step: %s", c.reason)
			assert.Equal(t, c.want == nil, len(differences(parsed(t, c.b), parsed(t, c.a))) == 0, "the other way round: %s", c.reason)
		})
	}
}

// Whatever two objects are, nothing differs exactly if they are the same, and an object never
// differs from itself in another spelling.
func TestWalkAgreesWithSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawObject(t), drawObject(t)
		assert.ElementsMatch(t, differences(parsed(t, a), parsed(t, b)), inStep(a, b), "%s\n%s", a, b)
		equal := same(sdk.RawValue([]byte(a)), sdk.RawValue([]byte(b)))
		assert.Equal(t, equal, len(differences(parsed(t, a), parsed(t, b))) == 0, "%s\n%s", a, b)
		var clone = parsed(t, a).Clone().String()
		assert.Empty(t, differences(parsed(t, a), parsed(t, clone)), "%s\n%s", a, clone)
	})
}

// drawObject makes JSON text of few names, so that two of them have much in common, with
// duplicates and escapes.
func drawObject(t *rapid.T) string {
	text := drawMembers(t, 3)
	return text
}

func drawMembers(t *rapid.T, depth int) string {
	members := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		name := rapid.SampledFrom([]string{`"a"`, `"b"`, `"c"`, `"d"`, `"\u0061"`}).Draw(t, "name")
		space := rapid.SampledFrom([]string{"", "", " "}).Draw(t, "space")
		return name + space + ":" + space + drawValue(t, depth)
	}), 0, 4).Draw(t, "members")
	return "{" + strings.Join(members, ",") + "}"
}

func drawValue(t *rapid.T, depth int) string {
	what := rapid.IntRange(0, 9).Draw(t, "what")
	switch {
	case depth > 0 && what == 0:
		return drawMembers(t, depth-1)
	case depth > 0 && what == 1:
		elements := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string { return drawValue(t, depth-1) }), 0, 3).Draw(t, "elements")
		return "[" + strings.Join(elements, ", ") + "]"
	}
	return rapid.SampledFrom([]string{`1`, `1.0`, `2`, `"x"`, `"\u0078"`, `"y,}"`, `null`, `true`, `""`}).Draw(t, "scalar")
}

// Two valid objects are compared alike in step and member by member, whatever they are.
func FuzzLockstep(f *testing.F) {
	f.Add(`{"a":1,"b":{"c":[1,{}]}}`, `{"b":{"c":[1,{}],"d":2},"a":1.0}`)
	f.Add(`{"a":1,"a":3}`, `{ "a" : 2 , "\u0061" : 3 }`)
	f.Add(`{"properties":"{\"a\":1}","x":"\\"}`, `{"properties":"{\"a\":2}","x":"\""}`)
	f.Add(`{"a":-0,"b":1e9}`, `{"b":1E+9,"a":0}`)
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.TrimSpace(a), strings.TrimSpace(b)
		x, err := sdk.ParseObject([]byte(a))
		if err != nil {
			return
		}
		y, err := sdk.ParseObject([]byte(b))
		if err != nil {
			return
		}
		assert.ElementsMatch(t, differences(x, y), inStep(a, b))
	})
}
