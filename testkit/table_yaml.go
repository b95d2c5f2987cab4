package testkit

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/plugreel/plugreel/manifest"
	"github.com/plugreel/plugreel/sdk"
)

// parseTable reads the text of a cases file.
func parseTable(file string, text []byte) (*Table, error) {
	text = bytes.TrimPrefix(text, byteOrderMark)
	root, err := parser.ParseBytes(untabbed(text), 0)
	if err != nil {
		return nil, fmt.Errorf("%s:%s", file, yamlMessage(err))
	}
	switch {
	case len(root.Docs) > 1:
		return nil, fmt.Errorf("%s: got %d documents, want one", file, len(root.Docs))
	case len(root.Docs) == 0 || root.Docs[0].Body == nil:
		return nil, fmt.Errorf("%s: got nothing, want cases", file)
	}
	r := &tableReader{file: file}
	t := &Table{File: file}
	var config map[string]any
	var cases []ast.Node
	body := anchors{}.resolve(root.Docs[0].Body)
	r.members(body, map[string]func(ast.Node){
		"config": func(n ast.Node) { config = r.object(n) },
		"cases":  func(n ast.Node) { cases = r.list(n) },
	})
	if len(cases) == 0 && len(r.errs) == 0 {
		r.errs = append(r.errs, fmt.Errorf("%s: cases: got none, want at least one", file))
	}
	for i, n := range cases {
		r.inside(fmt.Sprintf("cases[%d]", i), func() {
			c := r.readCase(n)
			c.Config = merged(config, c.Config)
			t.Cases = append(t.Cases, c)
		})
	}
	return t, errors.Join(r.errs...)
}

// byteOrderMark is what some editors write before a text.
var byteOrderMark = []byte("\ufeff")

// anchors are the values that a file names with &, to be used again with *.
type anchors map[string]ast.Node

// resolve replaces anchors and aliases by what they stand for. An alias of what comes later stays,
// and is reported when it is read.
func (a anchors) resolve(n ast.Node) ast.Node {
	switch n := n.(type) {
	case *ast.AnchorNode:
		value := a.resolve(n.Value)
		a[n.Name.GetToken().Value] = value
		return value
	case *ast.AliasNode:
		if value, ok := a[n.Value.GetToken().Value]; ok {
			return value
		}
	case *ast.MappingNode:
		for _, m := range n.Values {
			a.resolve(m)
		}
	case *ast.MappingValueNode:
		n.Value = a.resolve(n.Value)
	case *ast.SequenceNode:
		for i := range n.Values {
			n.Values[i] = a.resolve(n.Values[i])
		}
	}
	return n
}

// untabbed makes JSON that is indented with tabs something that a reader of YAML takes.
func untabbed(text []byte) []byte {
	if !strings.HasPrefix(strings.TrimSpace(string(text)), "{") {
		return text
	}
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		rest := strings.TrimLeft(line, "\t ")
		lines[i] = strings.ReplaceAll(line[:len(line)-len(rest)], "\t", " ") + rest
	}
	return []byte(strings.Join(lines, "\n"))
}

// yamlMessage is "line:column: what is wrong", without the excerpt: it could show a secret.
func yamlMessage(err error) string {
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil {
		return " " + err.Error()
	}
	at := e.GetToken().Position
	return fmt.Sprintf("%d:%d: %s", at.Line, at.Column, e.GetMessage())
}

// tableReader reads the nodes of a cases file and collects what is wrong with them.
type tableReader struct {
	file string
	path string // of the member that is read
	errs []error
}

func (r *tableReader) wrong(n ast.Node, format string, args ...any) {
	at := nodeStart(n)
	r.errs = append(r.errs, fmt.Errorf("%s:%d:%d: %s: %s", r.file, at.Line, at.Column, cmp.Or(r.path, "file"), fmt.Sprintf(format, args...)))
}

// inside calls f with the path of a member below the present one.
func (r *tableReader) inside(key string, f func()) {
	outer := r.path
	r.path = strings.TrimPrefix(outer+"."+key, ".")
	f()
	r.path = outer
}

