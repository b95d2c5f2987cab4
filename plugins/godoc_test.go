package plugins_test

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/testkit"
)

// packageDoc is the package doc of a plugin in Go.
func packageDoc(t *testing.T, name string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(name, "*.go"))
	require.NoError(t, err)
	doc := ""
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
		require.NoError(t, err)
		if f.Doc != nil {
			doc += f.Doc.Text()
		}
	}
	require.NotEmpty(t, doc)
	return doc
}

// shown is the example in a package doc: JSON texts under config, before, after, event and request,
// which go on in lines that are further to the right.
func shown(doc string) map[string]string {
	example, label := map[string]string{}, ""
	for line := range strings.Lines(doc) {
		m := regexp.MustCompile(`^\t(config|before|after|event|request|  +) +(\{|\S)(.*)`).FindStringSubmatch(line)
		switch {
		case m == nil:
			label = ""
			continue
		case strings.TrimSpace(m[1]) != "" && m[2] == "{":
			label = m[1]
		}
		if label != "" {
			example[label] += m[2] + m[3]
		}
	}
	return example
}

// TestGoPackageDocs runs the event that a package doc shows, and compares its table of keys with
// plugin.json: key, type and default.
func TestGoPackageDocs(t *testing.T) {
	for name := range goPlugins {
		t.Run(name, func(t *testing.T) {
			doc := packageDoc(t, name)
			m := openScenario(t, name).Manifest
			for _, f := range m.Config {
				if f.Key != "" {
					assert.Regexp(t, `(?m)^\t`+regexp.QuoteMeta(f.Key)+` +`+string(f.Type)+` +`+documented(t, f), doc)
				}
			}
			example := shown(doc)
			c := testkit.Case{Name: "package doc", Reason: "it is what a user reads first", In: example["before"] + example["event"], Want: example["after"], Webhook: example["request"]}
			if example["config"] != "" {
				require.NoError(t, json.Unmarshal([]byte(example["config"]), &c.Config))
			}
			testkit.Run(t, "./"+name, []testkit.Case{c})
		})
	}
}

// documented is a pattern for what the table says is the default of a field: its beginning, since
// a long one goes on below.
func documented(t *testing.T, f manifest.Field) string {
	t.Helper()
	var def string
	switch {
	case f.Required:
		return "required"
	case f.Default != nil:
		require.NoError(t, json.Unmarshal(f.Default, &def))
	}
	if def == "" {
		return `(\([a-z]+\)|\{event\})`
	}
	first, _, _ := strings.Cut(def, ",")
	return regexp.QuoteMeta(first)
}
