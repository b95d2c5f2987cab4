package manifest_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
)

func TestConfigBuilder(t *testing.T) {
	var b manifest.ConfigBuilder
	assert.Nil(t, b.JSON(), "nothing was set")

	b.Set("text", "a<b>\n")
	require.NoError(t, b.SetJSON("big", " 12345678901234567890123 "))
	require.NoError(t, b.SetValue("float", 1.5))
	b.Set("", "empty key")
	first := b.JSON()
	assert.Equal(t, `{"text":"a<b>\n","big":12345678901234567890123,"float":1.5,"":"empty key"}`, string(first))

	b.Set("big", "1")
	assert.Equal(t, `{"text":"a<b>\n","big":"1","float":1.5,"":"empty key"}`, string(b.JSON()), "a key set again stays in its place")
	assert.Contains(t, string(first), "12345678901234567890123", "what was returned does not change")
}

func TestConfigBuilderSetJSON(t *testing.T) {
	tests := []struct{ Name, Reason, In, Want, Err string }{
		{"object", "order and spelling stay", `{"b": 1.0, "a": [ "\u00e9" ]}`, `{"b":1.0,"a":["\u00e9"]}`, ""},
		{"null", "it is a value", `null`, `null`, ""},
		{"empty", "nothing is not null", ``, "", `config.k: not JSON at byte 1: got an empty text, want JSON`},
		{"plain text", "the value is not shown", `hunter2`, "", `config.k: not JSON at byte 1: got 'h', want a value; text needs double quotes`},
		{"two values", "only one can be the value", `1 hunter2`, "", `config.k: not JSON at byte 3: got 'h' after the end, want nothing more`},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			var b manifest.ConfigBuilder
			b.Set("k", "before")
			err := b.SetJSON("k", tt.In)
			if tt.Err != "" {
				assert.EqualError(t, err, tt.Err, tt.Reason)
				assert.Equal(t, `{"k":"before"}`, string(b.JSON()))
				return
			}
			require.NoError(t, err)
			assert.Equal(t, `{"k":`+tt.Want+`}`, string(b.JSON()), tt.Reason)
		})
	}
}

func TestConfigBuilderSetValue(t *testing.T) {
	cycle := []any{nil}
	cycle[0] = cycle
	tests := []struct {
		Name, Reason string
		In           any
		Want, Err    string
	}{
		{"nil", "null", nil, `null`, ""},
		{"text", "no escapes for HTML", "a<b", `"a<b"`, ""},
		{"integer", "64 bits are exact", uint64(math.MaxUint64), `18446744073709551615`, ""},
		{"number", "a json.Number keeps its text", json.Number("1.00"), `1.00`, ""},
		{"raw", "as is", json.RawMessage(`{"b":1.0}`), `{"b":1.0}`, ""},
		{"map", "sorted, since it has no order", map[string]any{"b": []any{1, true}, "a": nil}, `{"a":null,"b":[1,true]}`, ""},
		{"ordered map", "in order, with keys of any kind", yaml.MapSlice{{Key: "b", Value: 1}, {Key: 7, Value: yaml.MapSlice{{Key: true, Value: "x"}, {Key: nil, Value: "y"}}}},
			`{"b":1,"7":{"true":"x","null":"y"}}`, ""},
		{"other types", "what encoding/json encodes", []string{"a"}, `["a"]`, ""},
		{"float", "the shortest spelling that is exact", float32(0.5), `0.5`, ""},
		{"infinity", "JSON has none", math.Inf(1), "", `config.k: got an infinity or NaN, want a number that JSON knows`},
		{"NaN inside", "the inner key is named", map[string]any{"x": []any{math.NaN()}}, "", `config.k: "x": got an infinity or NaN, want a number that JSON knows`},
		{"infinity in an ordered map", "the inner key is named there too", yaml.MapSlice{{Key: "x", Value: float32(math.Inf(-1))}}, "", `config.k: "x": got an infinity or NaN, want a number that JSON knows`},
		{"channel", "it has no JSON form", make(chan int), "", `config.k: got chan int, want a value with a JSON form`},
		{"cycle", "it has no end", cycle, "", `config.k: got more than 200 levels of nesting`},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			var b manifest.ConfigBuilder
			err := b.SetValue("k", tt.In)
			if tt.Err != "" {
				assert.EqualError(t, err, tt.Err, tt.Reason)
				assert.Nil(t, b.JSON())
				return
			}
			require.NoError(t, err)
			assert.Equal(t, `{"k":`+tt.Want+`}`, string(b.JSON()), tt.Reason)
		})
	}
}

// node parses YAML text without decoding it.
func node(t *testing.T, text string) ast.Node {
	t.Helper()
	file, err := parser.ParseBytes([]byte(text), 0)
	require.NoError(t, err)
	return file.Docs[0].Body
}

