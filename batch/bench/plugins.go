package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// plugin is what a case runs.
type plugin struct {
	ref    string // as plugreel's -p wants it
	dir    string // plugin.json and JavaScript, for peers that load it themselves
	config [][2]string
}

// plugins finds the plugins of a case. What is written in TypeScript is compiled for the peers.
func (l *lab) chain(c benchCase) ([]plugin, error) {
	var list []plugin
	for _, source := range c.chain {
		p := plugin{ref: source.name, dir: filepath.Join(l.plugins, source.name), config: source.config}
		if source.own {
			p.dir = filepath.Join(l.parts(), "plugins", source.name)
			p.ref = p.dir
		}
		var err error
		if p.dir, err = l.inJavaScript(p.dir); err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// inJavaScript returns the directory of a plugin, or of a copy compiled to JavaScript.
func (l *lab) inJavaScript(dir string) (string, error) {
	source := filepath.Join(dir, "index.ts")
	if _, err := os.Stat(source); err != nil {
		return dir, nil
	}
	text, err := os.ReadFile(source)
	if err != nil {
		return "", err
	}
	result := api.Transform(string(text), api.TransformOptions{Loader: api.LoaderTS, Target: api.ES2022})
	if len(result.Errors) > 0 {
		return "", fmt.Errorf("%s: %s", source, result.Errors[0].Text)
	}
	compiled := filepath.Join(l.parts(), "compiled", filepath.Base(dir))
	if err := os.MkdirAll(compiled, 0o755); err != nil {
		return "", err
	}
	manifest, err := json.Marshal(map[string]string{"name": filepath.Base(dir), "main": "index.js"})
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(compiled, "plugin.json"), manifest, 0o644); err != nil {
		return "", err
	}
	return compiled, os.WriteFile(filepath.Join(compiled, "index.js"), result.Code, 0o644)
}

// peerChain is a chain as the peers in JavaScript want it.
func peerChain(list []plugin) (string, error) {
	type entry struct {
		Dir    string            `json:"dir"`
		Config map[string]string `json:"config"`
	}
	entries := []entry{}
	for _, p := range list {
		e := entry{p.dir, map[string]string{}}
		for _, setting := range p.config {
			e.Config[setting[0]] = setting[1]
		}
		entries = append(entries, e)
	}
	text, err := json.Marshal(entries)
	return string(text), err
}
