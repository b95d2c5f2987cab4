package manifest_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/plugreel/plugreel/manifest"
)

var (
	anyKey    = rapid.SampledFrom([]string{"a", "b", "c d", "apiKey", "apikey", "mode", "é", ""})
	anySecret = rapid.StringMatching(`XQ[0-9"&<é ]{6,12}Z`)
	anyJSON   = rapid.SampledFrom([]string{`null`, `true`, `1.0`, `12345678901234567890`, `""`, `"yes"`, `"no"`, `[1,{"x":2}]`, `{"y":[]}`})
)

// drawManifest draws a manifest as Parse would return it.
func drawManifest(t *rapid.T) *manifest.Manifest {
	m := &manifest.Manifest{Name: "p"}
	for range rapid.IntRange(0, 5).Draw(t, "fields") {
		f := manifest.Field{
			Key:      anyKey.Draw(t, "key"),
			Type:     rapid.SampledFrom([]manifest.FieldType{manifest.TypeString, manifest.TypeChoice, manifest.TypeJSON, manifest.TypeAttachment}).Draw(t, "type"),
			Required: rapid.Bool().Draw(t, "required"),
			Secret:   rapid.Bool().Draw(t, "secret"),
		}
		if rapid.Bool().Draw(t, "has default") {
			f.Default = json.RawMessage(rapid.SampledFrom([]string{`""`, `"yes"`, `1`}).Draw(t, "default"))
		}
		if f.Type == manifest.TypeChoice {
			f.Choices = []string{"yes", "no"}
		}
		m.Config = append(m.Config, f)
	}
	return m
}

// drawGiven draws config values, with secret ones among them.
func drawGiven(t *rapid.T) (manifest.Given, []string) {
	var b manifest.ConfigBuilder
	var secrets []string
	for range rapid.IntRange(0, 5).Draw(t, "values") {
		key := anyKey.Draw(t, "given key")
		if rapid.Bool().Draw(t, "is secret") {
			secrets = append(secrets, anySecret.Draw(t, "secret"))
			b.Set(key, secrets[len(secrets)-1])
			continue
		}
		if err := b.SetJSON(key, anyJSON.Draw(t, "value")); err != nil {
			t.Fatal(err)
		}
	}
	given := manifest.Given{Config: b.JSON(), Secrets: secrets}
	if rapid.Bool().Draw(t, "has file") {
		given.Attachments = map[string]manifest.Attachment{anyKey.Draw(t, "file"): {Contents: []byte("x")}}
	}
	return given, secrets
}

// orderedMembers returns the members of a JSON object in order.
func orderedMembers(t require.TestingT, text []byte) (keys []string, values map[string]string) {
	values = map[string]string{}
	if text == nil {
		return nil, values
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	_, err := dec.Token()
	require.NoError(t, err)
	for dec.More() {
		key, err := dec.Token()
		require.NoError(t, err)
		var value json.RawMessage
		require.NoError(t, dec.Decode(&value))
		keys = append(keys, key.(string))
		values[key.(string)] = string(value)
	}
	return keys, values
}

func TestResolveProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawManifest(t)
		given, secrets := drawGiven(t)
		r, err := m.Resolve(given)
		if err != nil {
			for _, secret := range secrets {
				require.NotContains(t, err.Error(), secret)
				require.Equal(t, err.Error(), manifest.NewRedactor(secrets...).Redact(err.Error()))
			}
			require.Nil(t, r)
			return
		}
		keys, values := orderedMembers(t, r.Config)
		givenKeys, givenValues := orderedMembers(t, given.Config)
		for _, key := range givenKeys {
			require.Equal(t, givenValues[key], values[key], "every given key survives")
		}
		for _, key := range keys {
			_, was := givenValues[key]
			require.True(t, was || slices.Contains(r.Defaulted, key), "nothing else is there")
		}
		declaredFirst(t, m, keys)
		for _, warning := range r.Warnings {
			require.Equal(t, warning.Error(), manifest.NewRedactor(secrets...).Redact(warning.Error()))
		}
		require.True(t, slices.IsSortedFunc(r.Secrets, func(a, b string) int { return len(b) - len(a) }), "longest first")
		again, err := m.Resolve(given)
		require.NoError(t, err)
		require.Equal(t, r.Config, again.Config, "same input, same bytes")
	})
}

// declaredFirst checks that keys are the declared ones in declared order, then the others.
func declaredFirst(t require.TestingT, m *manifest.Manifest, keys []string) {
	var order []string
	for _, f := range m.Config {
		if f.Key != "" && !slices.Contains(order, f.Key) {
			order = append(order, f.Key)
		}
	}
	rank := func(key string) int {
		if i := slices.Index(order, key); i >= 0 {
			return i
		}
		return len(order)
	}
	require.True(t, slices.IsSortedFunc(keys, func(a, b string) int { return rank(a) - rank(b) }), "%q", keys)
}

func TestManifestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawManifest(t)
		m.File = "plugin.json"
		text, err := m.MarshalJSON()
		require.NoError(t, err)
		again, problems := manifest.Parse(bytes.NewReader(text), "")
		require.NoError(t, problems.Err())
		require.Equal(t, m, withoutPositions(again))
	})
}

func TestRedactProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secrets := rapid.SliceOfN(anySecret, 1, 3).Draw(t, "secrets")
		plain := rapid.SliceOfN(rapid.StringMatching(`[a-z ]{0,6}`), len(secrets)+1, len(secrets)+1).Draw(t, "plain")
		var text, want strings.Builder
		text.WriteString(plain[0])
		want.WriteString(plain[0])
		for i, secret := range secrets {
			quoted, err := json.Marshal(secret)
			require.NoError(t, err)
			text.WriteString(rapid.SampledFrom([]string{secret, string(quoted[1 : len(quoted)-1])}).Draw(t, "form") + plain[i+1])
			want.WriteString("[secret]" + plain[i+1])
		}
		require.Equal(t, want.String(), manifest.NewRedactor(secrets...).Redact(text.String()))
	})
}
