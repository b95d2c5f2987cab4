package plugins

import (
	"embed"
	"io/fs"
)

// sources holds the first-party plugins as they ship, a directory each; their test data stays
// out of the binary.
//
//go:embed hello-world/plugin.json hello-world/index.js
//go:embed hello-world-ts/plugin.json hello-world-ts/index.ts
//go:embed http-post/plugin.json http-post/index.js
var sources embed.FS

// Builtins returns the names of the first-party plugins, which [Open] takes as references, in
// byte order. The caller owns the slice.
func Builtins() []string {
	entries, err := fs.ReadDir(sources, ".")
	if err != nil {
		panic(err) // an embedded directory can always be read
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()
	}
	return names
}
