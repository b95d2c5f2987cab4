package lint

import (
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/plugreel/plugreel/jsbridge"
	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/plugins"
	"github.com/plugreel/plugreel/sdk"
)

// Options says what to look for.
type Options struct {
	Cloud bool // the rules of the hosted product too
}

// Check returns the problems of a plugin that loads, by position: those of plugin.json, of the
// source, and the remarks of the loader.
func Check(p *plugins.Plugin, o Options) []Problem {
	c := &checker{plugin: p, cloud: o.Cloud}
	for _, e := range p.Problems {
		c.list = append(c.list, fromManifest(p.Ref, e))
	}
	for _, n := range p.Program.Info().Notices {
		c.list = append(c.list, Problem{
			Plugin: p.Ref, File: c.file(n.File), Line: n.Line, Column: n.Column, Code: n.Code, Severity: Notice, Message: n.Message,
		})
	}
	c.secrets()
	c.source()
	return sorted(c.list)
}

// FromError makes problems of the reason why a plugin does not load.
func FromError(ref string, err error) []Problem {
	if m := (*plugins.ManifestError)(nil); errors.As(err, &m) {
		var list []Problem
		for _, e := range m.Problems {
			list = append(list, fromManifest(ref, e))
		}
		return list
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var list []Problem
		for _, e := range joined.Unwrap() {
			list = append(list, FromError(ref, e)...)
		}
		return list
	}
	problem := Problem{Plugin: ref, Code: codeLoad, Severity: Error, Message: err.Error()}
	if load := (*sdk.LoadError)(nil); errors.As(err, &load) {
		problem.Line, problem.Column, problem.Message = load.Line, load.Column, load.Err.Error()
		if load.File != "" {
			problem.File = inPlugin(ref, load.File)
		}
	}
	return []Problem{problem}
}

func fromManifest(ref string, e *manifest.Error) Problem {
	p := Problem{
		Plugin: ref, File: e.File, Line: e.Line, Column: e.Column, Code: e.Code, Message: e.Message, Severity: Warning,
	}
	if e.Path != "" {
		p.Message = e.Path + ": " + e.Message
	}
	if e.Severity == manifest.SeverityError {
		p.Severity = Error
	}
	if e.Suggestion != "" {
		p.Suggestion = fmt.Sprintf("did you mean %q?", e.Suggestion)
	}
	return p
}

// inPlugin is the path of a file of a plugin.
func inPlugin(ref, file string) string {
	return strings.TrimSuffix(filepath.ToSlash(ref), "/") + "/" + file
}

// checker collects the problems of one plugin.
type checker struct {
	plugin *plugins.Plugin
	cloud  bool
	list   []Problem
}

// found is what the source of a plugin says of itself, whatever its language.
type found struct {
	uses      []jsbridge.Use
	elsewhere bool     // config is read in ways that uses does not have
	texts     []string // that stand in the source, as far as they were looked for
}

func (c *checker) file(name string) string {
	if name == "" {
		return ""
	}
	return inPlugin(c.plugin.Ref, name)
}

// add notes a problem.
func (c *checker) add(at jsbridge.Place, code, suggestion, format string, args ...any) {
	c.list = append(c.list, Problem{
		Plugin: c.plugin.Ref, File: c.file(at.File), Line: at.Line, Column: at.Column,
		Code: code, Severity: severityOf(code), Message: fmt.Sprintf(format, args...), Suggestion: suggestion,
	})
}

// source looks at the code with what knows its language.
func (c *checker) source() {
	for _, f := range c.plugin.Program.Info().Files {
		if path.Ext(f.Name) == ".go" {
			c.golang()
			return
		}
	}
	inspection, err := jsbridge.Inspect(c.plugin.FS, c.plugin.Manifest)
	if err != nil {
		c.list = append(c.list, FromError(c.plugin.Ref, err)...)
		return
	}
	c.javascript(inspection)
}

