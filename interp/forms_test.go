package interp_test

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/interp/testdata/failing"
	"github.com/plugreel/plugreel/sdk"
)

// forms are a plugin of testdata, interpreted and compiled in.
func forms(t testing.TB, dir string, hooks func() sdk.Hooks) map[string]sdk.Program {
	return map[string]sdk.Program{
		"interpreted": load(t, os.DirFS("testdata/"+dir)),
		"compiled":    sdk.Native(sdk.Info{Name: dir}, hooks),
	}
}

// TestErrorsKeepTheirIdentity has errors that are the same for the host and for the plugin itself,
// interpreted and compiled in.
func TestErrorsKeepTheirIdentity(t *testing.T) {
	rows := []struct {
		event, text string
		is          []error
		retry       bool
		found       string
	}{
		{"sentinel", "own", nil, false, `["is own"]`},
		{"retry", "RetryError: own", nil, true, `["retry own","is own"]`},
		{"retry nothing", "RetryError", nil, true, `["retry \u003cnil\u003e"]`},
		{"wrapped retry", "sending: RetryError: again: value is not an integer or out of range", []error{sdk.ErrNotInteger}, true,
			`["retry again: value is not an integer or out of range","is value is not an integer or out of range"]`},
		{"own type", "limit of 5: operation against a key holding the wrong kind of value", []error{sdk.ErrWrongType}, false,
			`["quota 5","is operation against a key holding the wrong kind of value"]`},
		{"wrapped own type", "storing: limit of 7: context deadline exceeded", []error{context.DeadlineExceeded}, false,
			`["quota 7","is context deadline exceeded"]`},
		{"joined", "own\nlimit of 9: no answer within the time limit", []error{sdk.ErrTimeout, context.DeadlineExceeded}, false,
			`["quota 9","is own","is context deadline exceeded"]`},
		{"syntax", "config: ", nil, false, `[]`},
		{"none", "", nil, false, `[]`},
	}
	for name, program := range forms(t, "failing", failing.Hooks) {
		t.Run(name, func(t *testing.T) {
			p := start(t, program, "{}")
			for _, row := range rows {
				_, err := p.process(`{"event":"` + row.event + `"}`)
				if row.text == "" {
					require.NoError(t, err)
				} else {
					require.ErrorContains(t, err, row.text)
				}
				for _, target := range row.is {
					require.ErrorIs(t, err, target, row.event)
				}
				var retry *sdk.RetryError
				assert.Equal(t, row.retry, errors.As(err, &retry), row.event)
				var syntax *sdk.SyntaxError
				assert.Equal(t, row.event == "syntax", errors.As(err, &syntax))
				e, err := sdk.ParseObject([]byte(p.must(`{"event":"` + row.event + `","examine":true}`)))
				require.NoError(t, err)
				assert.JSONEq(t, row.found, e.Get("found").String(), row.event)
			}
		})
	}
}

// TestEdits edits events in bulk, interpreted as in compiled code.
func TestEdits(t *testing.T) {
	for _, c := range []struct{ name, statements, in, want string }{
		{"rename", "e.Properties().Rename(\"$os\", \"os\")\n\treturn e, nil", `{"properties":{"a":1,"$os":"x","b":2}}`, `{"properties":{"a":1,"os":"x","b":2}}`},
		{"delete by a condition", "n := 0\n\tn += e.Properties().DeleteFunc(func(key string, v sdk.Value) bool { return key[0] == '$' || v.IsNull() })\n\te.Set(\"n\", n)\n\treturn e, nil",
			`{"properties":{"a":1,"$os":"x","b":null}}`, `{"properties":{"a":1},"n":2}`},
		{"set all", "e.SetAll(map[string]any{\"b\": []int{1}, \"a\": nil})\n\treturn e, nil", `{}`, `{"a":null,"b":[1]}`},
		{"merge", "e.Merge(e.Properties())\n\te.Delete(\"properties\")\n\treturn e, nil", `{"properties":{"x":1.0,"y":{"z":1e5}}}`, `{"x":1.0,"y":{"z":1e5}}`},
		{"value", "type counter struct{ N int `json:\"n\"` }\n\tv, err := sdk.ValueOf(&counter{e.Len()})\n\te.SetValue(\"v\", v)\n\treturn e, err", `{"a":1}`, `{"a":1,"v":{"n":1}}`},
		{"paths", "e.SetPath([]string{\"a\", \"b\"}, e.Get(\"l\").Get(\"x\").Exists())\n\te.Set(\"t\", e.Get(\"at\").TimeOr(meta.Now()).Year())\n\treturn e, nil",
			`{"at":"1999-01-02T00:00:00Z"}`, `{"at":"1999-01-02T00:00:00Z","a":{"b":false},"t":1999}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, plug(t, body(c.statements)).must(c.in))
		})
	}
}