// readCase reads one element of cases.
func (r *tableReader) readCase(n ast.Node) Case {
	c := Case{At: fileLine(r.file, nodeStart(n).Line)}
	text := func(field *string) func(ast.Node) {
		return func(n ast.Node) { *field = r.text(n) }
	}
	event := func(field *string) func(ast.Node) { return func(n ast.Node) { *field = r.json(n) } }
	values := func(field *map[string]any) func(ast.Node) {
		return func(n ast.Node) { *field = r.object(n) }
	}
	texts := func(field *[]string) func(ast.Node) {
		return func(n ast.Node) {
			*field = []string{}
			for _, e := range r.list(n) {
				*field = append(*field, r.text(e))
			}
		}
	}
	r.members(n, map[string]func(ast.Node){
		"name": text(&c.Name), "reason": text(&c.Reason), "skip": text(&c.Skip),
		"config": values(&c.Config), "storage": values(&c.Storage), "cache": values(&c.Cache), "geoip": values(&c.GeoIP),
		"attachments": func(n ast.Node) { c.Attachments = r.attachments(n) },
		"http": func(n ast.Node) {
			for _, e := range r.list(n) {
				c.HTTP = append(c.HTTP, r.answer(e))
			}
		},
		"cassette": func(n ast.Node) { c.Cassette = r.beside(r.text(n)) },
		"clock":    func(n ast.Node) { c.Clock = r.time(n) },
		"team_id":  func(n ast.Node) { c.TeamID = r.integer(n) },
		"in":       event(&c.In),
		"events": func(n ast.Node) {
			for _, e := range r.list(n) {
				c.Events = append(c.Events, r.json(e))
			}
		},
		"want": event(&c.Want), "want_subset": event(&c.WantSubset), "webhook": event(&c.Webhook), "captured": event(&c.Captured),
		"dropped": func(n ast.Node) { c.Dropped = r.boolean(n) },
		"error":   text(&c.Error), "error_type": text(&c.ErrorType),
		"logs": texts(&c.Logs), "fetches": texts(&c.Fetches),
		"storage_after": values(&c.StorageAfter), "cache_after": values(&c.CacheAfter),
	})
	return c
}

// members reads the members of a mapping with the function for each name.
func (r *tableReader) members(n ast.Node, read map[string]func(ast.Node)) {
	for _, m := range r.pairs(n) {
		key := m.Key.GetToken().Value
		r.inside(key, func() {
			if f := read[key]; f != nil {
				f(m.Value)
				return
			}
			r.wrong(m.Key, "got an unknown member%s", suggestion(key, read))
		})
	}
}

// pairs returns the members of a mapping.
func (r *tableReader) pairs(n ast.Node) []*ast.MappingValueNode {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	case *ast.NullNode:
		return nil
	}
	r.wrong(n, "got %s, want an object", nodeKind(n))
	return nil
}

// list returns the elements of a sequence.
func (r *tableReader) list(n ast.Node) []ast.Node {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		r.wrong(n, "got %s, want a list", nodeKind(n))
		return nil
	}
	return list.Values
}

// text reads a scalar as it is spelled.
func (r *tableReader) text(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value
	case *ast.LiteralNode:
		return n.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value
	}
	r.wrong(n, "got %s, want a text", nodeKind(n))
	return ""
}

func (r *tableReader) boolean(n ast.Node) bool {
	b, ok := n.(*ast.BoolNode)
	if !ok {
		r.wrong(n, "got %s, want true or false", nodeKind(n))
		return false
	}
	return b.Value
}

func (r *tableReader) integer(n ast.Node) int64 {
	i, err := strconv.ParseInt(r.text(n), 10, 64)
	if err != nil {
		r.wrong(n, "got %s, want a whole number", n)
	}
	return i
}

func (r *tableReader) time(n ast.Node) time.Time {
	t, err := time.Parse(time.RFC3339, r.text(n))
	if err != nil {
		r.wrong(n, "got %s, want a time such as 2024-01-31T00:00:00Z", n)
	}
	return t
}

// json reads a value as JSON; a text is JSON already.
func (r *tableReader) json(n ast.Node) string {
	switch n := n.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return r.text(n)
	case *ast.NullNode:
		return "null"
	}
	return string(r.value(n))
}

