package manifest_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
)

// syntaxCodes are what Parse says of a text that is not JSON.
var syntaxCodes = []string{manifest.CodeSyntax, manifest.CodeComment, manifest.CodeTrailingComma, manifest.CodeMissingComma}

// FuzzParse holds Parse against encoding/json for what is JSON, against the schema for what is
// a manifest, and against itself for what it writes.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		full, ``, `{}`, `[]`, `{"name":"a"`, "\uFEFF{}", "\xff\xfe", `{"main":"../x"}`, `{"main":null,"a":[1,]}`,
		`{"config":{"b":{"order":2},"a":{"key":"c"}}}`, `{"config":[{"key":"a"},{"key":"a"}]}`,
		`{"name":"\ud800","x":"\u0000","y":-0.0e+7}`, "{//\n}", "{\"a\":/*\n*/1 \"b\":2}", `{"a":1,"a":{"b":1,"b":2}}`,
		`{"config":[{"key":"k","type":"choice","choices":["a",1],"default":1,"required_if":[["k"]]}]}`,
		strings.Repeat("[", 300), `{"a":01}`, "{\"a\":\"\t\"}", `{"publicJobs":{"j":{"payload":{"f":{"type":"x"}}}}}`, "\xff",
		`{"stateless":true,"config":{"k":{}}}`, `{"name":"a","config":{"":{"key":"b"}}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, problems := manifest.Parse(strings.NewReader(text), "p.json")
		require.NotNil(t, m)
		checkPositions(t, strings.TrimPrefix(text, "\uFEFF"), problems)
		checkJSON(t, strings.TrimPrefix(text, "\uFEFF"), problems)
		_, _ = m.Resolve(manifest.Given{})
		if problems.Err() == nil {
			checkReencoding(t, m)
		}
	})
}

func checkPositions(t *testing.T, text string, problems manifest.Problems) {
	lines := strings.Split(text, "\n")
	for i, e := range problems {
		require.NotEmpty(t, e.Code)
		require.NotEmpty(t, e.Message)
		require.True(t, strings.HasPrefix(e.Error(), "p.json:"))
		require.NotContains(t, e.Error(), "\n")
		if e.Line == 0 {
			require.Contains(t, []string{manifest.CodeTooLarge, manifest.CodeNotUTF8}, e.Code)
			continue
		}
		require.LessOrEqual(t, e.Line, len(lines))
		require.Positive(t, e.Column)
		require.LessOrEqual(t, e.Column, len(lines[e.Line-1])+1)
		if i > 0 {
			before := problems[i-1]
			require.True(t, before.Line < e.Line || before.Line == e.Line && before.Column <= e.Column, "sorted")
		}
	}
}

// checkJSON compares with encoding/json, which allows deeper nesting and fewer encodings.
func checkJSON(t *testing.T, text string, problems manifest.Problems) {
	has := func(codes ...string) bool {
		return slices.ContainsFunc(problems, func(e *manifest.Error) bool { return slices.Contains(codes, e.Code) })
	}
	if has(manifest.CodeTooLarge, manifest.CodeTooDeep, manifest.CodeTooMany) || !utf8.ValidString(text) {
		return
	}
	valid := json.Valid([]byte(text))
	require.Equal(t, valid, !has(syntaxCodes...), "%q", text)
	if !valid {
		require.Error(t, problems.Err())
		return
	}
	if err := validate(text); err == nil && !has(manifest.CodeMainOutside) {
		require.NoError(t, problems.Err(), "the schema accepts it")
	} else if problems.Err() != nil && !has(manifest.CodeMainOutside) {
		require.Error(t, err, "Parse rejects it")
	}
}

func checkReencoding(t *testing.T, m *manifest.Manifest) {
	text, err := m.MarshalJSON()
	require.NoError(t, err)
	if len(text) > manifest.MaxBytes {
		return // an unpaired surrogate's escape takes more room than its bytes did
	}
	require.True(t, json.Valid(text), "%s", text)
	again, problems := manifest.Parse(bytes.NewReader(text), m.File)
	require.NoError(t, problems.Err(), "%s", text)
	require.Equal(t, withoutPositions(m), withoutPositions(again), "%s", text)
}
