package lint

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// The source of a Go plugin as far as it can be followed. Nothing is compiled here.
func TestGoConfig(t *testing.T) {
	const undeclared, unused = "config.b is not declared", `"a" is declared and never read`
	tests := []struct {
		name, reason, body string
		want               []string
	}{
		{"literal", "", `meta.Config.Get("a"); meta.Config.Has("b")`, []string{undeclared}},
		{"constant", "", `meta.Config.Get(keyA)`, nil},
		{"unknown constant", "", `meta.Config.Get(elsewhere)`, nil},
		{"nothing", "", ``, []string{unused}},
		{"handed on", "", `read(meta.Config)`, nil},
		{"range", "", `for _, key := range meta.Config.Keys() { _ = key }`, nil},
		{"attachment", "", `_ = meta.Attachments["b"]; meta.Config.Get("a")`, []string{"attachments.b is not declared"}},
		{"settings", "a reader of the SDK", `s := meta.Settings(); s.Text("a", "x"); s.Bool("b", true); s.Err()`, []string{undeclared}},
		{"settings at once", "", `meta.Settings().List("b")`, []string{undeclared, unused}},
		{"settings as a parameter", "", "}\nfunc more(r *sdk.Settings) { r.Number(`b`, 1, 2, 3); _ = keyA", []string{undeclared}},
		{"text somewhere", "most likely it is a key", `for _, key := range []string{"a"} { other(key) }`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			source := "package p\n\nconst keyA = \"a\"\n\nfunc SetupPlugin(meta *sdk.PluginMeta) error {\n" + tt.body + "\nreturn nil\n}\n"
			if !strings.Contains(tt.body, "keyA") {
				source = strings.Replace(source, `const keyA = "a"`, "", 1)
			}
			text := `{"name":"p","config":[{"key":"a","type":"string"}]}`
			m, _ := manifest.Parse(strings.NewReader(text), "p/plugin.json")
			p := &plugins.Plugin{
				Ref: "p", Name: "p", Manifest: m,
				FS:      fstest.MapFS{"plugin.json": {Data: []byte(text)}, "p.go": {Data: []byte(source)}},
				Program: sdk.Native(sdk.Info{Files: []sdk.File{{Name: "p.go"}}}, func() sdk.Hooks { return sdk.Hooks{} }),
			}
			list := Check(p, Options{})
			var got []string
			for _, problem := range list {
				got = append(got, problem.Message)
			}
			assert.Len(t, got, len(tt.want), "%s %q", tt.reason, got)
			for _, want := range tt.want {
				assert.Contains(t, strings.Join(got, "\n"), want)
			}
		})
	}
}
