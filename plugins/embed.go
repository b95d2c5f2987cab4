package plugins

import (
	"embed"
	"io/fs"
)

// sources holds the first-party plugins as they ship, a directory each; their test data stays
// out of the binary.
//
//go:embed downsample/plugin.json downsample/*.go
//go:embed first-time-event/plugin.json first-time-event/*.go
//go:embed hello-world/plugin.json hello-world/index.js
//go:embed hello-world-go/plugin.json hello-world-go/*.go
//go:embed hello-world-ts/plugin.json hello-world-ts/index.ts
//go:embed http-post/plugin.json http-post/index.js
//go:embed pii-redact/plugin.json pii-redact/*.go
//go:embed property-filter/plugin.json property-filter/*.go
//go:embed timestamp-parser/plugin.json timestamp-parser/*.go
//go:embed url-params/plugin.json url-params/*.go
//go:embed webhook/plugin.json webhook/*.go
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
