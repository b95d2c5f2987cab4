package input

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// Stdin is the argument that stands for standard input. A file of that name is "./-".
const Stdin = "-"

// Input is one file to replay, or standard input.
type Input struct {
	Path string // as the user wrote it or, in a directory or pattern, as it was found; Stdin is standard input
	Rel  string // slash-separated path below the directory argument or below the fixed part of the pattern; else the base name
	Size int64  // bytes on disk when it was found; 0 if empty or unknown
}

// Expand turns arguments into inputs, in argument order. It never returns both inputs and
// an error; an error joins one [*Error] for every bad argument.
//
// An argument that exists is taken literally. A directory stands for the files in and below
// it, a pattern (filepath.Match; tried only when no file has that very name) for what it
// matches, both in byte order of the slash-separated path. Skipped there: names that start with a
// dot, `*_manifest.json` (each unless the pattern itself spells it out), the staging
// directories `*.plugreel` of unfinished runs, symbolic links to directories, and what is
// neither a file nor a link to one. A file that two arguments name is read twice.
//
// Errors to test for: fs.ErrNotExist, [ErrNoMatch], [ErrNoFiles], [ErrStdinTwice]. A nil
// fsys is the operating system's.
func Expand(fsys FS, args []string) ([]Input, error) {
	x := expander{fsys: orOS(fsys)}
	var errs []error
	for _, arg := range args {
		if err := x.argument(arg); err != nil {
			errs = append(errs, err)
		}
	}
	if errs != nil {
		return nil, errors.Join(errs...)
	}
	return x.inputs, nil
}

type expander struct {
	fsys   FS
	inputs []Input
	stdin  bool
}

func (x *expander) argument(arg string) error {
	if arg == Stdin {
		return x.standardInput()
	}
	info, err := x.fsys.Stat(arg)
	switch {
	case errors.Is(err, fs.ErrNotExist) && hasMeta(arg):
		return x.pattern(arg)
	case err != nil:
		return ioError("stat", arg, err)
	case !info.IsDir():
		x.add(filepath.Dir(arg), arg, info)
		return nil
	}
	return x.directory(arg)
}

func (x *expander) standardInput() error {
	if x.stdin {
		return &Error{Op: "expand", Path: Stdin, Err: ErrStdinTwice}
	}
	x.stdin = true
	x.inputs = append(x.inputs, Input{Path: Stdin, Rel: Stdin})
	return nil
}

func (x *expander) directory(dir string) error {
	first := len(x.inputs)
	if err := x.walk(dir, dir); err != nil {
		return err
	}
	return x.settle(first, dir, ErrNoFiles)
}

func (x *expander) pattern(pattern string) error {
	names, err := x.fsys.Glob(pattern)
	if err != nil {
		return ioError("glob", pattern, err)
	}
	first, base := len(x.inputs), fixedPart(pattern)
	for _, name := range names {
		if skippedMatch(pattern, name) {
			continue
		}
		if err := x.match(base, name); err != nil {
			return err
		}
	}
	return x.settle(first, pattern, ErrNoMatch)
}

// match adds what a pattern has found: a file, or the files of a directory.
func (x *expander) match(base, name string) error {
	info, err := x.fsys.Stat(name)
	if err != nil {
		return ioError("stat", name, err)
	}
	if info.IsDir() {
		return x.walk(base, name)
	}
	if info.Mode().IsRegular() {
		x.add(base, name, info)
	}
	return nil
}

// settle sorts what one argument has added from first on, or says that it is nothing.
func (x *expander) settle(first int, arg string, none error) error {
	found := x.inputs[first:]
	if len(found) == 0 {
		return &Error{Op: "expand", Path: arg, Err: none}
	}
	slices.SortFunc(found, func(a, b Input) int {
		return strings.Compare(filepath.ToSlash(a.Path), filepath.ToSlash(b.Path))
	})
	return nil
}

func (x *expander) walk(base, dir string) error {
	entries, err := x.fsys.ReadDir(dir)
	if err != nil {
		return ioError("list", dir, err)
	}
	for _, e := range entries {
		if err := x.entry(base, dir, e); err != nil {
			return err
		}
	}
	return nil
}

func (x *expander) entry(base, dir string, e fs.DirEntry) error {
	if hidden(e.Name()) {
		return nil
	}
	name := filepath.Join(dir, e.Name())
	if e.IsDir() {
		if staging(e.Name()) {
			return nil
		}
		return x.walk(base, name)
	}
	if manifest(e.Name()) || !fileOrLink(e.Type()) {
		return nil
	}
	info, err := x.fsys.Stat(name)
	if err != nil {
		return ioError("stat", name, err)
	}
	if info.Mode().IsRegular() {
		x.add(base, name, info)
	}
	return nil
}

func (x *expander) add(base, name string, info fs.FileInfo) {
	rel, err := filepath.Rel(base, name)
	if err != nil {
		rel = filepath.Base(name)
	}
	in := Input{Path: name, Rel: filepath.ToSlash(rel)}
	if info.Mode().IsRegular() {
		in.Size = info.Size()
	}
	x.inputs = append(x.inputs, in)
}

func hidden(name string) bool   { return strings.HasPrefix(name, ".") }
func staging(name string) bool  { return strings.HasSuffix(name, ".plugreel") }
func manifest(name string) bool { return strings.HasSuffix(name, "_manifest.json") }
func hasMeta(arg string) bool   { return strings.ContainsAny(arg, "*?[") }

func fileOrLink(mode fs.FileMode) bool { return mode.IsRegular() || mode&fs.ModeSymlink != 0 }

// fixedPart returns the directory in front of the first element of pattern that is not
// literal: "logs" for "logs/2024-*/a.ndjson".
func fixedPart(pattern string) string {
	dir := filepath.Dir(pattern)
	for hasMeta(dir) {
		dir = filepath.Dir(dir)
	}
	return dir
}

// skippedMatch tells whether name, which pattern matches, is one that a walk would skip
// while the pattern does not ask for it.
func skippedMatch(pattern, name string) bool {
	wants, names := elements(pattern), elements(name)
	for i, n := range names {
		if i >= len(wants) {
			break
		}
		want := wants[i]
		if hidden(n) && !hidden(want) || staging(n) && !staging(want) {
			return true
		}
	}
	return manifest(name) && !manifest(pattern)
}

func elements(path string) []string {
	return strings.Split(filepath.ToSlash(filepath.Clean(path)), "/")
}
