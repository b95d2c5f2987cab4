package manifest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
)

func TestSecrets(t *testing.T) {
	tests := []struct {
		Name, Reason string
		Value        string // of the secret field s, JSON
		Want         []string
	}{
		{"text", "the value itself", `"hunter2"`, []string{"hunter2"}},
		{"three bytes", "the least that is redacted", `"abc"`, []string{"abc"}},
		{"two bytes", "they are in any text", `"ab"`, nil},
		{"empty", "nothing to hide", `""`, nil},
		{"null", "nothing to hide", `null`, nil},
		{"true", "it is in any text", `true`, nil},
		{"number", "as it is spelled", `12345.0`, []string{"12345.0"}},
		{"line end", "shells leave one", `"hunter2\n"`, []string{"hunter2\n", "hunter2"}},
		{
			"json text", "a field of type json holds text; inside it words are too short",
			`"{\"type\":\"service\",\"key\":\"0123456789\",\"list\":[12345678,[\"abcdefgh\"],true]}"`,
			[]string{`{"type":"service","key":"0123456789","list":[12345678,["abcdefgh"],true]}`, "0123456789", "12345678", "abcdefgh"},
		},
		{"object", "YAML makes one", `{"key": "0123456789"}`, []string{`{"key":"0123456789"}`, "0123456789"}},
		{"array", "a list of keys is one secret and several", `["0123456789"]`, []string{`["0123456789"]`, "0123456789"}},
	}
	m := parseClean(t, `{"name":"a","config":[{"key":"s","secret":true},{"key":"t"}]}`)
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			r, err := m.Resolve(manifest.Given{Config: json.RawMessage(`{"s":` + tt.Value + `,"t":"public"}`)})
			require.NoError(t, err)
			assert.Equal(t, tt.Want, r.Secrets, tt.Reason)
		})
	}
}

func TestSecretSources(t *testing.T) {
	m := parseClean(t, `{"name":"a","config":[
		{"key":"apiKey","secret":true,"default":"from default"},
		{"key":"file","secret":true,"type":"attachment"},
		{"key":"plain","type":"attachment"}]}`)
	r, err := m.Resolve(manifest.Given{
		Config:  json.RawMessage(`{"apikey":"misspelt","other":"public"}`),
		Secrets: []string{"environment", "environment", "e"},
		Attachments: map[string]manifest.Attachment{
			"file":  {Contents: []byte(`{"private_key":"-----BEGIN"}`)},
			"plain": {Contents: []byte("public")},
		},
	})
	require.NoError(t, err)
	assert.Equal(t, []string{`{"private_key":"-----BEGIN"}`, "from default", "environment", "-----BEGIN", "misspelt"}, r.Secrets,
		"longest first, without duplicates")

	for _, contents := range [][]byte{bytes.Repeat([]byte("a"), 1<<20), {0xFF, 0xFE, 0xFD, 0xFC}} {
		r, err = m.Resolve(manifest.Given{Config: json.RawMessage(`{"apiKey":""}`), Attachments: map[string]manifest.Attachment{"file": {Contents: contents}}})
		require.NoError(t, err)
		assert.Empty(t, r.Secrets, "large and binary files are data")
	}
}

func TestNothingPrintsSecrets(t *testing.T) {
	m := parseClean(t, `{"name":"a","config":[{"key":"s","secret":true}]}`)
	var b manifest.ConfigBuilder
	b.Set("s", "hunter2")
	given := manifest.Given{Config: b.JSON(), Secrets: []string{"hunter2"}, Attachments: map[string]manifest.Attachment{"f": {Contents: []byte("hunter2")}}}
	r, err := m.Resolve(given)
	require.NoError(t, err)
	redactor := manifest.NewRedactor("hunter2")

	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "given", given, "resolved", *r, "pointer", r)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "given", given, "resolved", *r, "pointer", r)
	for _, v := range []any{given, &given, r, *r, &b, b, redactor, *redactor, []any{*r}, struct{ R *manifest.Resolved }{r}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			fmt.Fprintf(&log, verb, v)
		}
	}
	assert.NotContains(t, log.String(), "hunter2")
	assert.NotContains(t, log.String(), fmt.Sprintf("%x", "hunter2"))
	assert.NotContains(t, log.String(), fmt.Sprint([]byte("hunter2")))

	assert.Equal(t, `Given{Config: 15 bytes, Attachments: ["f"], Secrets: 1}`, given.String())
	assert.Equal(t, `Resolved{Config: ["s"], Attachments: ["f"], Secrets: 1, Defaulted: []}`, r.String())
	assert.Equal(t, `ConfigBuilder["s"] Redactor{1}`, fmt.Sprint(&b, " ", redactor))
	assert.Equal(t, `Resolved{Config: [], Attachments: [], Secrets: 0, Defaulted: []}`, manifest.Resolved{}.String())
}

