package jest

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// defaultMatch are the files of tests where the configuration says nothing.
var defaultMatch = []string{"**/__tests__/**/*.[jt]s?(x)", "**/?(*.)+(spec|test).[jt]s?(x)"}

// Files lists the files of tests, slash-separated and relative to the root, in byte order.
func (p *Project) Files() ([]string, error) {
	matches, err := p.matcher()
	if err != nil {
		return nil, err
	}
	var files []string
	err = p.walk(func(name string) {
		if absolute := path.Join(p.dir, name); matches(absolute) && !matchesAny(p.config.ignored, absolute) && p.inRoots(absolute) {
			files = append(files, name)
		}
	})
	slices.Sort(files)
	return files, err
}

// walk visits the files below the root, those of installed packages left out.
func (p *Project) walk(visit func(name string)) error {
	return fs.WalkDir(p.fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && name != "." && (e.Name() == "node_modules" || e.Name() == ".git") {
			return fs.SkipDir
		}
		if e.Type().IsRegular() {
			visit(name)
		}
		return nil
	})
}

// inRoots says whether a file is below one of the configured roots.
func (p *Project) inRoots(absolute string) bool {
	if len(p.config.Roots) == 0 {
		return absolute == p.root(p.config) || strings.HasPrefix(absolute, p.root(p.config)+"/")
	}
	return slices.ContainsFunc(p.config.Roots, func(root string) bool {
		dir := p.expand(p.config, root)
		if !path.IsAbs(dir) {
			dir = path.Join(p.root(p.config), dir)
		}
		dir = path.Clean(dir)
		return absolute == dir || strings.HasPrefix(absolute, dir+"/")
	})
}

// matcher tells files of tests by their absolute paths.
func (p *Project) matcher() (func(string) bool, error) {
	if len(p.config.TestRegex) > 0 {
		patterns, err := p.patterns(p.config, p.config.TestRegex)
		return func(name string) bool { return matchesAny(patterns, name) }, err
	}
	globs := []string(p.config.TestMatch)
	if globs == nil {
		globs = defaultMatch
	}
	var with, without []pattern
	for _, glob := range globs {
		glob, negated := strings.CutPrefix(p.expand(p.config, glob), "!")
		pattern, err := globPattern(glob)
		if err != nil {
			return nil, err
		}
		if negated {
			without = append(without, pattern)
		} else {
			with = append(with, pattern)
		}
	}
	return func(name string) bool { return matchesAny(with, name) && !matchesAny(without, name) }, nil
}

// globPattern translates a glob with **, *, ?, [], {a,b} and the groups ?( +( *( @( into a regular
// expression.
func globPattern(glob string) (*regexp.Regexp, error) {
	var b strings.Builder
	var closers []string
	b.WriteString("^")
	for i := 0; i < len(glob); i++ {
		rest := glob[i:]
		switch {
		case strings.HasPrefix(rest, "**/"):
			b.WriteString("(?:.*/)?")
			i += 2
		case strings.HasPrefix(rest, "**"):
			b.WriteString(".*")
			i++
		case len(rest) > 1 && strings.IndexByte("?*+@", rest[0]) >= 0 && rest[1] == '(':
			b.WriteString("(?:")
			closers = append(closers, strings.TrimPrefix(")"+rest[:1], "@"))
			if rest[0] == '@' {
				closers[len(closers)-1] = ")"
			}
			i++
		case rest[0] == '{':
			b.WriteString("(?:")
			closers = append(closers, ")")
		case len(closers) > 0 && (rest[0] == '}' || rest[0] == ')'):
			b.WriteString(closers[len(closers)-1])
			closers = closers[:len(closers)-1]
		case len(closers) > 0 && (rest[0] == ',' || rest[0] == '|'):
			b.WriteString("|")
		case rest[0] == '*':
			b.WriteString("[^/]*")
		case rest[0] == '?':
			b.WriteString("[^/]")
		case rest[0] == '[' && strings.IndexByte(rest, ']') > 0:
			end := strings.IndexByte(rest, ']')
			b.WriteString(rest[:end+1])
			i += end
		default:
			b.WriteString(regexp.QuoteMeta(rest[:1]))
		}
	}
	b.WriteString("$")
	return regexp.Compile(b.String())
}
