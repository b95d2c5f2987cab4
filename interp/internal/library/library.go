// Package library holds the source of the generic parts of the standard library that plugins may
// use: symbol tables cannot hold generic functions, so that these are interpreted.
//
// Each directory is also an ordinary package, so that its code is compiled and tested as such.
package library

import "embed"

//go:embed */*.go
var files embed.FS

// dirs names the directory of each import path.
var dirs = map[string]string{
	"cmp": "cmp", "iter": "iter", "maps": "maps", "slices": "slices",
	"errors": "errors", "sync": "sync", "sync/atomic": "atomic",
}

// Order lists the import paths, each after those that it imports.
var Order = []string{"cmp", "iter", "slices", "maps", "errors", "sync", "sync/atomic"}

// Source returns the generic part of a package, "" if it has none.
func Source(importPath string) string {
	dir := dirs[importPath]
	if dir == "" {
		return ""
	}
	text, err := files.ReadFile(dir + "/" + dir + ".go")
	if err != nil {
		panic(err) // a directory without its file: the build is broken
	}
	return string(text)
}
