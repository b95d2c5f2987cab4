package jsbridge

import (
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/plugreel/plugreel/sdk"
)

// defaultEntries are tried in this order when the manifest names no main.
var defaultEntries = []string{"index.js", "index.ts"}

// sourceEntries are tried when main names a file that is not there, as a rule a build product:
// after its own stem, in this order.
var sourceEntries = []string{
	"index.js", "index.ts", "index.mjs", "index.cjs",
	"src/index.js", "src/index.ts", "src/index.mjs", "src/index.cjs",
}

// findEntry returns the file to load, and a notice if it is not the one that main names.
func findEntry(fsys fs.FS, main string) (name, notice string, err error) {
	if main == "" {
		name, err = firstReadable(fsys, defaultEntries)
		return name, "", err
	}
	main = path.Clean(strings.TrimPrefix(main, "./"))
	if !fs.ValidPath(main) {
		return "", "", &sdk.LoadError{File: "plugin.json", Err: fmt.Errorf("main: got %q, want a file inside the plugin's directory", main)}
	}
	info, err := fs.Stat(fsys, main)
	if err == nil && info.Mode().IsRegular() {
		return main, "", nil
	}
	if err != nil && !isNotExist(err) {
		return "", "", &sdk.LoadError{File: main, Err: fmt.Errorf("main cannot be read: %w", err)}
	}
	tried := append([]string{main}, append(sameStem(main), sourceEntries...)...)
	if name, err = firstReadable(fsys, tried); err != nil {
		return "", "", err
	}
	return name, fmt.Sprintf("main: %s is not there, %s is loaded instead", main, name), nil
}

// sameStem lists the sources that main could have been built from, by name.
func sameStem(main string) []string {
	stem := strings.TrimSuffix(main, path.Ext(main))
	base := path.Base(stem)
	var names []string
	for _, dir := range []string{path.Dir(main), ".", "src"} {
		for _, ext := range []string{".ts", ".js"} {
			if name := path.Join(dir, base+ext); name != main {
				names = append(names, name)
			}
		}
	}
	return names
}

// firstReadable returns the first of names that is a file. One that is there but cannot be read, a
// link out of the plugin's directory for one, is an error.
func firstReadable(fsys fs.FS, names []string) (string, error) {
	for _, name := range names {
		info, err := fs.Stat(fsys, name)
		switch {
		case err == nil && info.Mode().IsRegular():
			return name, nil
		case err != nil && !isNotExist(err):
			return "", &sdk.LoadError{File: name, Err: fmt.Errorf("cannot be read: %w", err)}
		}
	}
	return "", missingEntry(names)
}

func firstFile(fsys fs.FS, names []string) string {
	for _, name := range names {
		if info, err := fs.Stat(fsys, name); err == nil && info.Mode().IsRegular() {
			return name
		}
	}
	return ""
}

func missingEntry(tried []string) error {
	seen := map[string]bool{}
	var names []string
	for _, name := range tried {
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return &sdk.LoadError{Err: fmt.Errorf("no source to load; looked for %s", strings.Join(names, ", "))}
}