// config compares what the code reads with what plugin.json declares. A plugin without plugin.json,
// or one that declares nothing, may be given anything.
func (c *checker) config(f found) {
	var declared []string
	for _, field := range c.plugin.Manifest.Config {
		if field.Key != "" {
			declared = append(declared, field.Key)
		}
	}
	used := map[string]bool{}
	for _, u := range f.uses {
		if u.Kind != jsbridge.UseConfig && u.Kind != jsbridge.UseAttachment {
			continue
		}
		if slices.Contains(declared, u.Name) || injected[u.Name] {
			used[u.Name] = true
			continue
		}
		if !used[u.Name] && c.hasManifest() {
			c.add(u.Place, codeConfigUndeclared, undeclared(u, declared), "%s.%s is not declared in plugin.json", container(u.Kind), u.Name)
		}
		used[u.Name] = true
	}
	for _, field := range c.plugin.Manifest.Config {
		if field.Key != "" && !used[field.Key] && !f.elsewhere && !field.Site && !slices.Contains(f.texts, field.Key) {
			c.add(c.field(field), codeConfigUnused, "remove it, or read it", "%q is declared and never read", field.Key)
		}
	}
}

// injected are keys that the engine reads, or sets, itself.
var injected = map[string]bool{"exportEventsBufferBytes": true, "exportEventsBufferSeconds": true, "exportEventsToIgnore": true}

// has says whether the plugin has a hook.
func (c *checker) has(hook string) bool { return slices.Contains(c.plugin.Program.Info().Hooks, hook) }

func (c *checker) hasManifest() bool {
	f, err := c.plugin.FS.Open("plugin.json")
	if err == nil {
		_ = f.Close() // only read
	}
	return err == nil
}

func container(kind jsbridge.UseKind) string {
	if kind == jsbridge.UseAttachment {
		return "attachments"
	}
	return "config"
}

// undeclared says what to do about a key that is not declared.
func undeclared(u jsbridge.Use, declared []string) string {
	if near := nearest(u.Name, declared); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	kind := manifest.TypeString
	if u.Kind == jsbridge.UseAttachment {
		kind = manifest.TypeAttachment
	}
	return fmt.Sprintf(`declare it: {"key": %q, "type": %q}`, u.Name, kind)
}

func (c *checker) field(f manifest.Field) jsbridge.Place {
	return jsbridge.Place{File: "plugin.json", Line: f.Line, Column: f.Column}
}

// secrets looks for keys that are named like secrets.
func (c *checker) secrets() {
	for _, f := range c.plugin.Manifest.Config {
		if !f.Secret && f.Key != "" && f.Type != manifest.TypeChoice && soundsSecret(f.Key) {
			c.add(c.field(f), codeSecretUnmarked, `add "secret": true, which keeps it out of logs and reports`, "%q sounds like a secret and is not marked as one", f.Key)
		}
	}
}

// secretWords end the names of secrets; keyWords come before "key" in those that are.
var (
	secretWords = []string{"password", "passwd", "passphrase", "secret", "token", "credential", "credentials", "apikey", "authorization", "pat"}
	keyWords    = []string{"api", "access", "private", "auth", "secret", "signing", "encryption", "client", "service", "license", "write", "personal"}
)

// soundsSecret says whether a key is named like a secret: apiKey, client_secret, "Access token".
func soundsSecret(key string) bool {
	w := words(key)
	if len(w) == 0 {
		return false
	}
	last := w[len(w)-1]
	if slices.Contains(secretWords, last) {
		return true
	}
	return last == "key" && len(w) > 1 && slices.ContainsFunc(w[:len(w)-1], func(word string) bool { return slices.Contains(keyWords, word) })
}

// words splits a name at capitals, digits and what is no letter, in small letters.
func words(name string) []string {
	var out []string
	word := ""
	upper := false
	for _, r := range name {
		isUpper := r >= 'A' && r <= 'Z'
		if isUpper && !upper || !isUpper && (r < 'a' || r > 'z') {
			out, word = append(out, word), ""
		}
		if isUpper || r >= 'a' && r <= 'z' {
			word += strings.ToLower(string(r))
		}
		upper = isUpper
	}
	return slices.DeleteFunc(append(out, word), func(w string) bool { return w == "" })
}

// nearest returns the known name that differs least from got, in at most a third of its letters;
// "" if none does.
func nearest(got string, known []string) string {
	best, least := "", max(1, len(got)/3)+1
	for _, name := range known {
		if d := distance(strings.ToLower(got), strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance counts the insertions, deletions, substitutions and swaps of neighbours that turn a into b.
func distance(a, b string) int {
	before, row := []int(nil), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next := make([]int, len(b)+1)
		next[0] = i
		for j := 1; j <= len(b); j++ {
			change := row[j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			next[j] = min(change, row[j]+1, next[j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
