package plugins

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/plugins/downsample"
	firsttimeevent "github.com/plugreel/plugreel/plugins/first-time-event"
	helloworldgo "github.com/plugreel/plugreel/plugins/hello-world-go"
	piiredact "github.com/plugreel/plugreel/plugins/pii-redact"
	propertyfilter "github.com/plugreel/plugreel/plugins/property-filter"
	timestampparser "github.com/plugreel/plugreel/plugins/timestamp-parser"
	urlparams "github.com/plugreel/plugreel/plugins/url-params"
	"github.com/plugreel/plugreel/plugins/webhook"
	"github.com/plugreel/plugreel/sdk"
)

// compiled is a first-party plugin as it was compiled in; nil if it is not written in Go.
func compiled(name string) sdk.Program {
	switch name {
	case "downsample":
		return downsample.Program()
	case "first-time-event":
		return firsttimeevent.Program()
	case "hello-world-go":
		return helloworldgo.Program()
	case "pii-redact":
		return piiredact.Program()
	case "property-filter":
		return propertyfilter.Program()
	case "timestamp-parser":
		return timestampparser.Program()
	case "url-params":
		return urlparams.Program()
	case "webhook":
		return webhook.Program()
	}
	return nil
}

// interpreted is the prefix of a reference to a built-in Go plugin that is to be interpreted.
const interpreted = "interp:"

// openBuiltin finds the first-party plugin of that name. It runs as it was compiled in, if it is
// written in Go.
func openBuiltin(name string) (source, error) {
	if !slices.Contains(Builtins(), name) {
		return source{}, unknown(name)
	}
	fsys, err := fs.Sub(sources, name)
	if err != nil {
		return source{}, err
	}
	src := source{ref: name, name: name, fsys: fsys}
	if program := compiled(name); program != nil {
		src.program, err = withFiles(program, fsys)
	}
	return src, err
}

// openNamed finds the compiled or first-party plugin of that name.
func (o options) openNamed(name string) (source, error) {
	if c := o.find(name); c != nil {
		return c.source(name)
	}
	return openBuiltin(name)
}

// openInterpreted finds the source of a built-in Go plugin.
func (o options) openInterpreted(ref, name string) (source, error) {
	if isPath(name) {
		return source{}, fmt.Errorf("got %q after %s, want the name of a built-in plugin; Go plugins in directories are interpreted as they are", name, interpreted)
	}
	src, err := o.openNamed(name)
	if err == nil && src.program == nil {
		err = fmt.Errorf("got %s, which is not written in Go, want one of %s", name, strings.Join(goBuiltins(), ", "))
	}
	src.ref, src.program = ref, nil
	return src, err
}

// goBuiltins lists the built-in plugins that are written in Go.
func goBuiltins() []string {
	return slices.DeleteFunc(Builtins(), func(name string) bool { return compiled(name) == nil })
}

// withSource is a program with the files that it was compiled from.
type withSource struct {
	sdk.Program
	info sdk.Info
}

// Info describes the plugin.
func (p withSource) Info() sdk.Info { return p.info }

// withFiles lets Info name the Go files of the plugin, as it does when they are interpreted.
func withFiles(p sdk.Program, fsys fs.FS) (sdk.Program, error) {
	info := p.Info()
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".go" {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		info.Files = append(info.Files, sdk.File{Name: name, SHA256: sha256.Sum256(text)})
		return err
	})
	return withSource{p, info}, err
}