func TestConfigBuilderYAMLNode(t *testing.T) {
	tests := []struct{ Name, Reason, In, Want, Err string }{
		{"order", "as in the text", "b: 1\na: 2\n", `{"b":1,"a":2}`, ""},
		{"numbers", "spelled alike where JSON allows it", "[1.0, 12345678901234567890, 123456789012345678901234567890, -0, 1e3, 0x1F, 1_000, 017, .5, +1.5]",
			`[1.0,12345678901234567890,123456789012345678901234567890,-0,1e3,31,1000,15,0.5,1.5]`, ""},
		{"text", "quotes make text", "['1', \"2\", Yes, no, 2001-01-01, 1:30, '']", `["1","2","Yes","no","2001-01-01","1:30",""]`, ""},
		{"words", "YAML 1.2 has these and no yes or no", "[true, false, null, ~]", `[true,false,null,null]`, ""},
		{"block text", "its line ends stay", "a: |\n  x\n  y\nb: >-\n  x\n  y\n", `{"a":"x\ny\n","b":"x y"}`, ""},
		{"nothing", "an absent value is null", "a:\n", `{"a":null}`, ""},
		{"keys", "JSON has text only", "1: a\ntrue: b\n1.5: c\n'x': d\n", `{"1":"a","true":"b","1.5":"c","x":"d"}`, ""},
		{"anchors", "they work inside the value", "a: &x {k: 1}\nb: *x\n", `{"a":{"k":1},"b":{"k":1}}`, ""},
		{"tags", "those of the core schema", "a: [!!str 5, !!str 'x', !!int 5]\nb: !!str |\n  x\n", `{"a":["5","x",5],"b":"x\n"}`, ""},
		{"foreign alias", "its anchor is elsewhere", "a: [*x]\n", "", `config.k: "a": got a YAML alias to outside this value, want it written out`},
		{"merge key", "its map may be elsewhere", "a: {<<: {b: 1}}\n", "", `config.k: "a": got a YAML MergeKey for a key, want text`},
		{"foreign tag", "nobody says what it means", "!secret x", "", `config.k: got the YAML tag "!secret", want a plain value`},
		{"infinity", "JSON has none", "[.inf]", "", `config.k: got an infinity or NaN, want a number that JSON knows`},
		{"NaN", "JSON has none", ".nan", "", `config.k: got an infinity or NaN, want a number that JSON knows`},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			var b manifest.ConfigBuilder
			err := b.SetValue("k", node(t, tt.In))
			if tt.Err != "" {
				assert.EqualError(t, err, tt.Err, tt.Reason)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, `{"k":`+tt.Want+`}`, string(b.JSON()), tt.Reason)
		})
	}
	var b manifest.ConfigBuilder
	single := node(t, "a: 1").(*ast.MappingNode).Values[0]
	require.NoError(t, b.SetValue("single", single))
	assert.Equal(t, `{"single":{"a":1}}`, string(b.JSON()))
	assert.EqualError(t, b.SetValue("k", &ast.CommentNode{}), "config.k: got a YAML Comment, want a plain value")
}

func TestConfigBuilderAliasBomb(t *testing.T) {
	text := "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
	for i := range 9 {
		name := func(n int) string { return "a" + string(rune('0'+n)) }
		text += name(i+1) + ": &" + name(i+1) + " [" + strings.Repeat("*"+name(i)+",", 9) + "*" + name(i) + "]\n"
	}
	var b manifest.ConfigBuilder
	assert.ErrorContains(t, b.Merge(node(t, text)), "got more than 1048576 values")
}

func TestConfigBuilderMerge(t *testing.T) {
	var b manifest.ConfigBuilder
	b.Set("z", "1")
	b.Set("b", "old")
	require.NoError(t, b.Merge(nil))
	require.NoError(t, b.Merge(node(t, "~")))
	require.NoError(t, b.Merge(node(t, "a: hi\nb: 1.0\n")))
	require.NoError(t, b.Merge(yaml.MapSlice{{Key: "d", Value: 1}, {Key: "c", Value: 2}}))
	assert.Equal(t, `{"z":"1","b":1.0,"a":"hi","d":1,"c":2}`, string(b.JSON()))

	deep := strings.Repeat("[", manifest.MaxDepth+1) + strings.Repeat("]", manifest.MaxDepth+1)
	assert.EqualError(t, b.Merge(json.RawMessage(deep)), "config: not JSON at byte 201: got more than 200 levels of nesting")
	assert.EqualError(t, b.Merge([]any{1}), "config: got array, want object")
	assert.EqualError(t, b.Merge(yaml.MapSlice{{Key: "x", Value: 1}, {Key: "y", Value: math.NaN()}}), `config: "y": got an infinity or NaN, want a number that JSON knows`)
	assert.NotContains(t, string(b.JSON()), `"x"`, "after an error nothing has changed")
}

// A chain.yaml is decoded with an ast.Node or an ordered map where the config stands.
func TestConfigBuilderDecodedYAML(t *testing.T) {
	const text = "plugins:\n - config: {z: 12345678901234567890, a: {y: 1, x: 'Yes'}}\n"
	var nodes struct {
		Plugins []struct{ Config ast.Node }
	}
	require.NoError(t, yaml.Unmarshal([]byte(text), &nodes))
	var ordered struct{ Plugins []struct{ Config any } }
	require.NoError(t, yaml.UnmarshalWithOptions([]byte(text), &ordered, yaml.UseOrderedMap()))
	for _, config := range []any{nodes.Plugins[0].Config, ordered.Plugins[0].Config} {
		var b manifest.ConfigBuilder
		require.NoError(t, b.Merge(config))
		assert.Equal(t, `{"z":12345678901234567890,"a":{"y":1,"x":"Yes"}}`, string(b.JSON()))
	}
}
