package sdk_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/sdk"
)

func settings(t *testing.T, config string) *sdk.Settings {
	t.Helper()
	meta, err := sdk.NewMeta(sdk.MetaConfig{Config: []byte(config)})
	require.NoError(t, err)
	return meta.Settings()
}

func TestSettings(t *testing.T) {
	text := func(s *sdk.Settings) any { return s.Text("k", "def") }
	choice := func(s *sdk.Settings) any { return s.Choice("k", "a", "b", "c") }
	truth := func(s *sdk.Settings) any { return s.Bool("k", true) }
	number := func(s *sdk.Settings) any { return s.Number("k", 7, 0, 100) }
	list := func(s *sdk.Settings) any { return s.List("k") }
	listOf := func(s *sdk.Settings) any { return s.ListOf("k", "a", "b") }
	re := func(s *sdk.Settings) any { return fmt.Sprint(s.Regexp("k")) }
	object := func(s *sdk.Settings) any { return s.Object("k").String() }
	none := []string(nil)
	for _, c := range []struct {
		name, reason, config string
		read                 func(*sdk.Settings) any
		want                 any
		err                  string
	}{
		{"text", "as it is", `{"k":" x "}`, text, " x ", ""},
		{"text missing", "the default", `{}`, text, "def", ""},
		{"text null", "as missing", `{"k":null}`, text, "def", ""},
		{"text empty", "the user emptied it", `{"k":""}`, text, "", ""},
		{"text number", "chain files have numbers", `{"k":1.50}`, text, "1.50", ""},
		{"text bool", "", `{"k":true}`, text, "true", ""},
		{"text object", "no text", `{"k":{}}`, text, "def", "k: got object, want a text"},
		{"choice", "", `{"k":"c"}`, choice, "c", ""},
		{"choice missing", "the first", `{}`, choice, "a", ""},
		{"choice empty", "nothing was chosen", `{"k":""}`, choice, "a", ""},
		{"choice wrong", "all are listed", `{"k":"d"}`, choice, "a", `k: got "d", want a, b or c`},
		{"bool text", "command lines have texts", `{"k":"No"}`, truth, false, ""},
		{"bool", "", `{"k":false}`, truth, false, ""},
		{"bool number", "", `{"k":0}`, truth, false, ""},
		{"bool missing", "", `{}`, truth, true, ""},
		{"bool empty", "", `{"k":""}`, truth, true, ""},
		{"bool wrong", "", `{"k":"maybe"}`, truth, true, `k: got "maybe", want yes or no`},
		{"number", "", `{"k":2.5}`, number, 2.5, ""},
		{"number text", "", `{"k":"2.5"}`, number, 2.5, ""},
		{"number empty", "", `{"k":""}`, number, 7.0, ""},
		{"number out of range", "", `{"k":101}`, number, 7.0, `k: got "101", want a number from 0 to 100`},
		{"number NaN", "it compares with nothing", `{"k":"NaN"}`, number, 7.0, `k: got "NaN", want a number from 0 to 100`},
		{"number wrong", "", `{"k":"many"}`, number, 7.0, `k: got "many", want a number from 0 to 100`},
		{"list", "commas", `{"k":" a, b c ,,"}`, list, []string{"a", "b c"}, ""},
		{"list array", "texts with commas stay whole", `{"k":["a,b"," c ",""]}`, list, []string{"a,b", "c"}, ""},
		{"list missing", "", `{}`, list, none, ""},
		{"list of numbers", "", `{"k":[1]}`, list, none, "k: element 0: got number, want a text"},
		{"list object", "", `{"k":{}}`, list, none, "k: got object, want a text"},
		{"list of choices", "", `{"k":"b,a"}`, listOf, []string{"b", "a"}, ""},
		{"list of choices wrong", "the others stay", `{"k":"b,x"}`, listOf, []string{"b"}, `k: got "x", want a or b`},
		{"regexp", "", `{"k":"^a+$"}`, re, "^a+$", ""},
		{"regexp empty", "", `{"k":""}`, re, "<nil>", ""},
		{"regexp wrong", "what the compiler says", `{"k":"("}`, re, "<nil>", "k: error parsing regexp: missing closing ): `(`"},
		{"object", "", `{"k":{"a":1.0}}`, object, `{"a":1.0}`, ""},
		{"object text", "", `{"k":"{\"a\":1}"}`, object, `{"a":1}`, ""},
		{"object empty", "", `{"k":" "}`, object, `{}`, ""},
		{"object wrong", "", `{"k":"[1]"}`, object, `{}`, "k: got no JSON object: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := settings(t, c.config)
			assert.Equal(t, c.want, c.read(s), c.reason)
			if c.err == "" {
				assert.NoError(t, s.Err())
			} else {
				assert.ErrorContains(t, s.Err(), c.err)
			}
		})
	}
}

func TestSettingsErrors(t *testing.T) {
	s := settings(t, `{"a":{},"b":"x"}`)
	s.Text("a", "")
	s.Bool("b", false)
	s.Fail("c", "got %d, want more: %w", 1, sdk.ErrNotInteger)
	assert.EqualError(t, s.Err(), `a: got object, want a text; b: got "x", want yes or no; c: got 1, want more: value is not an integer or out of range`)
	assert.ErrorIs(t, s.Err(), sdk.ErrNotInteger)
	assert.EqualError(t, func() error { s := settings(t, "{}"); s.Choice("k", "only"); s.Fail("k", "no"); return s.Err() }(), "k: no")
}

func ExamplePluginMeta_Settings() {
	meta, err := sdk.NewMeta(sdk.MetaConfig{Config: []byte(`{"mode":"kepe","properties":"email, phone"}`)})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := meta.Settings()
	mode := s.Choice("mode", "drop", "keep")
	names := s.List("properties")
	fmt.Println(mode, names)
	fmt.Println(s.Err())
	// Output:
	// drop [email phone]
	// mode: got "kepe", want drop or keep
}
