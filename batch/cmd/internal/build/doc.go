// Package build makes a plugreel with Go plugins compiled in: it writes a Go module with the plugins
// and a small main in it, and has the user's toolchain build it.
//
// The front door is [Run]; [Released] says whether the running program knows a published version
// to build.
//
// # Vocabulary
//
//	toolchain   the user's go command
//	module      the directory that is built: go.mod, go.sum, main.go, a package for each plugin
//	copied      said of a plugin whose source goes into the module
//	in place    said of a plugin that stays where it is, because its go.mod requires other modules
//	preflight   what package interp checks; see there
//
// # Design notes
//
// Plugins are copied, with the imports of their own packages renamed, so that a directory without
// go.mod works, vendor directories work, and two plugins may have packages of the same path. Lines
// stay where they are; errors of the compiler are told with the author's paths.
//
// A plugin may import more than the interpreter has: then its types are checked with the export
// data of the toolchain instead, and a warning says that it runs compiled in only.
package build
