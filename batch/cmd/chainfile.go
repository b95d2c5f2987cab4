package cmd

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// chainFile is the content of a chain.yaml.
type chainFile struct {
	Plugins []chainEntry `yaml:"plugins"`
}

type chainEntry struct {
	Plugin      string            `yaml:"plugin"`
	Name        string            `yaml:"name"`
	Config      ast.Node          `yaml:"config"`
	Attachments map[string]string `yaml:"attachments"`
}

// readChain reads a chain file. Paths in it are relative to the file.
func readChain(file string) ([]*entry, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, usagef("%s: %w", file, plain(err))
	}
	var c chainFile
	if err := yaml.UnmarshalWithOptions(bytes.TrimPrefix(text, []byte("\ufeff")), &c, yaml.Strict()); err != nil {
		return nil, usagef("%s:%s", file, yamlMessage(err))
	}
	if len(c.Plugins) == 0 {
		return nil, usagef("%s: plugins: got none, want a list of plugins", file)
	}
	var entries []*entry
	var errs []error
	for i, p := range c.Plugins {
		e, err := p.entry(filepath.Dir(file))
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: plugins[%d]: %w", file, i, err))
		}
		entries = append(entries, e)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, usageError{err}
	}
	return entries, nil
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

func (c *chainEntry) entry(dir string) (*entry, error) {
	if c.Plugin == "" {
		return nil, errors.New("plugin: got nothing, want a directory, an archive or the name of a built-in plugin")
	}
	e := &entry{ref: resolveRef(dir, c.Plugin), name: c.Name}
	if c.Config != nil {
		env := &environment{}
		ast.Walk(env, c.Config)
		if len(env.missing) > 0 {
			return nil, fmt.Errorf("config: environment variable %s is not set", strings.Join(env.missing, ", "))
		}
		e.secrets = env.secrets
		if err := e.config.Merge(c.Config); err != nil {
			return nil, fmt.Errorf("config: %w", err)
		}
	}
	for key, name := range c.Attachments {
		if err := e.attach(key, relative(dir, name)); err != nil {
			return nil, fmt.Errorf("attachments: %s: %w", key, err)
		}
	}
	return e, nil
}

// resolveRef makes a path in a chain file relative to the file. What is no path, and is not there
// either, is the name of a built-in plugin.
func resolveRef(dir, ref string) string {
	path := relative(dir, ref)
	isPath := strings.ContainsAny(ref, `/\`) || strings.HasPrefix(ref, ".")
	if _, err := os.Stat(path); err != nil && !isPath {
		return ref
	}
	if !filepath.IsAbs(path) && !strings.HasPrefix(path, ".") {
		return "." + string(filepath.Separator) + path
	}
	return path
}

func relative(dir, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// environment replaces ${env:NAME} in the texts of a config. Values are secrets.
type environment struct {
	secrets, missing []string
}

var envReference = regexp.MustCompile(`\$\{env:([A-Za-z_][A-Za-z0-9_]*)\}`)

// Visit is called for every node.
func (v *environment) Visit(node ast.Node) ast.Visitor {
	switch n := node.(type) {
	case *ast.MappingValueNode:
		ast.Walk(v, n.Value) // not the key
		return nil
	case *ast.StringNode:
		n.Value = envReference.ReplaceAllStringFunc(n.Value, v.lookup)
	}
	return v
}

func (v *environment) lookup(reference string) string {
	name := envReference.FindStringSubmatch(reference)[1]
	value, ok := os.LookupEnv(name)
	switch {
	case !ok:
		v.missing = append(v.missing, name)
	case value != "":
		v.secrets = append(v.secrets, value)
	}
	return value
}