func TestRedact(t *testing.T) {
	tests := []struct {
		Name, Reason string
		Secrets      []string
		In, Want     string
	}{
		{"none", "nothing to do", nil, "hunter2", "hunter2"},
		{"absent", "nothing to do", []string{"hunter3"}, "hunter2", "hunter2"},
		{"plain", "every occurrence", []string{"hunter2"}, "hunter2, hunter2!", "[secret], [secret]!"},
		{"short", "too common to hide", []string{"", "a", "ab"}, "ab", "ab"},
		{"longest wins", "the rest of the longer one would stay", []string{"hunter", "hunter2"}, "hunter2", "[secret]"},
		{"overlap", "the rest of the second would stay", []string{"abcd", "cdef"}, "xabcdefx", "x[secret]x"},
		{"overlap with itself", "the rest would stay", []string{"abab"}, "xababab", "x[secret]"},
		{"neighbours", "they are two", []string{"abc", "def"}, "abcdef", "[secret][secret]"},
		{"json", "quotes and line ends are escaped", []string{"a\"b\nc"}, `{"x":"a\"b\nc"}`, `{"x":"[secret]"}`},
		{"json for HTML", "as json.Marshal writes it", []string{"a<b>&c"}, `"a\u003cb\u003e\u0026c"`, `"[secret]"`},
		{"json for JavaScript", "as JSON.stringify writes it", []string{"a<\"b"}, `"a<\"b"`, `"[secret]"`},
		{"json in json", "a webhook's body is a string", []string{"a\"b\nc"}, `{"body":"{\"x\":\"a\\\"b\\nc\"}"}`, `{"body":"{\"x\":\"[secret]\"}"}`},
		{"json for HTML in json", "the same, by Go", []string{"a<b"}, `{"body":"{\"x\":\"a\\u003cb\"}"}`, `{"body":"{\"x\":\"[secret]\"}"}`},
		{"go", "as %q writes it", []string{"a\x01b"}, `"a\x01b"`, `"[secret]"`},
		{"query", "as url.Values writes it", []string{"a b&c/d!"}, "k=" + url.QueryEscape("a b&c/d!"), "k=[secret]"},
		{"component", "as encodeURIComponent writes it", []string{"a b&c!"}, "k=a%20b%26c!", "k=[secret]"},
		{"path", "as url.PathEscape writes it", []string{"a b&c"}, "/a%20b&c", "/[secret]"},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			assert.Equal(t, tt.Want, manifest.NewRedactor(tt.Secrets...).Redact(tt.In), tt.Reason)
		})
	}
	assert.Equal(t, "x", (*manifest.Redactor)(nil).Redact("x"), "nil redacts nothing")
}

func TestRedactConcurrently(t *testing.T) {
	r := manifest.NewRedactor("hunter2", "a b")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				assert.Equal(t, "x [secret] [secret]", r.Redact("x hunter2 a+b"))
			}
		})
	}
	wg.Wait()
}

func TestSetupError(t *testing.T) {
	m := parseClean(t, `{"name":"geo","config":[{"key":"apiKey","secret":true},{"key":"host name"},{"key":"db","type":"attachment"}]}`)
	r, err := m.Resolve(manifest.Given{
		Config:      json.RawMessage(`{"apiKey":"hunter2","host name":"h"}`),
		Attachments: map[string]manifest.Attachment{"db": {}},
	})
	require.NoError(t, err)
	tests := []struct {
		Name, Reason string
		Err          error
		Want         string
	}{
		{"no key named", "any of them may be the cause", errors.New("unauthorized"),
			"geo: unauthorized; config keys involved: apiKey, host name, db"},
		{"key named", "only that one", errors.New("apiKey is invalid: hunter2"),
			"geo: apiKey is invalid: [secret]; config keys involved: apiKey"},
		{"part of a word", "it is no name", errors.New("apiKeys"),
			"geo: apiKeys; config keys involved: apiKey, host name, db"},
		{"key of two words", "it is found as it is", errors.New("bad host name"),
			"geo: bad host name; config keys involved: host name"},
		{"plugin named", "once is enough", errors.New("geo: setupPlugin: db: bad"),
			"geo: setupPlugin: db: bad; config keys involved: db"},
	}
	for _, tt := range tests {
		t.Run(tt.Name, func(t *testing.T) {
			assert.EqualError(t, r.SetupError("geo", tt.Err), tt.Want, tt.Reason)
		})
	}

	assert.NoError(t, r.SetupError("geo", nil))
	err = r.SetupError("", fmt.Errorf("db: %w", fs.ErrNotExist))
	require.ErrorIs(t, err, fs.ErrNotExist)
	assert.True(t, strings.HasPrefix(err.Error(), "db: "))
	assert.EqualError(t, new(manifest.Resolved).SetupError("geo", errors.New("x")), "geo: x", "no config, no keys")
	var setup *manifest.SetupError
	require.ErrorAs(t, r.SetupError("geo", errors.New("db")), &setup)
	assert.Equal(t, []string{"db"}, setup.Keys)
}
