package jsbridge

import (
	"encoding/json"
	"io/fs"
	"path"
	"strings"
)

// packageJSON is what says which files an installed package consists of.
type packageJSON struct {
	Main    string          `json:"main"`
	Exports json.RawMessage `json:"exports"`
}

// packageJSON reads dir/package.json; ok is false without a usable one.
func (p *program) packageJSON(dir string) (pkg packageJSON, ok bool) {
	text, err := fs.ReadFile(p.fsys, path.Join(dir, "package.json"))
	return pkg, err == nil && json.Unmarshal(text, &pkg) == nil
}

// packageFile returns the file that package spec, or a path inside it, means below modules. What the
// package does not export is found by its path nevertheless.
func (p *program) packageFile(modules, spec string) (string, error) {
	target := path.Join(modules, spec)
	if !fs.ValidPath(target) || !strings.HasPrefix(target, modules+"/") {
		return "", errNotFound
	}
	if name, inner := splitPackage(spec); inner != "" {
		if pkg, ok := p.packageJSON(path.Join(modules, name)); ok {
			if exported := exportsPath(pkg.Exports, "./"+inner); exported != "" {
				return p.file(path.Join(modules, name, exported))
			}
		}
	}
	return p.file(target)
}

// splitPackage splits what is required into the name of a package and the path inside it.
func splitPackage(spec string) (name, inner string) {
	parts := strings.SplitN(spec, "/", 3)
	if strings.HasPrefix(spec, "@") && len(parts) > 1 {
		return path.Join(parts[0], parts[1]), strings.Join(parts[2:], "/")
	}
	name, inner, _ = strings.Cut(spec, "/")
	return name, inner
}

// packageMain returns the entry that dir/package.json names, "" without one.
func (p *program) packageMain(dir string) string {
	pkg, ok := p.packageJSON(dir)
	if !ok {
		return ""
	}
	if main := exportsMain(pkg.Exports); main != "" {
		return path.Join(dir, main)
	}
	if pkg.Main == "" {
		return ""
	}
	return path.Join(dir, pkg.Main)
}

// exportsMain finds the entry for require in the "exports" of a package.json.
func exportsMain(exports json.RawMessage) string {
	var text string
	if json.Unmarshal(exports, &text) == nil {
		return text
	}
	var conditions map[string]json.RawMessage
	if json.Unmarshal(exports, &conditions) != nil {
		return ""
	}
	for _, name := range []string{".", "require", "node", "default", "import"} {
		if inner, ok := conditions[name]; ok {
			if main := exportsMain(inner); main != "" {
				return main
			}
		}
	}
	return ""
}

// exportsPath finds what the "exports" of a package.json have for a path inside the package, which begins
// with "./": its own entry, or that of the longest pattern with a star; "" if there is none.
// Source: Node.js, Packages, section Subpath patterns.
func exportsPath(exports json.RawMessage, inner string) string {
	var paths map[string]json.RawMessage
	if json.Unmarshal(exports, &paths) != nil {
		return ""
	}
	if target, ok := paths[inner]; ok {
		return exportsMain(target)
	}
	best, star := "", ""
	for pattern := range paths {
		before, after, ok := strings.Cut(pattern, "*")
		rest, begins := strings.CutPrefix(inner, before)
		if rest, ends := strings.CutSuffix(rest, after); ok && begins && ends && len(pattern) > len(best) {
			best, star = pattern, rest
		}
	}
	return strings.ReplaceAll(exportsMain(paths[best]), "*", star)
}
