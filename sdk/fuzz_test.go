package sdk_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/sdk"
)

// seeds are texts at the edges of the grammar.
var seeds = []string{
	`{}`, ` { "a" : 1 } `, ` {"properties":{"a":1,"\u0062":[]},"properties":{"c":2}}`, `{"properties":[1]}`, `{"properties":{}}`, `{"properties":{"properties":{"x":1}}}`, `{"a":1,"a":2}`, `{"a":[1,2,{"b":[]}]}`, `{"\u0061":"\ud83d\ude00\ud800"}`,
	`{"n":[-0,0.5,1e5,1E+2,1e-7,12345678901234567890]}`, `{"s":"é漢😀 \"\\\/\b\f\n\r\t"}`, `{"t":true,"f":false,"z":null}`,
	`{"a":1,}`, `{"a":01}`, `{"a":1.}`, `{"a":+1}`, `{"a":.5}`, `{"a":1e}`, `{"a":-}`, `{"a":tru}`, `{"a":nul`, `{'a':1}`,
	`{"a":"\x"}`, `{"a":"\u12g4"}`, "{\"a\":\"\x01\"}", "{\"a\":\"\xff\"}", "{\"a\":\"\xed\xa0\x80\"}", `{"a":1}}`, `{"a":1} {}`, `[1]`, `1`, ``, `{`, `{"a"`, `{"a":`,
	"\ufeff{}", "{\"a\":1\x00}", `{"k":"` + strings.Repeat("x", 100) + `"}`, strings.Repeat("[", 50) + strings.Repeat("]", 50),
}

// FuzzObject checks the promises of Object against encoding/json: the same texts are accepted,
// what is not touched is unchanged, and edits do what they would do to a map.
func FuzzObject(f *testing.F) {
	for i, s := range seeds {
		f.Add([]byte(s), uint64(i))
	}
	f.Fuzz(func(t *testing.T, text []byte, seed uint64) {
		valid := json.Valid(text) && utf8.Valid(text)
		require.Equal(t, valid, sdk.Validate(text) == nil, "accepted as encoding/json does")
		e, err := sdk.NewEvent(text)
		trimmed := strings.Trim(string(text), " \t\r\n")
		require.Equal(t, valid && trimmed[0] == '{', err == nil, "objects are accepted")
		if err != nil {
			var syntax *sdk.SyntaxError
			require.ErrorAs(t, err, &syntax)
			require.LessOrEqual(t, syntax.Offset, len(text))
			return
		}
		walk(e.Get())
		require.Equal(t, trimmed, e.String(), "untouched is unchanged")
		inReplay, err := sdk.NewArena().Event(text)
		require.NoError(t, err)
		require.Equal(t, e.Get().Any(), inReplay.Get().Any(), "with the properties indexed ahead")
		require.Equal(t, trimmed, inReplay.String())
		var model map[string]any
		if json.Unmarshal(text, &model) != nil {
			return // a number beyond float64: no model of it
		}
		require.Equal(t, model, e.Get().Any())
		edit(rand.New(rand.NewPCG(seed, 1)), &e.Object, model)
		require.NoError(t, e.TakeErr())
		require.Equal(t, model, decode(t, []byte(e.String())), "after edits")
		require.Equal(t, model, e.Get().Any())
	})
}

func decode(t testing.TB, text []byte) map[string]any {
	var m map[string]any
	require.NoError(t, json.Unmarshal(text, &m))
	return m
}