// value is the JSON of a node. Numbers keep their spelling.
func (r *tableReader) value(n ast.Node) json.RawMessage {
	var b manifest.ConfigBuilder
	if err := b.SetValue("v", n); err != nil {
		r.wrong(n, "%s", strings.TrimPrefix(err.Error(), "config.v: "))
		return json.RawMessage("null")
	}
	o, err := sdk.ParseObject(b.JSON())
	if err != nil {
		r.wrong(n, "%v", err)
		return json.RawMessage("null")
	}
	return o.Get("v").Raw()
}

// object reads the members of a mapping as values.
func (r *tableReader) object(n ast.Node) map[string]any {
	values := map[string]any{}
	for _, m := range r.pairs(n) {
		values[m.Key.GetToken().Value] = nil
		if _, isNull := m.Value.(*ast.NullNode); !isNull {
			values[m.Key.GetToken().Value] = r.value(m.Value)
		}
	}
	return values
}

// attachments reads files by key.
func (r *tableReader) attachments(n ast.Node) map[string]sdk.Attachment {
	all := map[string]sdk.Attachment{}
	for _, m := range r.pairs(n) {
		key := m.Key.GetToken().Value
		if name, ok := m.Value.(*ast.StringNode); ok {
			contents, err := os.ReadFile(r.beside(name.Value))
			if err != nil {
				r.wrong(name, "%v", err)
			}
			all[key] = manifest.NewAttachment(name.Value, contents)
			continue
		}
		var text, name, contentType string
		r.members(m.Value, map[string]func(ast.Node){
			"text": func(n ast.Node) { text = r.text(n) },
			"name": func(n ast.Node) { name = r.text(n) },
			"type": func(n ast.Node) { contentType = r.text(n) },
		})
		a := manifest.NewAttachment(cmp.Or(name, key), []byte(text))
		a.ContentType = cmp.Or(contentType, a.ContentType)
		all[key] = a
	}
	return all
}

// answer reads one answer of http.
func (r *tableReader) answer(n ast.Node) Answer {
	var a Answer
	r.members(n, map[string]func(ast.Node){
		"method": func(n ast.Node) { a.Method = strings.ToUpper(r.text(n)) },
		"url":    func(n ast.Node) { a.URL = r.text(n) },
		"status": func(n ast.Node) { a.Status = int(r.integer(n)) },
		"body":   func(n ast.Node) { a.Body = r.text(n) },
		"json":   func(n ast.Node) { a.JSON = r.value(n) },
		"error":  func(n ast.Node) { a.Error = r.text(n) },
		"headers": func(n ast.Node) {
			a.Headers = map[string]string{}
			for _, m := range r.pairs(n) {
				a.Headers[http.CanonicalHeaderKey(m.Key.GetToken().Value)] = r.text(m.Value)
			}
		},
	})
	if a.URL == "" {
		r.wrong(n, "got an answer without url")
	}
	return a
}

// beside makes a path relative to the cases file.
func (r *tableReader) beside(name string) string {
	if name == "" || filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(r.file), filepath.FromSlash(name))
}

// position is where a node begins.
type position struct{ Line, Column int }

func nodeStart(n ast.Node) position {
	switch m := n.(type) {
	case *ast.MappingNode:
		if len(m.Values) > 0 && !m.IsFlowStyle {
			return nodeStart(m.Values[0])
		}
	case *ast.MappingValueNode:
		return nodeStart(m.Key)
	}
	at := n.GetToken().Position
	return position{at.Line, at.Column}
}

// kind names what a node is, for messages.
func nodeKind(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "an object"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	case *ast.StringNode, *ast.LiteralNode:
		return "a text"
	case *ast.BoolNode:
		return "true or false"
	case *ast.AliasNode:
		return "an alias of nothing before it"
	}
	return "a number"
}

// suggestion names the known member that has the same letters, in any order and case, without
// dashes and underscores, or that begins with the key.
func suggestion(key string, known map[string]func(ast.Node)) string {
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if letters(name) == letters(key) || len(key) > 2 && strings.HasPrefix(name, key) {
			return fmt.Sprintf("; did you mean %q?", name)
		}
	}
	return ""
}

func letters(name string) string {
	all := []byte(strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(name)))
	slices.Sort(all)
	return string(all)
}
