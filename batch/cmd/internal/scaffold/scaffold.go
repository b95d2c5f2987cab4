// Package scaffold writes new plugins that validate and pass their own tests at once, for
// plugreel new.
//
// The front door is [New] and [Write].
//
// # Vocabulary
//
//	template   a plugin called my-plugin for one hook, in every language: a directory of templates
//	common     what plugins of a language share: types for editors, the README
//
// # Design notes
//
// Templates are real plugins, which a reader can open and a test runs. What is made of them differs
// by the name only; the files of runEveryMinute serve for the other periods as well. The README is
// filled in from plugin.json, so that the two agree.
package scaffold

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"text/template"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

//go:embed all:templates
var templates embed.FS

// Langs are the languages that New knows.
func Langs() []string { return []string{"js", "ts", "go"} }

// Hooks are the hooks that New knows.
func Hooks() []string { return sdk.HookNames() }

// Plugin is a plugin that is not written yet.
type Plugin struct {
	Name string
	Lang string // one of Langs
	Hook string // one of Hooks
}

// File is a file of a new plugin.
type File struct {
	Name string // relative to the plugin's directory
	Text []byte
}

// ErrExists reports a directory that has something in it.
var ErrExists = errors.New("is there and not empty")

var goodName = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// maxName is the length of the longest name, in bytes.
const maxName = 64

// check refuses what cannot be made.
func (p Plugin) check() error {
	switch {
	case !goodName.MatchString(p.Name) || len(p.Name) > maxName:
		return fmt.Errorf("name: got %q, want small letters, digits and single dashes, a letter first, such as my-plugin", p.Name)
	case !slices.Contains(Langs(), p.Lang):
		return fmt.Errorf("language: got %q, want %s", p.Lang, oneOf(Langs()))
	case !slices.Contains(Hooks(), p.Hook):
		return fmt.Errorf("hook: got %q, want %s", p.Hook, oneOf(Hooks()))
	}
	return nil
}

func oneOf(names []string) string {
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// New makes the files of a plugin, plugin.json first.
func New(p Plugin) ([]File, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	dir := path.Join("templates", p.template())
	manifestText, err := templates.ReadFile(path.Join(dir, "plugin.json"))
	if err != nil {
		return nil, err
	}
	files := []File{{"plugin.json", p.named(manifestText)}}
	for _, f := range p.sources() {
		text, err := templates.ReadFile(path.Join("templates", f.from))
		if err != nil {
			return nil, err
		}
		files = append(files, File{string(p.named([]byte(f.to))), p.named(text)})
	}
	readme, err := p.readme(files[0].Text)
	return append(files, File{"README.md", readme}), err
}

// template is the directory of the plugin's template.
func (p Plugin) template() string {
	if strings.HasPrefix(p.Hook, "runEvery") {
		return sdk.HookRunEveryMinute
	}
	return p.Hook
}

type source struct{ from, to string }

// sources are the files of a template besides plugin.json.
func (p Plugin) sources() []source {
	own := func(name string) source { return source{path.Join(p.template(), name), name} }
	cases := own("my-plugin_cases.yaml")
	switch p.Lang {
	case "go":
		return []source{own("my-plugin.go"), cases, {"_go/my-plugin_test.go", "my-plugin_test.go"}}
	case "ts":
		return []source{own("index.ts"), cases, {"common/plugreel.d.ts", "plugreel.d.ts"}, {"common/tsconfig.json", "tsconfig.json"}}
	}
	return []source{own("index.js"), cases, {"common/plugreel.d.ts", "plugreel.d.ts"}, {"common/jsconfig.json", "jsconfig.json"}}
}

// named is a text of a template with the plugin's name and period.
func (p Plugin) named(text []byte) []byte {
	period := strings.TrimPrefix(p.Hook, "runEvery")
	pairs := []string{"my-plugin", p.Name, "myplugin", p.goPackage()}
	if period != p.Hook {
		pairs = append(pairs, "EveryMinute", "Every"+period, "every minute", "every "+strings.ToLower(period))
	}
	return []byte(strings.NewReplacer(pairs...).Replace(string(text)))
}

// goPackage is the name as that of a Go package.
func (p Plugin) goPackage() string {
	name := strings.ReplaceAll(p.Name, "-", "")
	if token.IsKeyword(name) {
		return name + "plugin"
	}
	return name
}

// readme fills the README in from plugin.json.
func (p Plugin) readme(manifestText []byte) ([]byte, error) {
	m, problems := manifest.Parse(bytes.NewReader(manifestText), "plugin.json")
	if err := problems.Err(); err != nil {
		return nil, err
	}
	text, err := template.ParseFS(templates, "templates/common/README.md")
	if err != nil {
		return nil, err
	}
	view := struct {
		Name, Description, Source, Types string
		Required                         []string
		Options                          []option
	}{Name: p.Name, Description: m.Description, Source: "index." + p.Lang}
	switch p.Lang {
	case "go":
		view.Source = p.Name + ".go"
	case "ts":
		view.Types = "tsconfig.json"
	default:
		view.Types = "jsconfig.json"
	}
	for _, f := range m.Config {
		view.Options = append(view.Options, option{f, defaultText(f)})
		if f.Required {
			view.Required = append(view.Required, f.Key)
		}
	}
	var out bytes.Buffer
	err = text.Execute(&out, view)
	return out.Bytes(), err
}

// option is a row of the README's table.
type option struct {
	manifest.Field
	Default string
}

func defaultText(f manifest.Field) string {
	text := strings.Trim(string(f.Default), `"`)
	switch {
	case f.Required && f.Default == nil:
		return "required"
	case text == "":
		return "(none)"
	}
	return text
}

// Write writes files into a directory, which is made; one that is empty may be there.
// Errors: [ErrExists], and the file system's.
func Write(dir string, files []File) error {
	entries, err := os.ReadDir(dir)
	switch {
	case err == nil && len(entries) > 0:
		return fmt.Errorf("%s: %w", dir, ErrExists)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(f.Name)), f.Text, 0o644); err != nil {
			return err
		}
	}
	return nil
}