// edit makes the same random changes to o and to m.
func edit(r *rand.Rand, o *sdk.Object, m map[string]any) {
	for range 1 + r.IntN(8) {
		keys := append(o.Keys(), "new", "properties", `quo"te`)
		key := keys[r.IntN(len(keys))]
		switch r.IntN(8) {
		case 5:
			to := keys[r.IntN(len(keys))]
			v, had := m[key]
			if o.Rename(key, to) != had {
				panic("Rename said the wrong thing of " + key)
			}
			if had {
				delete(m, key)
				m[to] = v
			}
		case 6:
			n := len(m)
			gone := o.DeleteFunc(func(k string, v sdk.Value) bool { return len(k)%2 == 1 && v.Kind() != sdk.KindObject })
			maps.DeleteFunc(m, func(k string, v any) bool {
				_, isObject := v.(map[string]any)
				return len(k)%2 == 1 && !isObject
			})
			if gone != n-len(m) {
				panic("DeleteFunc said the wrong number")
			}
		case 7:
			o.SetAll(map[string]any{key: "a", "new": 2})
			m[key], m["new"] = "a", 2.0
		case 0:
			_, had := m[key]
			if o.Delete(key) != had {
				panic("Delete said the wrong thing of " + key)
			}
			delete(m, key)
		case 1:
			o.Set(key, "väl\nue")
			m[key] = "väl\nue"
		case 2:
			o.Set(key, map[string]any{"x": 1.5, "y": []any{nil, true}})
			m[key] = map[string]any{"x": 1.5, "y": []any{nil, true}}
		case 3:
			if inner, ok := m[key].(map[string]any); ok {
				v, _ := o.Get(key).Object()
				edit(r, v, inner)
			}
		case 4:
			if list, ok := m[key].([]any); ok {
				a, _ := o.Get(key).Array()
				a.Append(1)
				m[key] = append(list, 1.0)
			}
		}
		if got, want := o.Get(key).Any(), m[key]; !reflect.DeepEqual(got, want) {
			panic("Get does not see the edit of " + key)
		}
	}
}

func TestDepthLimit(t *testing.T) {
	deep := func(n int) []byte { return []byte(strings.Repeat("[", n) + strings.Repeat("]", n)) }
	require.NoError(t, sdk.Validate(deep(sdk.MaxDepth)))
	require.True(t, json.Valid(deep(sdk.MaxDepth)))
	require.EqualError(t, sdk.Validate(deep(sdk.MaxDepth+1)), "offset 10000: nested more than 10000 deep")
	require.False(t, json.Valid(deep(sdk.MaxDepth+1)))
	nested := []byte(strings.Repeat(`{"a":`, sdk.MaxDepth) + "1" + strings.Repeat("}", sdk.MaxDepth))
	_, err := sdk.NewEvent(nested)
	require.NoError(t, err)
	_, err = sdk.NewEvent([]byte(`{"b":` + string(nested) + `}`))
	require.Error(t, err)
}

func TestSyntaxErrorsSayWhere(t *testing.T) {
	rows := []struct{ text, want string }{
		{`{"a":1,}`, `offset 7: got '}', want a member name`},
		{`{"a" 1}`, `offset 5: got '1', want ':'`},
		{`{"a":01}`, `offset 6: got '1', want ',' or '}'`},
		{`{"a":truE}`, `offset 8: got 'E', want the rest of true`},
		{`{"a":"x`, `offset 7: got end of text, want the end of the string`},
		{"{\"a\":\"x\n\"}", `offset 7: got control character '\n' in a string, want it escaped`},
		{"{\"a\":\"\xff\"}", `offset 6: invalid UTF-8`},
		{`{"a":"\q"}`, `offset 7: got 'q', want an escape`},
		{`{"a":1} x`, `offset 8: got 'x', want end of text`},
		{`{"a":1}{"b":2}`, `offset 7: got '{', want end of text`},
		{`[1]`, `offset 0: got '[', want an object`},
		{``, `offset 0: got end of text, want an object`},
		{`{"a":é}`, `offset 5: got 'é', want a value`},
	}
	for _, row := range rows {
		_, err := sdk.NewEvent([]byte(row.text))
		assert.EqualError(t, err, row.want, row.text)
	}
}

// TestRestoreIsExact checks that whatever a plugin did, Restore returns to the text before it, and
// that the states of earlier epochs stay readable.
func TestRestoreIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		arena := sdk.NewArena()
		e, err := arena.Event([]byte(rapid.SampledFrom([]string{pageview, `{}`, `{"a":{"b":{"c":1}},"l":[1,[2]],"a":{"b":2}}`}).Draw(t, "record")))
		if err != nil {
			t.Fatal(err)
		}
		states := map[uint32]string{}
		for range rapid.IntRange(1, 5).Draw(t, "plugins") {
			before := e.String()
			r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
			edit(r, &e.Object, e.Get().Any().(map[string]any))
			if rapid.Bool().Draw(t, "restore") {
				e.Restore()
				if got := e.String(); got != before {
					t.Fatalf("Restore gave %s, want %s", got, before)
				}
			}
			states[e.Epoch()] = e.String()
			e.Checkpoint()
		}
		for epoch, want := range states {
			if got := string(e.AppendStateJSON(nil, epoch)); got != want {
				t.Fatalf("epoch %d is now %s, want %s", epoch, got, want)
			}
		}
	})
}
